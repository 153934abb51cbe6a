package dev.regardless.aio;

import dev.regardless.machine.Machine;
import dev.regardless.vfs.Errno;
import dev.regardless.vfs.File;
import dev.regardless.vfs.FileTable;

/**
 * The life of a request since 5.1, and in the designs of March 2019: two references from birth, the file pinned by
 * submission, the event kept in the request and posted by whoever drops the last reference.
 *
 * <p>One reference is io_submit's, the other belongs to whoever completes the request. A refused request loses the first
 * and is then destroyed as it stands, so nobody else may hold the second: a protocol must not return an error once it has
 * handed the request over.
 */
public class FinalPutLife implements RequestLife {

  /** References that a request is born with. */
  protected static final int BORN_WITH = 2;

  private final AioSubsystem aio;
  private final Machine machine;

  public FinalPutLife(AioSubsystem aio) {
    this.aio = aio;
    this.machine = aio.machine();
  }

  @Override
  public void begin(AioKiocb request) {
    request.refs.set(BORN_WITH);
  }

  @Override
  public final long prepare(AioKiocb request, Iocb iocb, FileTable files) {
    File file = files.fget(iocb.fildes());
    if (file == null) {
      return -Errno.EBADF;
    }
    request.file.write(file);
    machine.tracepoint(AioTracepoints.FILE_TAKEN, request.number(), file.number());
    return request.takeEventfd(iocb, files, aio.vfs());
  }

  @Override
  public final long pin(AioKiocb request, Iocb iocb, FileTable files) {
    return 0;
  }

  @Override
  public final void unpin(AioKiocb request) {}

  @Override
  public final boolean fsyncTakesCredentials() {
    return true;
  }

  @Override
  public void finish(AioKiocb request, long result) {
    request.result.res.write(result);
    put(request);
  }

  @Override
  public final void preset(AioKiocb request) {
    request.result.res.write(0);
    request.result.res2.write(0);
  }

  @Override
  public void accepted(AioKiocb request) {
    put(request);
  }

  @Override
  public void refused(AioKiocb request) {
    put(request);
    destroy(request);
  }

  @Override
  public void put(AioKiocb request) {
    if (request.refs.decrementAndTest()) {
      complete(request);
      destroy(request);
    }
  }

  /** aio_complete, by the last reference. */
  protected void complete(AioKiocb request) {
    aio.completion().complete(request);
  }

  /** iocb_destroy. */
  protected final void destroy(AioKiocb request) {
    request.dropEventfd();
    File file = request.file.read();
    if (file != null) {
      machine.tracepoint(AioTracepoints.FILE_DROPPED, request.number(), file.number());
      aio.vfs().fput(file);
    }
    KioContext context = request.context.read();
    context.reqs.put();
    machine.tracepoint(AioTracepoints.REQUEST_FREED, request.number(), context.number());
    aio.freeKiocb(request);
  }
}
