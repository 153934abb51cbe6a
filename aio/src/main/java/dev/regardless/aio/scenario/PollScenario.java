package dev.regardless.aio.scenario;

import dev.regardless.scenario.Parameters;
import dev.regardless.scenario.Scenario;
import dev.regardless.scenario.ScenarioContext;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A race around aio polls. Parameters of all: {@code design}, the poll design's id; {@code choices}, its parameters as {@code
 * name=value} pairs; {@code poll-wait-barrier}, whether poll_wait has its barrier of January 2025; {@code references},
 * whether contexts count theirs {@code per-cpu} until they are killed, as Linux does, or {@code atomic} from the start. Some
 * have numbers of threads too: {@code wakers} and {@code cancellers}, 1 to 4, that do what the one of the plot does, and
 * {@code closers}, 0 to 4, that close the file's descriptor once its poll method has been called.
 */
abstract class PollScenario implements Scenario {

  /** Parameters that are numbers of threads. */
  static final String WAKERS = "wakers";
  static final String CANCELLERS = "cancellers";
  static final String CLOSERS = "closers";

  private static final int MOST_THREADS = 4;

  private final String name;
  private final String description;
  private final List<String> counts;

  /** {@code counts}: which numbers of threads it has. */
  PollScenario(String name, String description, String... counts) {
    this.name = name;
    this.description = description;
    this.counts = List.of(counts);
  }

  @Override
  public final String name() {
    return name;
  }

  @Override
  public final String description() {
    return description;
  }

  @Override
  public SortedMap<String, String> parameters() {
    SortedMap<String, String> defaults = new TreeMap<>();
    defaults.put("design", "linux-5.16");
    defaults.put("choices", "");
    defaults.put("poll-wait-barrier", "on");
    defaults.put("references", "per-cpu");
    counts.forEach(count -> defaults.put(count, count.equals(CLOSERS) ? "0" : "1"));
    return Collections.unmodifiableSortedMap(defaults);
  }

  @Override
  public abstract void setUp(ScenarioContext scenario);

  /** As many threads as parameter {@code count} says, each with that body. */
  static void threads(ScenarioContext scenario, String count, Runnable body) {
    int threads = Parameters.number(scenario, count, count.equals(CLOSERS) ? 0 : 1, MOST_THREADS);
    String one = count.substring(0, count.length() - 1);
    for (int i = 0; i < threads; i++) {
      scenario.thread(i == 0 ? one : one + '-' + i, body);
    }
  }

  /** The threads of parameter {@link #CLOSERS}. */
  static void closers(ScenarioContext scenario, Scene scene) {
    threads(scenario, CLOSERS, () -> {
      scene.file().awaitPolled();
      scene.close();
    });
  }
}
