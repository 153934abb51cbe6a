package dev.regardless.aio.scenario;

import dev.regardless.scenario.ScenarioContext;
import dev.regardless.vfs.PollEvents;

/**
 * AIO facts B7 (363bee27e258): after the keyless wake nobody must be missing from the queue when the file becomes ready
 * again, or the poll is never completed.
 */
public final class DrainAndRefill extends PollScenario {

  /** Made by the service loader. */
  public DrainAndRefill() {
    super("aio-poll-drain-and-refill", "the file is drained and filled again while the work item polls it", CLOSERS);
  }

  @Override
  public void setUp(ScenarioContext scenario) {
    Scene scene = new Scene(scenario, 1, 0);
    scenario.thread("submitter", () -> scene.submit(0));
    scenario.thread("writer", () -> {
      scene.file().awaitPolled();
      scene.file().raise(0, PollEvents.IN, 0);
      scene.file().drain();
      scene.file().raise(0, PollEvents.IN, 0);
    });
    closers(scenario, scene);
    scenario.atEnd(() -> scene.check(1, PollEvents.IN, false));
  }
}
