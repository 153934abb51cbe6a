package dev.regardless.aio;

import dev.regardless.aio.poll.PollIocb;
import dev.regardless.aio.poll.PollProtocol;
import dev.regardless.kernel.ListHead;
import dev.regardless.kernel.RefCount;
import dev.regardless.memory.CellFactory;
import dev.regardless.memory.KernelObject;
import dev.regardless.memory.RefCell;
import dev.regardless.vfs.Errno;
import dev.regardless.vfs.EventfdContext;
import dev.regardless.vfs.File;
import dev.regardless.vfs.FileTable;
import dev.regardless.vfs.Vfs;

/**
 * struct aio_kiocb of fs/aio.c: one request, from a slab cache. Who frees it, and how many references it is born with, is
 * the design's business ({@link RequestLife}); from 5.1 on it has two, one for io_submit and one for whoever completes it.
 */
public final class AioKiocb extends KernelObject {

  /** ki_filp: the file, pinned from submission to the end of the request. */
  public final RefCell<File> file;

  /** ki_ctx. */
  public final RefCell<KioContext> context;

  /** ki_res: the event as it will be posted. Filled but for res at submission. */
  public final IoEvent result;

  /**
   * ki_list: on the context's active_reqs while the request can be cancelled; protected by ctx_lock. Reads and writes have
   * theirs in {@link AioTransfer}.
   */
  public final ListHead list;

  /** ki_refcnt. */
  public final RefCount refs;

  /** ki_eventfd: what is signalled when the event has been posted; null for nothing. */
  public final RefCell<EventfdContext> eventfd;

  /** What the poll design keeps for a poll. */
  public final PollIocb poll;

  /** A request of the design that {@code protocol} implements. */
  public AioKiocb(CellFactory cells, PollProtocol protocol) {
    super(cells);
    file = new RefCell<>(cells, "ki_filp", File.class);
    context = new RefCell<>(cells, "ki_ctx", KioContext.class);
    result = new IoEvent(cells.embedded(this, "ki_res"));
    list = new ListHead(cells.embedded(this, "ki_list"), this);
    refs = new RefCount(cells, "ki_refcnt");
    eventfd = new RefCell<>(cells, "ki_eventfd", EventfdContext.class);
    poll = protocol.newPollIocb(cells.embedded(this, "poll"), this);
  }

  /**
   * The part of __io_submit_one for IOCB_FLAG_RESFD: takes a reference to the eventfd's context.
   *
   * @return 0, -EBADF, or -EINVAL if the descriptor is no eventfd's
   */
  long takeEventfd(Iocb iocb, FileTable files, Vfs vfs) {
    if ((iocb.flags() & IocbLayout.IOCB_FLAG_RESFD) == 0) {
      return 0;
    }
    File target = files.fget(iocb.resfd());
    if (target == null) {
      return -Errno.EBADF;
    }
    EventfdContext found = target.operations().eventfdContext(target);
    if (found != null) {
      eventfd.write(found);
    }
    vfs.fput(target);
    return found == null ? -Errno.EINVAL : 0;
  }

  /** eventfd_ctx_put, if there is one. */
  public void dropEventfd() {
    EventfdContext signalled = eventfd.read();
    if (signalled != null) {
      signalled.put();
    }
  }
}
