package dev.regardless.aio.scenario;

import dev.regardless.scenario.ScenarioContext;
import dev.regardless.vfs.PollEvents;

/** AIO facts B27(b): the event must carry what the file has, although the wake did not say it. */
public final class KeylessWake extends PollScenario {

  /** Made by the service loader. */
  public KeylessWake() {
    super("aio-poll-keyless-wake", "a wake that does not say which events completes the poll", WAKERS, CLOSERS);
  }

  @Override
  public void setUp(ScenarioContext scenario) {
    Scene scene = new Scene(scenario, 1, 0);
    scenario.thread("submitter", () -> scene.submit(0));
    threads(scenario, WAKERS, () -> scene.file().raise(0, PollEvents.IN, 0));
    closers(scenario, scene);
    scenario.atEnd(() -> scene.check(1, PollEvents.IN, false));
  }
}
