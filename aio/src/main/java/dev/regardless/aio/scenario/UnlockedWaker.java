package dev.regardless.aio.scenario;

import dev.regardless.scenario.ScenarioContext;
import dev.regardless.vfs.PollEvents;

/**
 * AIO facts B17 (cacd9ae4bf80): queue, barrier, condition against condition, barrier, queue. Without the barrier in
 * poll_wait both sides may miss the other.
 */
public final class UnlockedWaker extends PollScenario {

  /** Made by the service loader. */
  public UnlockedWaker() {
    super("aio-poll-unlocked-waker", "the waker looks for sleepers without the queue's lock", WAKERS, CLOSERS);
  }

  @Override
  public void setUp(ScenarioContext scenario) {
    Scene scene = new Scene(scenario, 1, 0);
    scenario.thread("submitter", () -> scene.submit(0));
    threads(scenario, WAKERS, () -> scene.file().raiseUnlocked(0, PollEvents.IN, PollEvents.IN));
    closers(scenario, scene);
    scenario.atEnd(() -> scene.check(1, PollEvents.IN, false));
  }
}
