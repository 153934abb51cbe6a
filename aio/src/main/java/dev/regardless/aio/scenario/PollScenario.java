package dev.regardless.aio.scenario;

import dev.regardless.scenario.Scenario;
import dev.regardless.scenario.ScenarioContext;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A race around aio polls. Parameters of all: {@code design}, the poll design's id; {@code choices}, its parameters as {@code
 * name=value} pairs; {@code poll-wait-barrier}, whether poll_wait has its barrier of January 2025; {@code references},
 * whether contexts count theirs {@code per-cpu} until they are killed, as Linux does, or {@code atomic} from the start.
 */
abstract class PollScenario implements Scenario {

  private final String name;
  private final String description;

  PollScenario(String name, String description) {
    this.name = name;
    this.description = description;
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
    return Collections.unmodifiableSortedMap(defaults);
  }

  @Override
  public abstract void setUp(ScenarioContext scenario);
}
