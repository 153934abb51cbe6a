package dev.regardless.aio.scenario;

import dev.regardless.scenario.ScenarioContext;

/** AIO facts B10 (50252e4b5e98): after POLLFREE and a grace period nobody may use the queue, and the poll must have ended. */
public final class PollFree extends PollScenario {

  /** Made by the service loader. */
  public PollFree() {
    super("aio-poll-queue-freed", "the wait queue is freed while a keyless wake's work item is on its way");
  }

  @Override
  public void setUp(ScenarioContext scenario) {
    Scene scene = new Scene(scenario, 1, 0);
    scene.submit(0);
    scenario.thread("owner", () -> {
      scene.file().wake(0, 0);
      scene.file().freeQueue(0);
    });
    scenario.atEnd(() -> scene.checkAllCompleted(1));
  }
}
