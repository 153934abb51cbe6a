package dev.regardless.aio.scenario;

import dev.regardless.scenario.ScenarioContext;

/** AIO facts B8: the work item must look again whether the poll was cancelled before it lets it wait on. */
public final class CancelAgainstKeylessWake extends PollScenario {

  /** Made by the service loader. */
  public CancelAgainstKeylessWake() {
    super("aio-poll-cancel-against-keyless-wake",
        "io_cancel meets a wake for nothing and its work item", WAKERS, CANCELLERS, CLOSERS);
  }

  @Override
  public void setUp(ScenarioContext scenario) {
    Scene scene = new Scene(scenario, 1, 0);
    scene.submit(0);
    threads(scenario, CANCELLERS, () -> scene.cancel(0));
    threads(scenario, WAKERS, () -> scene.file().wake(0, 0));
    closers(scenario, scene);
    scenario.atEnd(() -> {
      scene.checkAllCompleted(1);
      scene.check(1, 0, true);
    });
  }
}
