package dev.regardless.aio.scenario;

import dev.regardless.scenario.ScenarioContext;
import dev.regardless.vfs.PollEvents;

/** AIO facts B18: queue, barrier, ring against ring, barrier, queue. Without the barrier in aio_complete the reader sleeps on. */
public final class ReaderSleep extends PollScenario {

  /** Made by the service loader. */
  public ReaderSleep() {
    super("aio-reader-sleep", "io_getevents goes to sleep while an event is posted");
  }

  @Override
  public void setUp(ScenarioContext scenario) {
    Scene scene = new Scene(scenario, 1, PollEvents.IN);
    scenario.thread("submitter", () -> scene.submit(0));
    scenario.thread("reader", () -> scene.require(scene.getEvent() == 0, "io_getevents returned another event"));
  }
}
