package dev.regardless.aio;

import dev.regardless.machine.Machine;
import dev.regardless.vfs.Errno;
import dev.regardless.vfs.FileTable;
import dev.regardless.vfs.UserSpace;
import org.jspecify.annotations.Nullable;

/** io_submit_one and aio_get_req of fs/aio.c: one request, from the program's iocb to its opcode's function. */
public final class RequestSubmission {

  private final AioSubsystem aio;
  private final Machine machine;
  private final AddressSpace mm;
  private final UserSpace space;
  private final FileTable files;
  private final RequestLife life;

  RequestSubmission(AioSubsystem aio, AddressSpace mm, FileTable files) {
    this.aio = aio;
    this.machine = aio.machine();
    this.mm = mm;
    this.space = mm.space();
    this.files = files;
    this.life = aio.protocol().life();
  }

  /**
   * io_submit_one: copies the iocb at a user address and submits it.
   *
   * @return 0, or a negative errno
   */
  long submit(KioContext context, long userIocb) {
    if (!space.covers(userIocb, IocbLayout.BYTES)) {
      return -Errno.EFAULT;
    }
    Iocb iocb = copy(userIocb);
    if (iocb.reserved2() != 0 || iocb.nbytes() < 0) {
      return -Errno.EINVAL;
    }
    return submit(context, iocb, userIocb, true);
  }

  private Iocb copy(long from) {
    long keyAndFlags = word(from, IocbLayout.KEY_AND_RW_FLAGS);
    long opcodeAndFildes = word(from, IocbLayout.OPCODE_AND_FILDES);
    long flagsAndResfd = word(from, IocbLayout.FLAGS_AND_RESFD);
    return new Iocb(
        word(from, IocbLayout.DATA),
        IocbLayout.rwFlags(keyAndFlags),
        IocbLayout.opcode(opcodeAndFildes),
        IocbLayout.reqprio(opcodeAndFildes),
        IocbLayout.fildes(opcodeAndFildes),
        word(from, IocbLayout.BUF),
        word(from, IocbLayout.NBYTES),
        word(from, IocbLayout.OFFSET),
        word(from, IocbLayout.RESERVED2),
        IocbLayout.flags(flagsAndResfd),
        IocbLayout.resfd(flagsAndResfd));
  }

  private long word(long iocb, int index) {
    return space.load(iocb + (long) index * Long.BYTES, Long.BYTES);
  }

  /**
   * The same behind the copy: for programs small enough to be checked, whose iocbs are not in memory.
   *
   * @param obj what the event's obj will be
   */
  public long submit(KioContext context, Iocb iocb, long obj) {
    return submit(context, iocb, obj, false);
  }

  private long submit(KioContext context, Iocb iocb, long userIocb, boolean inMemory) {
    AioKiocb request = allocate(context);
    if (request == null) {
      return -Errno.EAGAIN;
    }
    long error = life.prepare(request, iocb, files);
    if (error == 0 && inMemory) {
      error = storeKey(userIocb);
    }
    if (error == 0) {
      request.result.obj.write(userIocb);
      request.result.data.write(iocb.data());
      life.preset(request);
      machine.tracepoint(AioTracepoints.REQUEST_ISSUED, iocb.data(), request.number());
      error = start(request, iocb);
    }
    if (error == 0) {
      machine.tracepoint(AioTracepoints.REQUEST_ACCEPTED, iocb.data(), userIocb);
      life.accepted(request);
      return 0;
    }
    machine.tracepoint(AioTracepoints.REQUEST_REFUSED, iocb.data(), -error);
    life.refused(request);
    aio.slots().give(context, 1);
    return error;
  }

  /** put_user of aio_key: 0, or -EFAULT where the iocb can only be read. */
  private long storeKey(long userIocb) {
    long key = userIocb + IocbLayout.KEY_OFFSET;
    if (space.writable(key, Integer.BYTES) != Integer.BYTES) {
      return -Errno.EFAULT;
    }
    space.store(key, Integer.BYTES, IocbLayout.KIOCB_KEY);
    return 0;
  }

  /** aio_get_req. */
  private @Nullable AioKiocb allocate(KioContext context) {
    AioKiocb request = aio.allocateKiocb();
    if (request == null) {
      return null;
    }
    if (!aio.slots().take(context)) {
      aio.freeKiocb(request);
      return null;
    }
    context.reqs.get();
    request.context.write(context);
    request.list.init();
    request.file.write(null);
    request.eventfd.write(null);
    life.begin(request);
    return request;
  }

  /** The switch of __io_submit_one. */
  private long start(AioKiocb request, Iocb iocb) {
    return switch (iocb.opcode()) {
      case IocbLayout.IOCB_CMD_POLL -> aio.protocol().submit(request, iocb, files);
      case IocbLayout.IOCB_CMD_PREAD, IocbLayout.IOCB_CMD_PREADV, IocbLayout.IOCB_CMD_PWRITE,
          IocbLayout.IOCB_CMD_PWRITEV ->
        aio.transfers().submit(request, iocb, files, mm);
      case IocbLayout.IOCB_CMD_FSYNC, IocbLayout.IOCB_CMD_FDSYNC -> aio.fsyncs().submit(request, iocb, files);
      default -> -Errno.EINVAL;
    };
  }
}
