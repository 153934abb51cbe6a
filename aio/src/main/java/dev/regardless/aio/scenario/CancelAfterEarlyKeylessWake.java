package dev.regardless.aio.scenario;

import dev.regardless.scenario.ScenarioContext;
import dev.regardless.vfs.PollEvents;

/**
 * AIO facts B27(d), by way of the work item: it completes the poll before io_submit has made it cancellable. It must not
 * become so afterwards, or the io_cancel that follows finds freed memory.
 */
public final class CancelAfterEarlyKeylessWake extends PollScenario {

  /** Made by the service loader. */
  public CancelAfterEarlyKeylessWake() {
    super(
        "aio-poll-cancel-after-early-keyless-wake",
        "the work item completes the poll during io_submit, and it is cancelled right after", WAKERS, CLOSERS);
  }

  @Override
  public void setUp(ScenarioContext scenario) {
    Scene scene = new Scene(scenario, 1, 0);
    scenario.thread("submitter", () -> {
      scene.submit(0);
      scene.cancel(0);
    });
    threads(scenario, WAKERS, () -> {
      scene.file().awaitPolled();
      scene.file().raise(0, PollEvents.IN, 0);
    });
    closers(scenario, scene);
    scenario.atEnd(() -> scene.check(1, PollEvents.IN, true));
  }
}
