package dev.regardless.aio.scenario;

import dev.regardless.scenario.ScenarioContext;
import dev.regardless.vfs.PollEvents;

/** AIO facts B1 (CVE-2019-10125): the completing wake drops the last reference to the file that the poll method still uses. */
public final class CloseUnderPoll extends PollScenario {

  /** Made by the service loader. */
  public CloseUnderPoll() {
    super("aio-poll-close-under-poll", "the file is closed and the poll completed while its poll method runs", CLOSERS);
  }

  @Override
  public void setUp(ScenarioContext scenario) {
    Scene scene = new Scene(scenario, 1, 0);
    scenario.thread("submitter", () -> scene.submit(0));
    scenario.thread("waker", () -> {
      scene.file().awaitPolled();
      scene.file().raise(0, PollEvents.IN, PollEvents.IN);
      scene.close();
    });
    closers(scenario, scene);
    scenario.atEnd(() -> scene.check(1, PollEvents.IN, false));
  }
}
