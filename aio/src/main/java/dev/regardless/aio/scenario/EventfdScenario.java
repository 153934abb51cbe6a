package dev.regardless.aio.scenario;

import dev.regardless.aio.Iocb;
import dev.regardless.scenario.ScenarioContext;
import dev.regardless.vfs.PollEvents;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Polls of eventfds whose completion signals an eventfd. Parameter {@code eventfd-guard}: {@code none}, {@code signal} or
 * {@code all}, see {@link SceneEventfd.Guard}.
 */
abstract class EventfdScenario extends PollScenario {

  EventfdScenario(String name, String description) {
    super(name, description);
  }

  @Override
  public SortedMap<String, String> parameters() {
    SortedMap<String, String> defaults = new TreeMap<>(super.parameters());
    defaults.put("eventfd-guard", "all");
    return Collections.unmodifiableSortedMap(defaults);
  }

  /**
   * Some eventfds, each polled by the request of its number, whose completion signals the next one, and the last one's the
   * first.
   */
  static final class Ring {

    final Scene scene;
    final List<SceneEventfd> eventfds = new ArrayList<>();

    Ring(ScenarioContext scenario, int size) {
      scene = new Scene(scenario, 1, 0);
      SceneEventfd.Operations operations = scenario.create("eventfd_fops",
          cells -> new SceneEventfd.Operations(scene.vfs(), cells));
      SceneEventfd.Guard guard = guard(scenario.parameter("eventfd-guard"));
      List<Integer> descriptors = new ArrayList<>();
      for (int i = 0; i < size; i++) {
        SceneEventfd eventfd = SceneEventfd.create(scene.vfs().kernel(), guard);
        eventfds.add(eventfd);
        descriptors.add(scene.open(operations, eventfd));
      }
      for (int i = 0; i < size; i++) {
        int signalled = descriptors.get((i + 1) % size);
        scene.submit(i, Iocb.poll(i, descriptors.get(i), PollEvents.IN).withResfd(signalled));
      }
    }

    private static SceneEventfd.Guard guard(String value) {
      for (SceneEventfd.Guard guard : SceneEventfd.Guard.values()) {
        if (guard.name().toLowerCase(Locale.ROOT).equals(value)) {
          return guard;
        }
      }
      throw new IllegalArgumentException("parameter eventfd-guard: expected none, signal or all, got '" + value + "'");
    }

    /** All requests completed, and each eventfd counts {@code each}: one write and one completion. */
    void check(int each) {
      int size = eventfds.size();
      scene.checkAllCompleted(size);
      scene.check(size, PollEvents.IN, false);
      for (int i = 0; i < size; i++) {
        long count = eventfds.get(i).count();
        scene.require(count == each, "eventfd %d counts %d instead of %d".formatted(i, count, each));
      }
    }
  }
}
