package dev.regardless.aio.scenario;

import dev.regardless.scenario.ScenarioContext;

/** AIO facts B25: exactly one of them returns 0, the other -EINVAL, and only after the poll has ended. */
public final class DestroyTwice extends PollScenario {

  /** Made by the service loader. */
  public DestroyTwice() {
    super("aio-destroy-twice", "two io_destroy calls and a pending poll");
  }

  @Override
  public void setUp(ScenarioContext scenario) {
    Scene scene = new Scene(scenario, 1, 0);
    scene.submit(0);
    scenario.thread("first", () -> scene.countDestroy());
    scenario.thread("second", () -> scene.countDestroy());
    scenario.atEnd(() -> scene.require(scene.destroyed() == 1, scene.destroyed() + " io_destroy calls returned 0"));
  }
}
