package dev.regardless.aio.scenario;

import dev.regardless.scenario.ScenarioContext;
import dev.regardless.vfs.PollEvents;

/** AIO facts B8 and B27(d): what io_cancel finds in active_reqs must be alive. */
public final class CancelDuringSubmit extends PollScenario {

  /** Made by the service loader. */
  public CancelDuringSubmit() {
    super("aio-poll-cancel-during-submit", "io_cancel and a wake meet a poll that is still being submitted");
  }

  @Override
  public void setUp(ScenarioContext scenario) {
    Scene scene = new Scene(scenario, 1, 0);
    scenario.thread("submitter", () -> scene.submit(0));
    scenario.thread("canceller", () -> scene.cancel(0));
    scenario.thread("waker", () -> {
      scene.file().awaitPolled();
      scene.file().raise(0, PollEvents.IN, PollEvents.IN);
    });
    scenario.atEnd(() -> scene.check(1, PollEvents.IN, true));
  }
}
