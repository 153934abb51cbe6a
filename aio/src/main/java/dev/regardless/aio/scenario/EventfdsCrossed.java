package dev.regardless.aio.scenario;

import dev.regardless.scenario.ScenarioContext;

/** AIO facts B15: the locks of two eventfds must not be taken one inside the other, both ways round. */
public final class EventfdsCrossed extends EventfdScenario {

  /** Made by the service loader. */
  public EventfdsCrossed() {
    super("aio-poll-eventfds-crossed", "two programs write two eventfds, each of whose polls signals the other");
  }

  @Override
  public void setUp(ScenarioContext scenario) {
    Ring ring = new Ring(scenario, 2);
    scenario.thread("first", () -> ring.eventfds.getFirst().write());
    scenario.thread("second", () -> ring.eventfds.getLast().write());
    scenario.atEnd(() -> ring.check(2));
  }
}
