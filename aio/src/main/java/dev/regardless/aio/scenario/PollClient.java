package dev.regardless.aio.scenario;

import dev.regardless.scenario.ScenarioContext;
import dev.regardless.vfs.PollEvents;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The most general client: any number of submitters, wakers of each kind, cancellers, closers and io_destroy, all at once.
 * Parameters beside those of all scenarios: how many {@code submitters} (each polls once, at most 4), {@code keyed-wakers},
 * {@code keyless-wakers}, {@code other-wakers} (for EPOLLOUT), {@code pollfree-wakers} (at most 1), {@code cancellers} (each
 * of poll 0), {@code closers} (at most 1) and {@code destroyers} (at most 1); {@code queues} of the file, 0 to 2.
 *
 * <p>Who frees the queue with POLLFREE owns it, as in Linux (signalfd's sighand, binder's thread): it does so when it is not in
 * io_submit itself, and when nobody wakes the queue any more.
 */
public final class PollClient extends PollScenario {

  /** Made by the service loader. */
  public PollClient() {
    super("aio-poll-client", "submitters, wakers, cancellers, a closer and io_destroy in any combination");
  }

  @Override
  public SortedMap<String, String> parameters() {
    SortedMap<String, String> defaults = new TreeMap<>(super.parameters());
    defaults.put("submitters", "1");
    defaults.put("keyed-wakers", "1");
    defaults.put("keyless-wakers", "1");
    defaults.put("other-wakers", "0");
    defaults.put("pollfree-wakers", "0");
    defaults.put("cancellers", "1");
    defaults.put("closers", "1");
    defaults.put("destroyers", "0");
    defaults.put("queues", "1");
    defaults.put("references", "atomic");
    return Collections.unmodifiableSortedMap(defaults);
  }

  @Override
  public void setUp(ScenarioContext scenario) {
    int submitters = upTo(scenario, "submitters", Scene.REQUESTS);
    int queues = upTo(scenario, "queues", 2);
    if (queues == 0) {
      for (String wakers : List.of("keyed-wakers", "keyless-wakers", "other-wakers")) {
        upTo(scenario, wakers, 0);
      }
    }
    boolean destroyed = upTo(scenario, "destroyers", 1) == 1;
    boolean lookedUp = scenario.parameter("references").equals("per-cpu");
    Scene scene = new Scene(scenario, queues, 0);
    boolean freed = upTo(scenario, "pollfree-wakers", 1) == 1;
    if (freed && queues != 1) {
      throw new IllegalArgumentException("parameter pollfree-wakers: expected 0 unless queues is 1, got '1'");
    }
    List<Entrance> calls = new ArrayList<>();
    List<Entrance> users = new ArrayList<>();
    List<Entrance> callers = destroyed && !lookedUp ? calls : null;
    List<Entrance> wakers = freed ? users : null;
    for (int i = 0; i < submitters; i++) {
      int request = i;
      Runnable submit = () -> scene.submit(request, destroyed && lookedUp);
      addEntering(scenario, "submitter-" + i, submit, callers, wakers);
    }
    addWakers(scenario, "keyed-wakers", wakers, () -> scene.file().raise(0, PollEvents.IN, PollEvents.IN));
    addWakers(scenario, "keyless-wakers", wakers, () -> scene.file().raise(0, PollEvents.IN, 0));
    addWakers(scenario, "other-wakers", wakers, () -> scene.file().wake(0, PollEvents.OUT));
    int cancellers = upTo(scenario, "cancellers", 8);
    for (int i = 0; i < cancellers; i++) {
      Runnable cancel = () -> scene.cancel(0, destroyed && lookedUp);
      addEntering(scenario, "canceller-" + i, cancel, callers, null);
    }
    if (freed) {
      scenario.thread("owner", () -> {
        users.forEach(Entrance::close);
        scene.file().freeQueue(0);
      });
    }
    if (upTo(scenario, "closers", 1) == 1) {
      scenario.thread("closer", scene::close);
    }
    if (destroyed) {
      scenario.thread("destroyer", () -> {
        calls.forEach(Entrance::close);
        scene.require(scene.destroy() == 0, "io_destroy failed");
      });
    } else {
      long possible = freed ? PollEvents.IN | PollEvents.HUP : PollEvents.IN;
      scenario.atEnd(() -> scene.check(submitters, possible, cancellers > 0 || queues == 2 || freed));
    }
  }

  /** A thread that does something unless one of its entrances has been closed; null for no entrance. */
  private static void addEntering(
      ScenarioContext scenario, String name, Runnable body, @Nullable List<Entrance> calls,
      @Nullable List<Entrance> users) {
    scenario.thread(name, entering(scenario, name, entering(scenario, name, body, users), calls));
  }

  private static Runnable entering(
      ScenarioContext scenario, String name, Runnable body, @Nullable List<Entrance> entrances) {
    if (entrances == null) {
      return body;
    }
    Entrance entrance = Entrance.create(scenario, name);
    entrances.add(entrance);
    return () -> entrance.call(body);
  }

  private static void addWakers(
      ScenarioContext scenario, String parameter, @Nullable List<Entrance> users, Runnable wake) {
    int wakers = upTo(scenario, parameter, 8);
    String one = parameter.substring(0, parameter.length() - 1);
    for (int i = 0; i < wakers; i++) {
      addEntering(scenario, one + '-' + i, wake, null, users);
    }
  }

  private static int upTo(ScenarioContext scenario, String parameter, int most) {
    int value = scenario.number(parameter);
    if (value < 0 || value > most) {
      throw new IllegalArgumentException("parameter %s: expected 0 to %d, got %d".formatted(parameter, most, value));
    }
    return value;
  }
}
