package dev.regardless.aio.scenario;

import dev.regardless.scenario.ScenarioContext;

/** AIO facts B10 (50252e4b5e98): io_submit takes the queue's lock after the poll method; by then the queue may be gone. */
public final class PollFreeDuringSubmit extends PollScenario {

  /** Made by the service loader. */
  public PollFreeDuringSubmit() {
    super("aio-poll-queue-freed-during-submit", "the wait queue is freed while io_submit has yet to look at it");
  }

  @Override
  public void setUp(ScenarioContext scenario) {
    Scene scene = new Scene(scenario, 1, 0);
    scenario.thread("submitter", () -> scene.submit(0));
    scenario.thread("owner", () -> {
      scene.file().awaitPolled();
      scene.file().freeQueue(0);
    });
    scenario.atEnd(() -> scene.checkAllCompleted(1));
  }
}
