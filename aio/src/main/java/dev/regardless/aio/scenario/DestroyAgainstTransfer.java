package dev.regardless.aio.scenario;

import dev.regardless.scenario.ScenarioContext;

/**
 * AIO facts B22, B25: io_destroy cancels a read of a USB gadget that the device completes; everything is freed. With parameter
 * {@code device} = {@code silent} nobody but io_destroy ends the read.
 */
public final class DestroyAgainstTransfer extends TransferScenario {

  private enum Device {
    SENDING, SILENT
  }

  /** Made by the service loader. */
  public DestroyAgainstTransfer() {
    super("aio-destroy-against-transfer", "io_destroy cancels a read that its device completes", "device", "sending");
  }

  @Override
  public void setUp(ScenarioContext scenario) {
    Scene scene = new Scene(scenario);
    SceneGadget gadget = SceneGadget.create(scene.vfs(), SceneGadget.Driver.FUNCTIONFS, true);
    int fd = scene.open(scenario.create("ffs_epfile_operations", SceneGadget.Operations::new), gadget);
    scene.submit(0, scene.readInto(0, fd));
    scenario.thread("destroyer", () -> {
      scene.require(scene.destroy() == 0, "io_destroy failed");
      scene.close(fd);
    });
    if (choice(scenario, Device.values()) == Device.SENDING) {
      scenario.thread("device", gadget::transfer);
    }
  }
}
