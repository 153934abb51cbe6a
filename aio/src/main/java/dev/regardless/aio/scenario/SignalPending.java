package dev.regardless.aio.scenario;

import dev.regardless.scenario.ScenarioContext;
import dev.regardless.vfs.PollEvents;

/** AIO facts B26: the work item asks as a kworker, for which no signal is pending, and wakes say nothing. Deterministic. */
public final class SignalPending extends PollScenario {

  /** Made by the service loader. */
  public SignalPending() {
    super("aio-poll-signalfd",
        "a signal arrives on a signalfd: its wake has no key, and only the task itself can see the signal", CLOSERS);
  }

  @Override
  public void setUp(ScenarioContext scenario) {
    Scene scene = new Scene(scenario, 1, 0, true);
    scene.submit(0);
    scenario.thread("sender", () -> scene.file().raise(0, PollEvents.IN, 0));
    closers(scenario, scene);
    scenario.atEnd(() -> scene.check(1, PollEvents.IN, false));
  }
}
