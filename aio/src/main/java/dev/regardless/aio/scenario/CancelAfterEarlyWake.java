package dev.regardless.aio.scenario;

import dev.regardless.scenario.ScenarioContext;
import dev.regardless.vfs.PollEvents;

/**
 * AIO facts B27(d): a wake completes the poll before io_submit has made it cancellable. It must not become so afterwards, or
 * the io_cancel that follows finds freed memory.
 */
public final class CancelAfterEarlyWake extends PollScenario {

  /** Made by the service loader. */
  public CancelAfterEarlyWake() {
    super("aio-poll-cancel-after-early-wake",
        "the poll completes during io_submit and is cancelled right after", WAKERS, CLOSERS);
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
      scene.file().raise(0, PollEvents.IN, PollEvents.IN);
    });
    closers(scenario, scene);
    scenario.atEnd(() -> scene.check(1, PollEvents.IN, true));
  }
}
