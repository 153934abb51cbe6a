package dev.regardless.aio.scenario;

import dev.regardless.kernel.Kernel;
import dev.regardless.kernel.SpinLock;
import dev.regardless.kernel.WorkItem;
import dev.regardless.memory.CellFactory;
import dev.regardless.memory.KernelObject;
import dev.regardless.memory.KmemCache;
import dev.regardless.memory.LongCell;
import dev.regardless.memory.RefCell;
import dev.regardless.vfs.Errno;
import dev.regardless.vfs.FileOperations;
import dev.regardless.vfs.Kiocb;
import dev.regardless.vfs.KiocbCancelFunction;
import dev.regardless.vfs.UserBuffer;
import dev.regardless.vfs.Vfs;

/**
 * One endpoint of a USB gadget, to be read: the only kind of file whose reads and writes aio can cancel. The driver is
 * functionfs (drivers/usb/gadget/function/f_fs.c, 6.10: ffs_epfile_read_iter, ffs_epfile_io, ffs_aio_cancel,
 * ffs_epfile_async_io_complete, ffs_user_copy_worker), or gadgetfs. Its controller's usb_ep_dequeue gives a request back in
 * its caller's context, as dummy_hcd's does. One request is queued at a time.
 */
final class SceneGadget extends KernelObject {

  /** Bytes that the device sends. */
  static final long BYTES = Long.BYTES;

  /** What the device sends. */
  static final long DATA = 0xdaL;

  /** The drivers that make their requests cancellable. */
  enum Driver {

    /** A work item completes the aio request and then frees the USB request, under eps_lock. */
    FUNCTIONFS,

    /** drivers/usb/gadget/legacy/inode.c: what moved no data is completed by the completion handler, in whatever context. */
    GADGETFS
  }

  private final Vfs vfs;
  private final Driver driver;
  private final boolean enabled;
  private final SpinLock epsLock;
  private final SpinLock controllerLock;
  private final RefCell<UsbRequest> queued;
  private final KmemCache<UsbRequest> requests;
  private final KmemCache<IoData> ioDatas;
  private final CancelFunction cancelFunction;

  private SceneGadget(CellFactory cells, Vfs vfs, Driver driver, boolean enabled) {
    super(cells);
    this.vfs = vfs;
    this.driver = driver;
    this.enabled = enabled;
    Kernel kernel = vfs.kernel();
    epsLock = new SpinLock(cells, "eps_lock");
    controllerLock = new SpinLock(cells, "controller_lock");
    queued = new RefCell<>(cells, "queue", UsbRequest.class);
    requests = new KmemCache<>(kernel.machine().memory(), "usb_request", UsbRequest::new);
    ioDatas = new KmemCache<>(kernel.machine().memory(), "ffs_io_data", shell -> new IoData(shell, kernel));
    cancelFunction = kernel.create("ffs_aio_cancel", CancelFunction::new);
  }

  /** An endpoint, {@code enabled} by the host or not; set-up only. */
  static SceneGadget create(Vfs vfs, Driver driver, boolean enabled) {
    return vfs.kernel().create("ffs_epfile", cells -> new SceneGadget(cells, vfs, driver, enabled));
  }

  /** struct usb_request. */
  private static final class UsbRequest extends KernelObject {
    private final RefCell<IoData> context;

    /** Bytes moved, or a negated errno. */
    private final LongCell status;

    UsbRequest(CellFactory cells) {
      super(cells);
      context = new RefCell<>(cells, "context", IoData.class);
      status = new LongCell(cells, "status");
    }
  }

  /** struct ffs_io_data. */
  private final class IoData extends KernelObject {
    private final RefCell<Kiocb> kiocb;
    private final RefCell<UsbRequest> request;
    private final LongCell status;
    private final WorkItem work;

    IoData(CellFactory cells, Kernel kernel) {
      super(cells);
      kiocb = new RefCell<>(cells, "kiocb", Kiocb.class);
      request = new RefCell<>(cells, "req", UsbRequest.class);
      status = new LongCell(cells, "status");
      work = new WorkItem(kernel, cells.embedded(this, "work"), () -> copyToUser(this));
    }
  }

  // ---- the driver ------------------------------------------------------------------------------------------------------

  /** ffs_epfile_read_iter of an asynchronous request. */
  private long read(Kiocb iocb) {
    IoData io = ioDatas.allocate();
    io.kiocb.write(iocb);
    io.request.write(null);
    iocb.setPrivateData(io);
    vfs.kiocbSetCancelFn(iocb, cancelFunction);
    long result = submit(io);
    if (result != -Errno.EIOCBQUEUED) {
      ioDatas.free(io);
    }
    return result;
  }

  /** ffs_epfile_io of a file that counts as opened O_NONBLOCK: -EAGAIN if the host has not enabled the endpoint. */
  private long submit(IoData io) {
    if (!enabled) {
      return -Errno.EAGAIN;
    }
    epsLock.lockIrqsave();
    UsbRequest request = requests.allocate();
    request.context.write(io);
    io.request.write(request);
    controllerLock.lock();
    queued.write(request);
    controllerLock.unlock();
    epsLock.unlockIrqrestore();
    return -Errno.EIOCBQUEUED;
  }

  /** ffs_aio_cancel; gadgetfs' ep_aio_cancel takes no lock. */
  private final class CancelFunction extends KiocbCancelFunction {

    CancelFunction(CellFactory cells) {
      super(cells);
    }

    @Override
    public long cancel(Kiocb iocb) {
      IoData io = iocb.privateData(IoData.class);
      if (driver != Driver.GADGETFS) {
        epsLock.lockIrqsave();
      }
      UsbRequest request = io.request.read();
      long result = request == null ? -Errno.EINVAL : dequeue(request);
      if (driver != Driver.GADGETFS) {
        epsLock.unlockIrqrestore();
      }
      return result;
    }
  }

  /** ffs_epfile_async_io_complete, and ep_aio_complete: the completion handler, called with no lock of the controller held. */
  private void completed(UsbRequest request) {
    IoData io = request.context.read();
    long status = request.status.read();
    io.status.write(status);
    if (driver == Driver.GADGETFS && status <= 0) {
      finish(io);
      return;
    }
    io.work.init();
    vfs.kernel().scheduleWork(io.work);
  }

  /** ffs_user_copy_worker. */
  private void copyToUser(IoData io) {
    if (io.status.read() > 0) {
      io.kiocb.read().buffer().store(0, DATA);
    }
    finish(io);
  }

  /** The end of ffs_user_copy_worker. */
  private void finish(IoData io) {
    io.kiocb.read().complete(io.status.read());
    epsLock.lockIrqsave();
    requests.free(io.request.read());
    io.request.write(null);
    epsLock.unlockIrqrestore();
    ioDatas.free(io);
  }

  // ---- the controller --------------------------------------------------------------------------------------------------

  /** dummy_dequeue. */
  private long dequeue(UsbRequest request) {
    controllerLock.lockIrqsave();
    boolean found = queued.refersTo(request);
    if (found) {
      queued.write(null);
      request.status.write(-Errno.ECONNRESET);
    }
    controllerLock.unlock();
    if (found) {
      completed(request);
    }
    vfs.kernel().machine().interruptsEnable();
    return found ? 0 : -Errno.EINVAL;
  }

  /** The host sends data: the queued request is complete, if there is one. */
  void transfer() {
    controllerLock.lockIrqsave();
    UsbRequest request = queued.read();
    if (request != null) {
      queued.write(null);
      request.status.write(BYTES);
    }
    controllerLock.unlock();
    if (request != null) {
      completed(request);
    }
    vfs.kernel().machine().interruptsEnable();
  }

  /** The file's operations. */
  static final class Operations extends FileOperations {

    Operations(CellFactory cells) {
      super(cells);
    }

    @Override
    public boolean hasRead() {
      return true;
    }

    @Override
    public long read(Kiocb iocb, UserBuffer buffer) {
      return iocb.file().privateData(SceneGadget.class).read(iocb);
    }
  }
}
