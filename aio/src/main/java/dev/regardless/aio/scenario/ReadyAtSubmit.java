package dev.regardless.aio.scenario;

import dev.regardless.scenario.ScenarioContext;
import dev.regardless.vfs.PollEvents;

/** AIO facts B27(a): somebody must drop the asynchronous reference although no wake comes. Deterministic. */
public final class ReadyAtSubmit extends PollScenario {

  /** Made by the service loader. */
  public ReadyAtSubmit() {
    super("aio-poll-ready-at-submit", "the file is ready from the start and nobody wakes");
  }

  @Override
  public void setUp(ScenarioContext scenario) {
    Scene scene = new Scene(scenario, 1, PollEvents.IN);
    scenario.thread("submitter", () -> scene.submit(0));
    scenario.atEnd(() -> scene.check(1, PollEvents.IN, false));
  }
}
