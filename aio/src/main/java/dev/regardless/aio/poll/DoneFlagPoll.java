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
import dev.regardless.vfs.PollEvents;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Linux 5.1 to 5.15 (af5c72b1fc7a): a {@code done} flag says that the asynchronous side has completed the request.
 *
 * <p><b>Protocol.</b> A wake always takes the entry off the queue. If it knows the events and gets ctx_lock it completes the
 * request there; else the work item polls the file again and completes, or puts the entry back on the queue if there is
 * nothing. The submitter, after vfs_poll, takes both locks and looks whether the entry is still queued. If so the request is
 * its own: it takes the entry off and completes (events) or fails (a second queue, no queue), or leaves it to the queue and
 * makes it cancellable. If not, somebody else has the request: the submitter forgets what vfs_poll said, cancels the request
 * where it would have to fail, and makes it cancellable unless it is {@code done}.
 *
 * <p><b>References.</b> Two from birth ({@link FinalPutLife}): the submitter's, and the asynchronous one, which belongs to
 * the queue entry, then to the wake or the work item that took the entry off. A submitter that takes the entry off owns both.
 *
 * <p><b>Locks.</b> ctx_lock, then the queue's lock. {@code done} and ki_res are written under ctx_lock, {@code cancelled}
 * under the queue's lock (cancel) or both.
 *
 * <p>Known faults: between a wake and the work's add_wait_queue nobody is queued, so events are missed (363bee27e258); the
 * queue may be gone by then (50252e4b5e98).
 *
 * <p>Parameter {@code eventfd}: a wake that completes a request inline posts its event, which signals its eventfd, {@code
 * inline} (5.1 to 5.5) or, if it comes from the signal of an eventfd, {@code deferred} to a work item (5.6, 01d7a356872e);
 * {@code inverted} is the latter with its test the wrong way round (5.15 to 5.15.7). Parameter {@code pollfree}: a wake that
 * announces the end of its queue is treated like others ({@code ignored}) or takes ctx_lock, whoever has it, to complete the
 * request at once ({@code locked}; a patch of October 2021 that was not merged).
 */
public final class DoneFlagPoll implements AioPollDesign {

  @Override
  public String name() {
    return "linux-5.1";
  }

  @Override
  public String description() {
    return "Linux 5.1 to 5.15: done flag, event posted by the final put, work item re-queues";
  }

  @Override
  public SortedMap<String, String> parameters() {
    SortedMap<String, String> defaults = new TreeMap<>();
    defaults.put("eventfd", "inline");
    defaults.put("pollfree", "ignored");
    return Collections.unmodifiableSortedMap(defaults);
  }

  @Override
  public PollProtocol protocol(AioSubsystem aio, Map<String, String> values) {
    return new Protocol(
        aio,
        EventfdDeferral.named(AioPollDesigns.choice(this, values, "eventfd", "inline", "deferred", "inverted")),
        AioPollDesigns.choice(this, values, "pollfree", "ignored", "locked").equals("locked"));
  }

  /** poll_iocb of 5.1. */
  static final class Request extends PollIocb {

    /** done: completed by the asynchronous side. Under ctx_lock. */
    final FlagCell done;

    Request(CellFactory cells, AioKiocb request, PollProtocol protocol) {
      super(cells, request, protocol);
      done = new FlagCell(cells, "done");
    }
  }

  /** The design on one machine. */
  static class Protocol extends PollProtocol {

    private final RequestLife life;
    private final EventfdDeferral deferral;
    private final boolean lockForPollfree;

    Protocol(AioSubsystem aio, EventfdDeferral deferral, boolean lockForPollfree) {
      super(aio);
      life = new FinalPutLife(aio);
      this.deferral = deferral;
      this.lockForPollfree = lockForPollfree;
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
      Request poll = poll(request);
      long events = prepare(request, iocb);
      poll.done.write(false);
      long mask = pollAndQueue(request, events);
      int error = queueError();
      KioContext context = request.context.read();
      context.ctxLock.lockIrqsave();
      WaitQueueHead head = poll.head.read();
      if (head != null) {
        boolean cancel = false;
        head.lock().lock();
        if (!isQueued(poll)) {
          // Somebody else has the request: neither its events nor an error are ours to report.
          cancel = error != 0;
          error = 0;
          mask = 0;
        }
        if (mask != 0 || error != 0) {
          dequeue(poll);
        } else if (cancel) {
          poll.cancelled.writeOnce(true);
        } else if (!poll.done.read()) {
          makeCancellable(context, request);
        }
        head.lock().unlock();
      }
      if (mask != 0) {
        request.result.res.write(mangle(mask));
        error = 0;
      }
      context.ctxLock.unlockIrqrestore();
      if (mask != 0) {
        trace(AioTracepoints.COMPLETED_AT_SUBMIT, request, mask);
        life.put(request);
      }
      return error;
    }

    @Override
    public boolean wake(AioKiocb request, long key) {
      Request poll = poll(request);
      if (key != 0 && (key & poll.events.read()) == 0) {
        return false;
      }
      dequeue(poll);
      KioContext context = request.context.read();
      if (lockForPollfree && (key & PollEvents.POLLFREE) != 0) {
        context.ctxLock.lockIrqsave();
        completeInline(request, poll, context, key);
      } else if (key != 0 && context.ctxLock.tryLockIrqsave()) {
        completeInline(request, poll, context, key);
      } else {
        kernel().scheduleWork(poll.work);
      }
      return true;
    }

    /** With ctx_lock held, which it lets go of. */
    private void completeInline(AioKiocb request, Request poll, KioContext context, long key) {
      request.list.delete();
      request.result.res.write(mangle(key));
      poll.done.write(true);
      boolean later = deferral.mustDefer(request, kernel());
      if (later) {
        deferPut(poll);
      }
      context.ctxLock.unlockIrqrestore();
      trace(AioTracepoints.COMPLETED_INLINE, request, key);
      if (!later) {
        life.put(request);
      }
    }

    @Override
    public void work(AioKiocb request) {
      Request poll = poll(request);
      KioContext context = request.context.read();
      long mask = 0;
      if (!poll.cancelled.readOnce()) {
        mask = pollOnly(request);
      }
      // Who cancels takes the request off active_reqs under ctx_lock afterwards; the round trip orders us behind it.
      context.ctxLock.lockIrqsave();
      if (mask == 0 && !poll.cancelled.readOnce()) {
        poll.head.read().addWaitQueue(poll.wait);
        context.ctxLock.unlockIrqrestore();
        return;
      }
      request.list.deleteInit();
      request.result.res.write(mangle(mask));
      poll.done.write(true);
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
