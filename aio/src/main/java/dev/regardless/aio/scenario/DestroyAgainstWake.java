package dev.regardless.aio.scenario;

import dev.regardless.scenario.ScenarioContext;
import dev.regardless.vfs.PollEvents;

/** AIO facts A.6: io_destroy returns, and everything is freed, whoever completes the last poll. */
public final class DestroyAgainstWake extends PollScenario {

  /** Made by the service loader. */
  public DestroyAgainstWake() {
    super("aio-destroy-against-wake", "io_destroy cancels a poll that a wake completes", WAKERS);
  }

  @Override
  public void setUp(ScenarioContext scenario) {
    Scene scene = new Scene(scenario, 1, 0);
    scene.submit(0);
    scenario.thread("destroyer", () -> scene.require(scene.destroy() == 0, "io_destroy failed"));
    threads(scenario, WAKERS, () -> scene.file().raise(0, PollEvents.IN, PollEvents.IN));
  }
}
