package dev.regardless.aio.scenario;

import dev.regardless.scenario.ScenarioContext;

/** AIO facts B10 (50252e4b5e98) and B12: io_cancel must not reach for the queue's lock once the queue may be gone. */
public final class PollFreeAgainstCancel extends PollScenario {

  /** Made by the service loader. */
  public PollFreeAgainstCancel() {
    super("aio-poll-queue-freed-against-cancel",
        "the wait queue is freed while io_cancel looks for the poll", CANCELLERS, CLOSERS);
  }

  @Override
  public void setUp(ScenarioContext scenario) {
    Scene scene = new Scene(scenario, 1, 0);
    scene.submit(0);
    scenario.thread("owner", () -> scene.file().freeQueue(0));
    threads(scenario, CANCELLERS, () -> scene.cancel(0));
    closers(scenario, scene);
    scenario.atEnd(() -> scene.checkAllCompleted(1));
  }
}
