package dev.regardless.aio;

import dev.regardless.kernel.WorkItem;
import dev.regardless.memory.CellFactory;
import dev.regardless.memory.KernelObject;
import dev.regardless.memory.KmemCache;
import dev.regardless.memory.LongCell;
import dev.regardless.memory.RefCell;
import dev.regardless.vfs.Errno;
import dev.regardless.vfs.FileTable;

/**
 * FSYNC and FDSYNC: aio_fsync and aio_fsync_work of fs/aio.c (6.x). Credentials do nothing here, but can fail to be made
 * (prepare_creds): the object of an fsync, a part of the request in Linux, stands for them.
 */
final class AioFsyncs {

  private final AioSubsystem aio;
  private final KmemCache<Fsync> fsyncs;

  AioFsyncs(AioSubsystem aio) {
    this.aio = aio;
    this.fsyncs = new KmemCache<>(aio.machine().memory(), "aio_fsync", Fsync::new);
  }

  /** struct fsync_iocb. */
  private final class Fsync extends KernelObject {
    private final RefCell<AioKiocb> request;
    private final LongCell dataOnly;
    private final WorkItem work;

    Fsync(CellFactory cells) {
      super(cells);
      request = new RefCell<>(cells, "aio_kiocb", AioKiocb.class);
      dataOnly = new LongCell(cells, "datasync");
      work = new WorkItem(aio.kernel(), cells.embedded(this, "work"), this::run);
    }

    /** aio_fsync_work. */
    private void run() {
      AioKiocb owner = request.read();
      boolean data = dataOnly.read() != 0;
      long result = owner.file.read().operations().fsync(owner.file.read(), data);
      fsyncs.free(this);
      aio.protocol().life().finish(owner, result);
    }
  }

  /**
   * aio_fsync.
   *
   * @return 0 if exactly one event will come, else a negative errno and none will
   */
  long submit(AioKiocb request, Iocb iocb, FileTable files) {
    RequestLife life = aio.protocol().life();
    if (iocb.buf() != 0 || iocb.offset() != 0 || iocb.nbytes() != 0 || iocb.rwFlags() != 0) {
      return -Errno.EINVAL;
    }
    long error = life.pin(request, iocb, files);
    if (error != 0) {
      return error;
    }
    if (!request.file.read().operations().hasFsync()) {
      life.unpin(request);
      return -Errno.EINVAL;
    }
    Fsync fsync = life.fsyncTakesCredentials() ? fsyncs.allocateOrNull() : fsyncs.allocate();
    if (fsync == null) {
      return -Errno.ENOMEM;
    }
    fsync.request.write(request);
    fsync.dataOnly.write(iocb.opcode() == IocbLayout.IOCB_CMD_FDSYNC ? 1 : 0);
    fsync.work.init();
    aio.kernel().scheduleWork(fsync.work);
    return 0;
  }
}
