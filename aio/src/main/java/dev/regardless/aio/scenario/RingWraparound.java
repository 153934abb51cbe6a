package dev.regardless.aio.scenario;

import dev.regardless.scenario.Parameters;
import dev.regardless.scenario.Scenario;
import dev.regardless.scenario.ScenarioContext;
import java.util.SortedMap;

/** The ring's last place, then its first, are filled while io_getevents takes what is there. */
public final class RingWraparound implements Scenario {

  /** Made by the service loader. */
  public RingWraparound() {}

  @Override
  public String name() {
    return "aio-ring-wraparound";
  }

  @Override
  public String description() {
    return "events are posted round the end of the ring while they are taken";
  }

  @Override
  public SortedMap<String, String> parameters() {
    return Parameters.of("design", "linux-5.16");
  }

  @Override
  public void setUp(ScenarioContext scenario) {
    RingScene scene = new RingScene(scenario, 3);
    for (int request = 0; request < 2; request++) {
      scene.submit(request);
    }
    scene.take(0, 2);
    scenario.thread("submitter", () -> {
      scene.submit(2);
      scene.submit(3);
    });
    scenario.thread("reader", () -> scene.take(1, 2));
    scenario.atEnd(scene::checkTaken);
  }
}
