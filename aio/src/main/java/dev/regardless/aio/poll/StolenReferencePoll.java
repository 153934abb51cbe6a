package dev.regardless.aio.poll;

import dev.regardless.aio.AioKiocb;
import dev.regardless.aio.AioSubsystem;
import dev.regardless.aio.AioTracepoints;
import dev.regardless.aio.FinalPutLife;
import dev.regardless.aio.Iocb;
import dev.regardless.aio.KioContext;
import dev.regardless.aio.RequestLife;
import dev.regardless.kernel.WaitQueueHead;
import dev.regardless.memory.CellFactory;
import dev.regardless.memory.FlagCell;
import dev.regardless.vfs.FileTable;
import java.util.Map;

/**
 * Al Viro's proposal of 7 March 2019 (vfs.git, work.aio): after vfs_poll the submitter may <em>steal</em> the asynchronous
 * reference. The io_event is kept in the request, aio_complete has no argument but the request, and runs at the final put.
 *
 * <p><b>Protocol</b>, as the mail states it for the time after vfs_poll:
 * <ol>
 *   <li>We want to steal the asynchronous reference if events were returned, or if it was to be put on more than one queue,
 *       which makes the result unreliable.
 *   <li>We cannot if it was put on a queue but is not there now: an early wake did everything, or scheduled the work. Then
 *       the best we can do is to ignore what vfs_poll returned and, in case of an error, to mark the request cancelled. We
 *       cannot return an error in that case.
 *   <li>If we want to and can, we rip it from the queue. Else we put it on the list of cancellable requests, unless the
 *       asynchronous reference is already gone or we are simulating the cancel ourselves.
 *   <li>If vfs_poll reported something we want and we have stolen the reference, we store it, have the stolen reference
 *       dropped, and return 0.
 * </ol>
 * For rule 3 a flag tells that the asynchronous reference is gone: set, under ctx_lock, by who completes the request. A file
 * that offered no queue leaves the reference with the submitter from the start. What wake, work and cancel do is not in the
 * mail; they are those of 5.1 ({@link DoneFlagPoll}), which the proposal became.
 *
 * <p><b>References.</b> Two from birth ({@link FinalPutLife}). The asynchronous one belongs to the queue entry while that is
 * queued, then to who took it off. The file is pinned for the life of the request.
 *
 * <p><b>Locks.</b> ctx_lock, then the queue's lock; a wake, called under the latter, only tries the former.
 *
 * <p>Known faults: those of 5.1.
 */
public final class StolenReferencePoll implements AioPollDesign {

  @Override
  public String name() {
    return "viro-2019";
  }

  @Override
  public String description() {
    return "Al Viro, 7 March 2019: the submitter steals the asynchronous reference, the final put completes";
  }

  @Override
  public PollProtocol protocol(AioSubsystem aio, Map<String, String> values) {
    AioPollDesigns.noParameters(this, values);
    return new Protocol(aio);
  }

  /** poll_iocb of the proposal. */
  static final class Request extends PollIocb {

    /** The asynchronous reference is gone, or as good as. Under ctx_lock. */
    final FlagCell asyncGone;

    Request(CellFactory cells, AioKiocb request, PollProtocol protocol) {
      super(cells, request, protocol);
      asyncGone = new FlagCell(cells, "async_gone");
    }
  }

  /** The design on one machine. */
  static class Protocol extends PollProtocol {

    private final RequestLife life;

    Protocol(AioSubsystem aio) {
      super(aio);
      life = new FinalPutLife(aio);
    }

    @Override
    public RequestLife life() {
      return life;
    }

    @Override
    public PollIocb newPollIocb(CellFactory cells, AioKiocb request) {
      return new Request(cells, request, this);
    }

    static Request poll(AioKiocb request) {
      return (Request) request.poll;
    }

    @Override
    protected long poll(AioKiocb request, Iocb iocb, FileTable files) {
      long events = prepare(request, iocb);
      poll(request).asyncGone.write(false);
      long mask = pollAndQueue(request, events);
      int error = queueError();
      boolean stolen = settle(request, mask, error);
      if (!stolen) {
        return 0;
      }
      if (mask == 0) {
        return error;
      }
      trace(AioTracepoints.COMPLETED_AT_SUBMIT, request, mask);
      life.put(request);
      return 0;
    }

    /** Rules 1 to 3, and the storing of rule 4; whether the submitter has the asynchronous reference. */
    private boolean settle(AioKiocb request, long mask, int error) {
      Request poll = poll(request);
      KioContext context = request.context.read();
      context.ctxLock.lockIrqsave();
      WaitQueueHead head = poll.head.read();
      boolean stolen = head == null || stealOrLeave(request, poll, context, head, mask, error);
      if (stolen && mask != 0) {
        request.result.res.write(mangle(mask));
      }
      context.ctxLock.unlockIrqrestore();
      return stolen;
    }

    /** Rules 1 to 3 for a request that was put on a queue. Under ctx_lock. */
    private boolean stealOrLeave(
        AioKiocb request, Request poll, KioContext context, WaitQueueHead head, long mask, int error) {
      boolean wanted = mask != 0 || error != 0;
      head.lock().lock();
      boolean possible = isQueued(poll);
      boolean stolen = wanted && possible;
      boolean cancel = !possible && error != 0;
      if (stolen) {
        dequeue(poll);
      } else if (cancel) {
        poll.cancelled.writeOnce(true);
      } else if (!poll.asyncGone.read()) {
        makeCancellable(context, request);
      }
      head.lock().unlock();
      return stolen;
    }

    @Override
    public boolean wake(AioKiocb request, long key) {
      Request poll = poll(request);
      if (key != 0 && (key & poll.events.read()) == 0) {
        return false;
      }
      dequeue(poll);
      if (key != 0 && completeInline(request, poll, key)) {
        life.put(request);
      } else {
        kernel().scheduleWork(poll.work);
      }
      return true;
    }

    private boolean completeInline(AioKiocb request, Request poll, long key) {
      KioContext context = request.context.read();
      if (!context.ctxLock.tryLockIrqsave()) {
        return false;
      }
      request.list.delete();
      request.result.res.write(mangle(key));
      poll.asyncGone.write(true);
      context.ctxLock.unlockIrqrestore();
      trace(AioTracepoints.COMPLETED_INLINE, request, key);
      return true;
    }

    @Override
    public void work(AioKiocb request) {
      Request poll = poll(request);
      KioContext context = request.context.read();
      long mask = poll.cancelled.readOnce() ? 0 : pollOnly(request);
      // Who cancels takes the request off active_reqs under ctx_lock afterwards; the round trip orders us behind it.
      context.ctxLock.lockIrqsave();
      if (mask == 0 && !poll.cancelled.readOnce()) {
        poll.head.read().addWaitQueue(poll.wait);
        context.ctxLock.unlockIrqrestore();
        return;
      }
      request.list.deleteInit();
      request.result.res.write(mangle(mask));
      poll.asyncGone.write(true);
      context.ctxLock.unlockIrqrestore();
      trace(AioTracepoints.COMPLETED_BY_WORK, request, mask);
      life.put(request);
    }

    @Override
    public long cancel(AioKiocb request) {
      Request poll = poll(request);
      WaitQueueHead head = poll.head.read();
      head.lock().lock();
      poll.cancelled.writeOnce(true);
      if (isQueued(poll)) {
        dequeue(poll);
        kernel().scheduleWork(poll.work);
      }
      head.lock().unlock();
      return 0;
    }
  }
}
