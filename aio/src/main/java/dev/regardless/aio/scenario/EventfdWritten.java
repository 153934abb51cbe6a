package dev.regardless.aio.scenario;

import dev.regardless.scenario.ScenarioContext;

/** AIO facts B15: the poll of an eventfd signals that same eventfd, which a program writes. */
public final class EventfdWritten extends EventfdScenario {

  /** Made by the service loader. */
  public EventfdWritten() {
    super("aio-poll-eventfd-written", "a program writes an eventfd whose poll, completed by the write, signals it");
  }

  @Override
  public void setUp(ScenarioContext scenario) {
    Ring ring = new Ring(scenario, 1);
    scenario.thread("writer", () -> ring.eventfds.getFirst().write());
    scenario.atEnd(() -> ring.check(2));
  }
}
