package dev.regardless.aio.scenario;

import dev.regardless.scenario.ScenarioContext;
import dev.regardless.vfs.PollEvents;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The most general client: any number of submitters, wakers of each kind, cancellers, closers and io_destroy, all at once.
 * Parameters beside those of all scenarios: how many {@code submitters} (each polls once, at most 4), {@code keyed-wakers},
 * {@code keyless-wakers}, {@code other-wakers} (for EPOLLOUT), {@code cancellers} (each of poll 0), {@code closers} (at most
 * 1) and {@code destroyers} (at most 1); {@code queues} of the file, 0 to 2.
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
    List<Entrance> entrances = new ArrayList<>();
    for (int i = 0; i < submitters; i++) {
      int request = i;
      addCaller(scenario, "submitter-" + i, destroyed && !lookedUp, entrances,
          () -> scene.submit(request, destroyed && lookedUp));
    }
    addWakers(scenario, scene, "keyed-wakers", PollEvents.IN, PollEvents.IN);
    addWakers(scenario, scene, "keyless-wakers", PollEvents.IN, 0);
    int others = upTo(scenario, "other-wakers", 8);
    for (int i = 0; i < others; i++) {
      scenario.thread("other-waker-" + i, () -> scene.file().wake(0, PollEvents.OUT));
    }
    int cancellers = upTo(scenario, "cancellers", 8);
    for (int i = 0; i < cancellers; i++) {
      addCaller(scenario, "canceller-" + i, destroyed && !lookedUp, entrances,
          () -> scene.cancel(0, destroyed && lookedUp));
    }
    if (upTo(scenario, "closers", 1) == 1) {
      scenario.thread("closer", scene::close);
    }
    if (destroyed) {
      scenario.thread("destroyer", () -> {
        entrances.forEach(Entrance::close);
        scene.require(scene.destroy() == 0, "io_destroy failed");
      });
    } else {
      scenario.atEnd(() -> scene.check(submitters, PollEvents.IN, cancellers > 0 || queues == 2));
    }
  }

  private static void addCaller(
      ScenarioContext scenario, String name, boolean entered, List<Entrance> entrances, Runnable systemCall) {
    if (entered) {
      Entrance entrance = Entrance.create(scenario, name);
      entrances.add(entrance);
      scenario.thread(name, () -> entrance.call(systemCall));
    } else {
      scenario.thread(name, systemCall);
    }
  }

  private static void addWakers(ScenarioContext scenario, Scene scene, String parameter, long events, long key) {
    int wakers = upTo(scenario, parameter, 8);
    for (int i = 0; i < wakers; i++) {
      scenario.thread(parameter + '-' + i, () -> scene.file().raise(0, events, key));
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
