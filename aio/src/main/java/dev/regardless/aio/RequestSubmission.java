package dev.regardless.aio;

import dev.regardless.machine.Machine;
import dev.regardless.memory.LongCell;
import dev.regardless.vfs.Errno;
import dev.regardless.vfs.FileTable;
import org.jspecify.annotations.Nullable;

/** io_submit_one and aio_get_req of fs/aio.c: one request, from the program's iocb to its opcode's function. */
public final class RequestSubmission {

  private final AioSubsystem aio;
  private final Machine machine;
  private final AddressSpace mm;
  private final FileTable files;
  private final RequestLife life;

  RequestSubmission(AioSubsystem aio, AddressSpace mm, FileTable files) {
    this.aio = aio;
    this.machine = aio.machine();
    this.mm = mm;
    this.files = files;
    this.life = aio.protocol().life();
  }

  /**
   * io_submit_one: copies the iocb at a user address and submits it.
   *
   * @return 0, or a negative errno
   */
  long submit(KioContext context, long userIocb) {
    UserPages pages = UserMemory.find(mm, userIocb, IocbLayout.WORDS);
    if (pages == null) {
      return -Errno.EFAULT;
    }
    int first = UserMemory.word(pages, userIocb);
    Iocb iocb = copy(pages, first);
    if (iocb.reserved2() != 0 || iocb.nbytes() < 0) {
      return -Errno.EINVAL;
    }
    return submit(context, iocb, userIocb, pages.word(first + IocbLayout.KEY_AND_RW_FLAGS));
  }

  private static Iocb copy(UserPages pages, int first) {
    long keyAndFlags = pages.word(first + IocbLayout.KEY_AND_RW_FLAGS).read();
    long opcodeAndFildes = pages.word(first + IocbLayout.OPCODE_AND_FILDES).read();
    long flagsAndResfd = pages.word(first + IocbLayout.FLAGS_AND_RESFD).read();
    return new Iocb(
        pages.word(first + IocbLayout.DATA).read(),
        IocbLayout.rwFlags(keyAndFlags),
        IocbLayout.opcode(opcodeAndFildes),
        IocbLayout.fildes(opcodeAndFildes),
        pages.word(first + IocbLayout.BUF).read(),
        pages.word(first + IocbLayout.NBYTES).read(),
        pages.word(first + IocbLayout.OFFSET).read(),
        pages.word(first + IocbLayout.RESERVED2).read(),
        IocbLayout.flags(flagsAndResfd),
        IocbLayout.resfd(flagsAndResfd));
  }

  /**
   * The same behind the copy: for programs small enough to be checked, whose iocbs are not in memory.
   *
   * @param obj what the event's obj will be
   */
  public long submit(KioContext context, Iocb iocb, long obj) {
    return submit(context, iocb, obj, null);
  }

  private long submit(KioContext context, Iocb iocb, long userIocb, @Nullable LongCell key) {
    AioKiocb request = allocate(context);
    if (request == null) {
      return -Errno.EAGAIN;
    }
    long error = life.prepare(request, iocb, files);
    if (error == 0) {
      if (key != null) {
        key.write(IocbLayout.keyAndRwFlags(IocbLayout.KIOCB_KEY, iocb.rwFlags()));
      }
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

  /** aio_get_req. */
  private @Nullable AioKiocb allocate(KioContext context) {
    AioKiocb request = aio.allocateKiocb();
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
    return iocb.opcode() == IocbLayout.IOCB_CMD_POLL ? aio.protocol().submit(request, iocb, files) : -Errno.EINVAL;
  }
}
