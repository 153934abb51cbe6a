package dev.regardless.aio.scenario;

import dev.regardless.scenario.ScenarioContext;

/** AIO facts B15: the poll of an eventfd signals that same eventfd, which the kernel signals. */
public final class EventfdSignalled extends EventfdScenario {

  /** Made by the service loader. */
  public EventfdSignalled() {
    super("aio-poll-eventfd-signalled",
        "the kernel signals an eventfd whose poll, completed by the signal, signals it again");
  }

  @Override
  public void setUp(ScenarioContext scenario) {
    Ring ring = new Ring(scenario, 1);
    scenario.thread("signaller", () -> ring.eventfds.getFirst().signal(0));
    scenario.atEnd(() -> ring.check(2));
  }
}
