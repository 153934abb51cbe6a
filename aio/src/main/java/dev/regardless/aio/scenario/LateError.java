package dev.regardless.aio.scenario;

import dev.regardless.scenario.ScenarioContext;
import dev.regardless.vfs.PollEvents;

/** AIO facts B9 and B27(c): once a wake has the request, io_submit can no longer return an error. */
public final class LateError extends PollScenario {

  /** Made by the service loader. */
  public LateError() {
    super("aio-poll-late-error", "the first of two queues completes the poll during io_submit", WAKERS, CLOSERS);
  }

  @Override
  public void setUp(ScenarioContext scenario) {
    Scene scene = new Scene(scenario, 2, 0);
    scenario.thread("submitter", () -> scene.submit(0));
    threads(scenario, WAKERS, () -> {
      scene.file().awaitPolled();
      scene.file().raise(0, PollEvents.IN, PollEvents.IN);
    });
    closers(scenario, scene);
    scenario.atEnd(() -> scene.check(1, PollEvents.IN, true));
  }
}
