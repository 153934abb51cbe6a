package dev.regardless.aio.scenario;

import dev.regardless.aio.Iocb;
import dev.regardless.machine.ThreadKind;
import dev.regardless.scenario.ScenarioContext;
import dev.regardless.vfs.PollEvents;

/** AIO facts B14 (d3d6a18d7d35): ctx_lock is taken in interrupts, so nobody may hold it with interrupts on. */
public final class WakeInterruptsOn extends PollScenario {

  /** Made by the service loader. */
  public WakeInterruptsOn() {
    super("aio-poll-wake-interrupts-on", "one file wakes its polls with interrupts on, another from an interrupt");
  }

  @Override
  public void setUp(ScenarioContext scenario) {
    Scene scene = new Scene(scenario, 1, 0);
    SceneFile device = SceneFile.create(scene.vfs().kernel(), "fuse_iqueue", 1, 0);
    int fd = scene.open(device);
    scene.submit(0);
    scene.submit(1, Iocb.poll(1, fd, PollEvents.IN));
    scenario.thread("daemon", () -> device.raiseInterruptsOn(0, PollEvents.IN, PollEvents.IN));
    scenario.thread("interrupt", ThreadKind.INTERRUPT, -1, () -> scene.file().raise(0, PollEvents.IN, PollEvents.IN));
    scenario.atEnd(() -> {
      scene.checkAllCompleted(2);
      scene.check(2, PollEvents.IN, false);
    });
  }
}
