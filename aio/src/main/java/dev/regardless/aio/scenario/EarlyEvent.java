package dev.regardless.aio.scenario;

import dev.regardless.scenario.ScenarioContext;
import dev.regardless.vfs.PollEvents;

/**
 * AIO facts B2 and, for the result that the last put posts, B16: the event may come before io_submit returns, but the
 * request must live until both are done with it, and the event must carry the wake's events.
 */
public final class EarlyEvent extends PollScenario {

  /** Made by the service loader. */
  public EarlyEvent() {
    super("aio-poll-early-event", "a keyed wake completes the poll while io_submit is still in it", WAKERS, CLOSERS);
  }

  @Override
  public void setUp(ScenarioContext scenario) {
    Scene scene = new Scene(scenario, 1, 0);
    scenario.thread("submitter", () -> scene.submit(0));
    threads(scenario, WAKERS, () -> scene.file().raise(0, PollEvents.IN, PollEvents.IN));
    closers(scenario, scene);
    scenario.atEnd(() -> scene.check(1, PollEvents.IN, false));
  }
}
