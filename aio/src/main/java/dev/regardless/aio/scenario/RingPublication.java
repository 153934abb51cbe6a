package dev.regardless.aio.scenario;

import dev.regardless.kernel.SmpBarriers;
import dev.regardless.scenario.ScenarioContext;
import dev.regardless.vfs.PollEvents;

/** AIO facts B19: who sees the ring's tail must see the events before it. */
public final class RingPublication extends PollScenario {

  /** Made by the service loader. */
  public RingPublication() {
    super("aio-ring-publication", "a program reads the ring in user space while an event is posted");
  }

  @Override
  public void setUp(ScenarioContext scenario) {
    Scene scene = new Scene(scenario, 1, PollEvents.IN);
    SmpBarriers smp = new SmpBarriers(scenario.machine());
    scenario.thread("submitter", () -> scene.submit(0));
    scenario.thread("reader", () -> {
      if (scene.ring().tail.readOnce() != 0) {
        smp.rmb();
        scene.checkPublished();
      }
    });
  }
}
