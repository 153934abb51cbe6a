package dev.regardless.aio.scenario;

import dev.regardless.aio.AioParameters;
import dev.regardless.aio.AioParameters.CancelGuard;
import dev.regardless.memory.KmemCache;
import dev.regardless.scenario.ScenarioContext;
import dev.regardless.vfs.File;

/**
 * AIO facts B22: a USB gadget calls kiocb_set_cancel_fn for requests that are not aio's: io_uring's, which go on where aio
 * would have its own fields, and one that ends there, next to freed memory. Parameter {@code guard}: {@code flag}, as since
 * 961ebd120565; {@code late}, which loads ki_ctx before it looks at the flag (b820de741ae4, CVE-2024-35815); {@code none},
 * the code before (CVE-2024-26764).
 */
public final class CancelFnForeign extends TransferScenario {

  /** Made by the service loader. */
  public CancelFnForeign() {
    super("aio-cancel-fn-foreign", "kiocb_set_cancel_fn is called for requests that are not aio's", "guard", "flag");
  }

  @Override
  public void setUp(ScenarioContext scenario) {
    CancelGuard guard = choice(scenario, CancelGuard.values());
    Scene scene = new Scene(scenario, (AioParameters each) -> each.withCancelGuard(guard));
    SceneGadget gadget = SceneGadget.create(scene.vfs(), SceneGadget.Driver.FUNCTIONFS, true);
    int fd = scene.open(scenario.create("ffs_epfile_operations", SceneGadget.Operations::new), gadget);
    KmemCache<ForeignKiocb> uring = ForeignKiocb.ofUring(scene.vfs());
    KmemCache<ForeignKiocb> slab = ForeignKiocb.bare(scene.vfs());
    ForeignKiocb first = uring.allocate();
    ForeignKiocb second = slab.allocate();
    slab.free(slab.allocate());
    scenario.thread("submitter", () -> {
      read(scene, gadget, fd, first);
      uring.free(first);
      read(scene, gadget, fd, second);
      slab.free(second);
    });
  }

  /** One read from beginning to end. */
  private static void read(Scene scene, SceneGadget gadget, int fd, ForeignKiocb iocb) {
    File file = scene.file(fd);
    iocb.begin(file);
    file.operations().read(iocb, iocb.buffer());
    gadget.transfer();
    long result = iocb.await();
    scene.require(result == SceneGadget.BYTES, "result " + result);
  }
}
