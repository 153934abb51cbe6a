package dev.regardless.aio.scenario;

import dev.regardless.scenario.ScenarioContext;
import dev.regardless.vfs.Errno;

/** AIO facts B5: a refused request must be freed, or io_destroy never returns. */
public final class RefusedPoll extends PollScenario {

  /** Made by the service loader. */
  public RefusedPoll() {
    super("aio-poll-refused", "a poll of a file with two queues is refused, then io_destroy");
  }

  @Override
  public void setUp(ScenarioContext scenario) {
    Scene scene = new Scene(scenario, 2, 0);
    scenario.thread("submitter", () -> {
      scene.require(scene.submit(0) == -Errno.EINVAL, "a poll of two queues was accepted");
      scene.require(scene.destroy() == 0, "io_destroy failed");
    });
  }
}
