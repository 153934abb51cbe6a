package dev.regardless.aio.scenario;

import dev.regardless.scenario.Parameters;
import dev.regardless.scenario.Scenario;
import dev.regardless.scenario.ScenarioContext;
import java.util.SortedMap;

/** Two submitters and one free place: one is refused, unless the reader has made room; no event is overwritten. */
public final class OverSubmit implements Scenario {

  /** Made by the service loader. */
  public OverSubmit() {}

  @Override
  public String name() {
    return "aio-over-submit";
  }

  @Override
  public String description() {
    return "more is submitted than the ring holds while its events are taken";
  }

  @Override
  public SortedMap<String, String> parameters() {
    return Parameters.of("design", "linux-5.16");
  }

  @Override
  public void setUp(ScenarioContext scenario) {
    RingScene scene = new RingScene(scenario, 3);
    scene.submit(0);
    scenario.thread("submitter-0", () -> scene.submit(1));
    scenario.thread("submitter-1", () -> scene.submit(2));
    scenario.thread("reader", () -> scene.take(1, 1));
    scenario.atEnd(scene::checkTaken);
  }
}
