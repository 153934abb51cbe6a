package dev.regardless.aio.scenario;

import dev.regardless.scenario.ScenarioContext;
import dev.regardless.vfs.Errno;

/**
 * AIO facts B22: io_cancel of a read of a USB gadget while the device completes it. Exactly one event; its result is
 * -ECONNRESET if io_cancel said that it will, and the bytes if not. Parameter {@code driver}: {@link SceneGadget.Driver}.
 */
public final class CancelTransfer extends TransferScenario {

  /** Made by the service loader. */
  public CancelTransfer() {
    super("aio-cancel-transfer", "io_cancel of a cancellable read that its device completes", "driver", "functionfs");
  }

  @Override
  public void setUp(ScenarioContext scenario) {
    Scene scene = new Scene(scenario);
    SceneGadget gadget = SceneGadget.create(scene.vfs(), choice(scenario, SceneGadget.Driver.values()), true);
    int fd = scene.open(scenario.create("ffs_epfile_operations", SceneGadget.Operations::new), gadget);
    scene.submit(0, scene.readInto(0, fd));
    scenario.thread("canceller", () -> scene.noteCancel(scene.cancel(0)));
    scenario.thread("device", gadget::transfer);
    scenario.atEnd(() -> {
      boolean cancelled = scene.cancelled() == 0;
      scene.require(cancelled || scene.cancelled() == -Errno.EINVAL, "io_cancel returned " + scene.cancelled());
      scene.checkTransfer(0, cancelled ? -Errno.ECONNRESET : SceneGadget.BYTES);
      scene.checkBuffer(cancelled ? 0 : SceneGadget.DATA);
    });
  }
}
