package dev.regardless.aio.scenario;

import dev.regardless.scenario.ScenarioContext;
import dev.regardless.vfs.PollEvents;

/**
 * AIO facts B6: with two queues a poll is refused, or, if that is known too late, accepted and completed. It must not wait
 * on the first queue alone.
 */
public final class TwoQueues extends PollScenario {

  /** Made by the service loader. */
  public TwoQueues() {
    super("aio-poll-two-queues",
        "the first of two queues fires for nothing during io_submit, the second one in earnest", WAKERS, CLOSERS);
  }

  @Override
  public void setUp(ScenarioContext scenario) {
    Scene scene = new Scene(scenario, 2, 0);
    scenario.thread("submitter", () -> scene.submit(0));
    threads(scenario, WAKERS, () -> {
      scene.file().awaitPolled();
      scene.file().wake(0, 0);
      scene.file().raise(1, PollEvents.IN, PollEvents.IN);
    });
    closers(scenario, scene);
    scenario.atEnd(() -> scene.check(1, PollEvents.IN, true));
  }
}
