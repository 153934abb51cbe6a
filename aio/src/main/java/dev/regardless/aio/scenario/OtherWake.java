package dev.regardless.aio.scenario;

import dev.regardless.scenario.ScenarioContext;
import dev.regardless.vfs.PollEvents;

/**
 * AIO facts B3: the file is readable, a wake for EPOLLOUT comes before io_submit looks. It must not make io_submit forget
 * that the file is readable.
 */
public final class OtherWake extends PollScenario {

  /** Made by the service loader. */
  public OtherWake() {
    super("aio-poll-other-wake", "a wake for events that were not asked for arrives during io_submit", WAKERS, CLOSERS);
  }

  @Override
  public void setUp(ScenarioContext scenario) {
    Scene scene = new Scene(scenario, 1, PollEvents.IN);
    scenario.thread("submitter", () -> scene.submit(0));
    threads(scenario, WAKERS, () -> {
      scene.file().awaitPolled();
      scene.file().wake(0, PollEvents.OUT);
    });
    closers(scenario, scene);
    scenario.atEnd(() -> scene.check(1, PollEvents.IN, false));
  }
}
