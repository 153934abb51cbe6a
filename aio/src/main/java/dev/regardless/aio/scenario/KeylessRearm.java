package dev.regardless.aio.scenario;

import dev.regardless.scenario.ScenarioContext;

/**
 * AIO facts B4: the work item finds nothing and leaves the request waiting. It must still be possible to cancel it, which
 * io_destroy relies on.
 */
public final class KeylessRearm extends PollScenario {

  /** Made by the service loader. */
  public KeylessRearm() {
    super("aio-poll-keyless-rearm",
        "a keyless wake finds nothing, the poll goes on waiting, io_destroy must end it", WAKERS);
  }

  @Override
  public void setUp(ScenarioContext scenario) {
    Scene scene = new Scene(scenario, 1, 0);
    scenario.thread("submitter", () -> {
      scene.submit(0);
      scene.require(scene.destroy() == 0, "io_destroy failed");
    });
    threads(scenario, WAKERS, () -> {
      scene.file().awaitPolled();
      scene.file().wake(0, 0);
    });
  }
}
