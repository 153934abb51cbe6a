package dev.regardless.aio;

import dev.regardless.machine.Machine;
import dev.regardless.vfs.Errno;
import dev.regardless.vfs.File;
import dev.regardless.vfs.FileTable;

/**
 * The life of a request up to 5.0: no references (the count is 0, which means "free at the first put") except for polls,
 * which have two from just before vfs_poll; the file is the opcode's own business; the event is posted by whoever completes
 * the request, before its reference is dropped.
 */
public final class CompletionLife implements RequestLife {

  private final AioSubsystem aio;
  private final Machine machine;
  private final boolean freeRefused;

  /**
   * The life of requests of {@code aio}.
   *
   * @param freeRefused whether a refused request is freed at once (4.18 to 4.20) instead of losing one reference (5.0), which
   *     leaks it if it has two
   */
  public CompletionLife(AioSubsystem aio, boolean freeRefused) {
    this.aio = aio;
    this.machine = aio.machine();
    this.freeRefused = freeRefused;
  }

  @Override
  public void begin(AioKiocb request) {
    request.refs.set(0);
  }

  @Override
  public long prepare(AioKiocb request, Iocb iocb, FileTable files) {
    return request.takeEventfd(iocb, files, aio.vfs());
  }

  /** aio_prep_rw and aio_fsync up to 5.0: the opcode takes the file. */
  @Override
  public long pin(AioKiocb request, Iocb iocb, FileTable files) {
    File file = files.fget(iocb.fildes());
    if (file == null) {
      return -Errno.EBADF;
    }
    request.file.write(file);
    machine.tracepoint(AioTracepoints.FILE_TAKEN, request.number(), file.number());
    return 0;
  }

  @Override
  public void unpin(AioKiocb request) {
    File file = request.file.read();
    machine.tracepoint(AioTracepoints.FILE_DROPPED, request.number(), file.number());
    aio.vfs().fput(file);
  }

  @Override
  public boolean fsyncTakesCredentials() {
    return false;
  }

  /** aio_complete_rw, aio_fsync_work: the file goes first. */
  @Override
  public void finish(AioKiocb request, long result) {
    unpin(request);
    aio.completion().complete(request, result, 0);
    put(request);
  }

  @Override
  public void preset(AioKiocb request) {}

  @Override
  public void accepted(AioKiocb request) {}

  @Override
  public void refused(AioKiocb request) {
    request.dropEventfd();
    if (freeRefused) {
      free(request);
    } else {
      put(request);
    }
  }

  @Override
  public void put(AioKiocb request) {
    if (request.refs.read() == 0 || request.refs.decrementAndTest()) {
      free(request);
    }
  }

  private void free(AioKiocb request) {
    KioContext context = request.context.read();
    context.reqs.put();
    machine.tracepoint(AioTracepoints.REQUEST_FREED, request.number(), context.number());
    aio.freeKiocb(request);
  }
}
