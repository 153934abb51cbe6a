package dev.regardless.aio.scenario;

import dev.regardless.scenario.ScenarioContext;
import dev.regardless.vfs.PollEvents;

/** AIO facts B8 and B27(d): what io_cancel finds in active_reqs must be alive. */
public final class CancelDuringSubmit extends PollScenario {

  /** Made by the service loader. */
  public CancelDuringSubmit() {
    super("aio-poll-cancel-during-submit",
        "io_cancel and a wake meet a poll that is still being submitted", WAKERS, CANCELLERS, CLOSERS);
  }

  @Override
  public void setUp(ScenarioContext scenario) {
    Scene scene = new Scene(scenario, 1, 0);
    scenario.thread("submitter", () -> scene.submit(0));
    threads(scenario, CANCELLERS, () -> scene.cancel(0));
    threads(scenario, WAKERS, () -> {
      scene.file().awaitPolled();
      scene.file().raise(0, PollEvents.IN, PollEvents.IN);
    });
    closers(scenario, scene);
    scenario.atEnd(() -> scene.check(1, PollEvents.IN, true));
  }
}
