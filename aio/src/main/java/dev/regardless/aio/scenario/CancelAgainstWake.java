package dev.regardless.aio.scenario;

import dev.regardless.scenario.ScenarioContext;
import dev.regardless.vfs.PollEvents;

/** AIO facts B8: exactly one event, whose result is 0 or the wake's events. */
public final class CancelAgainstWake extends PollScenario {

  /** Made by the service loader. */
  public CancelAgainstWake() {
    super("aio-poll-cancel-against-wake", "io_cancel, a wake and the work item meet", WAKERS, CANCELLERS, CLOSERS);
  }

  @Override
  public void setUp(ScenarioContext scenario) {
    Scene scene = new Scene(scenario, 1, 0);
    scene.submit(0);
    threads(scenario, CANCELLERS, () -> scene.cancel(0));
    threads(scenario, WAKERS, () -> scene.file().raise(0, PollEvents.IN, PollEvents.IN));
    closers(scenario, scene);
    scenario.atEnd(() -> {
      scene.checkAllCompleted(1);
      scene.check(1, PollEvents.IN, true);
    });
  }
}
