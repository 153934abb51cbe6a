package dev.regardless.aio.scenario;

import dev.regardless.scenario.ScenarioContext;
import dev.regardless.vfs.Errno;

/**
 * AIO facts B22: io_cancel of a read of a USB gadget that io_submit has not finished with. The driver makes it cancellable
 * before it queues it, or, with parameter {@code endpoint} = {@code disabled}, before it fails.
 */
public final class CancelDuringTransferSubmit extends TransferScenario {

  private enum Endpoint {
    ENABLED, DISABLED
  }

  /** Made by the service loader. */
  public CancelDuringTransferSubmit() {
    super("aio-cancel-during-transfer-submit", "io_cancel of a read that is being submitted", "endpoint", "enabled");
  }

  @Override
  public void setUp(ScenarioContext scenario) {
    Scene scene = new Scene(scenario);
    boolean enabled = choice(scenario, Endpoint.values()) == Endpoint.ENABLED;
    SceneGadget gadget = SceneGadget.create(scene.vfs(), SceneGadget.Driver.FUNCTIONFS, enabled);
    int fd = scene.open(scenario.create("ffs_epfile_operations", SceneGadget.Operations::new), gadget);
    scenario.thread("submitter", () -> scene.submit(0, scene.readInto(0, fd)));
    scenario.thread("canceller", () -> scene.noteCancel(scene.cancel(0)));
    scenario.atEnd(() -> {
      if (!enabled) {
        scene.checkTransfer(0, -Errno.EAGAIN);
      } else if (scene.cancelled() == 0) {
        scene.checkTransfer(0, -Errno.ECONNRESET);
      } else {
        scene.checkNoEvent();
      }
    });
  }
}
