package dev.regardless.aio.scenario;

import dev.regardless.scenario.Parameters;
import dev.regardless.scenario.Scenario;
import dev.regardless.scenario.ScenarioContext;
import java.util.SortedMap;

/** The submitter finds the context, or not; what it found stays until it has left. */
public final class DestroyAgainstSubmit implements Scenario {

  /** Made by the service loader. */
  public DestroyAgainstSubmit() {}

  @Override
  public String name() {
    return "aio-destroy-against-submit";
  }

  @Override
  public String description() {
    return "io_destroy while a request is submitted";
  }

  @Override
  public SortedMap<String, String> parameters() {
    return Parameters.of("design", "linux-5.16", "references", "per-cpu");
  }

  @Override
  public void setUp(ScenarioContext scenario) {
    RingScene scene = new RingScene(scenario, 3, scenario.parameter("references"));
    scenario.thread("submitter", () -> scene.submitByHandle(0));
    scenario.thread("destroyer", () -> scene.require(scene.destroy() == 0, "io_destroy failed"));
  }
}
