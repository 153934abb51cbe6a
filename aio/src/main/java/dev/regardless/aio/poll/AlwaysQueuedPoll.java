package dev.regardless.aio.poll;

import dev.regardless.aio.AioKiocb;
import dev.regardless.aio.AioSubsystem;
import dev.regardless.aio.AioTracepoints;
import dev.regardless.aio.FinalPutLife;
import dev.regardless.aio.Iocb;
import dev.regardless.aio.KioContext;
import dev.regardless.aio.RequestLife;
import dev.regardless.kernel.Rcu;
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
 * Linux 5.16 and later (363bee27e258, 50252e4b5e98): the request stays on the wait queue until it is completed, so that no
 * wake can pass while the work item polls the file again.
 *
 * <p><b>Protocol.</b> A wake that cannot complete the request inline schedules the work item, once: {@code work_scheduled}
 * says that it is on its way, {@code work_need_resched} that another wake came meanwhile. Work that finds nothing runs again
 * in the second case and rests in the first. Only completion takes the entry off the queue - or POLLFREE, which announces
 * that the queue's memory goes away: the wake then marks the request cancelled, takes the entry off and, as its very last
 * step, clears {@code head} with a release. Everybody else reaches the queue through {@code poll_iocb_lock_wq}: under RCU,
 * which the queue's owner waits for before freeing it, load {@code head} with an acquire, take its lock, and look whether the
 * entry is still queued.
 *
 * <p><b>References.</b> Two from birth ({@link FinalPutLife}). The asynchronous one belongs to the queue entry; the work item
 * has none of its own while the entry is queued, and inherits it when POLLFREE takes the entry off.
 *
 * <p><b>Locks.</b> ctx_lock, then the queue's lock. The two work flags are under the queue's lock, {@code cancelled} is
 * written under it or, by a submitter that found the entry gone, without.
 *
 * <p>Known fault: a POLLFREE wake that completes the request inline leaves {@code head} as it is, and a submitter that has
 * not yet come to look at the queue takes its lock, grace period or not. Parameter {@code inline-pollfree}: {@code
 * keeps-head} is Linux, {@code forgets-head} clears it there too, under ctx_lock, which the submitter holds when it looks.
 * Parameter {@code eventfd}: the last reference is dropped by a work item if the wake comes from an eventfd's own signal
 * ({@code deferred}), or, with the test the wrong way round, if it does not ({@code inverted}, up to 5.16-rc4).
 */
public final class AlwaysQueuedPoll implements AioPollDesign {

  @Override
  public String name() {
    return "linux-5.16";
  }

  @Override
  public String description() {
    return "Linux 5.16 and later: queued until completed, POLLFREE handled";
  }

  @Override
  public SortedMap<String, String> parameters() {
    SortedMap<String, String> defaults = new TreeMap<>();
    defaults.put("eventfd", "deferred");
    defaults.put("inline-pollfree", "keeps-head");
    return Collections.unmodifiableSortedMap(defaults);
  }

  @Override
  public PollProtocol protocol(AioSubsystem aio, Map<String, String> values) {
    return new Protocol(
        aio,
        EventfdDeferral.named(AioPollDesigns.choice(this, values, "eventfd", "deferred", "inverted")),
        AioPollDesigns.choice(this, values, "inline-pollfree", "keeps-head", "forgets-head").equals("forgets-head"));
  }

  /** poll_iocb of 5.16. */
  static final class Request extends PollIocb {

    /** work_scheduled: the work item will look at the request. */
    final FlagCell workScheduled;

    /** work_need_resched: it must look once more. */
    final FlagCell workNeedResched;

    Request(CellFactory cells, AioKiocb request, PollProtocol protocol) {
      super(cells, request, protocol);
      workScheduled = new FlagCell(cells, "work_scheduled");
      workNeedResched = new FlagCell(cells, "work_need_resched");
    }
  }

  /** The design on one machine. */
  static class Protocol extends PollProtocol {

    private final RequestLife life;
    private final Rcu rcu;
    private final EventfdDeferral deferral;
    private final boolean inlineForgetsQueue;

    Protocol(AioSubsystem aio, EventfdDeferral deferral, boolean inlineForgetsQueue) {
      super(aio);
      life = new FinalPutLife(aio);
      rcu = aio.kernel().rcu();
      this.deferral = deferral;
      this.inlineForgetsQueue = inlineForgetsQueue;
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

    /**
     * poll_iocb_lock_wq: true with the queue's lock held, within RCU, if the entry is queued; false with nothing held if not.
     */
    boolean lockQueue(Request poll) {
      rcu.readLock();
      WaitQueueHead head = poll.head.loadAcquire();
      if (head != null) {
        head.lock().lock();
        if (isQueued(poll)) {
          return true;
        }
        head.lock().unlock();
      }
      rcu.readUnlock();
      return false;
    }

    /** poll_iocb_unlock_wq. */
    void unlockQueue(Request poll) {
      poll.head.read().lock().unlock();
      rcu.readUnlock();
    }

    @Override
    protected long poll(AioKiocb request, Iocb iocb, FileTable files) {
      Request poll = poll(request);
      long events = prepare(request, iocb);
      poll.workScheduled.write(false);
      poll.workNeedResched.write(false);
      long mask = pollAndQueue(request, events);
      int error = queueError();
      KioContext context = request.context.read();
      context.ctxLock.lockIrqsave();
      if (wasQueued()) {
        boolean cancel = false;
        boolean onQueue = lockQueue(poll);
        if (!onQueue || poll.workScheduled.read()) {
          // Completed inline, or the work item will complete it: neither events nor an error are ours to report.
          cancel = error != 0;
          error = 0;
          mask = 0;
        }
        if (mask != 0 || error != 0) {
          dequeue(poll);
        } else if (cancel) {
          poll.cancelled.writeOnce(true);
        } else if (onQueue) {
          makeCancellable(context, request);
        }
        if (onQueue) {
          unlockQueue(poll);
        }
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
      if (key != 0 && !poll.workScheduled.read() && completeInline(request, poll, key)) {
        return true;
      }
      if (poll.workScheduled.read()) {
        poll.workNeedResched.write(true);
      } else {
        kernel().scheduleWork(poll.work);
        poll.workScheduled.write(true);
      }
      if ((key & PollEvents.POLLFREE) != 0) {
        poll.cancelled.writeOnce(true);
        dequeue(poll);
        forgetQueue(poll);
      }
      return true;
    }

    /** The last step of a POLLFREE wake: from here on the request can be completed, and freed, without the queue's lock. */
    void forgetQueue(Request poll) {
      poll.head.storeRelease(null);
    }

    private boolean completeInline(AioKiocb request, Request poll, long key) {
      KioContext context = request.context.read();
      if (!context.ctxLock.tryLockIrqsave()) {
        return false;
      }
      dequeue(poll);
      request.list.delete();
      request.result.res.write(mangle(key));
      if (inlineForgetsQueue && (key & PollEvents.POLLFREE) != 0) {
        forgetQueue(poll);
      }
      boolean later = deferral.mustDefer(request, kernel());
      if (later) {
        deferPut(poll);
      }
      context.ctxLock.unlockIrqrestore();
      trace(AioTracepoints.COMPLETED_INLINE, request, key);
      if (!later) {
        life.put(request);
      }
      return true;
    }

    @Override
    public void work(AioKiocb request) {
      Request poll = poll(request);
      KioContext context = request.context.read();
      long mask = poll.cancelled.readOnce() ? 0 : pollOnly(request);
      // Who cancels takes the request off active_reqs under ctx_lock afterwards; the round trip orders us behind it.
      context.ctxLock.lockIrqsave();
      if (lockQueue(poll)) {
        if (mask == 0 && !poll.cancelled.readOnce()) {
          rest(poll);
          unlockQueue(poll);
          context.ctxLock.unlockIrqrestore();
          return;
        }
        dequeue(poll);
        unlockQueue(poll);
      }
      request.list.deleteInit();
      request.result.res.write(mangle(mask));
      context.ctxLock.unlockIrqrestore();
      trace(AioTracepoints.COMPLETED_BY_WORK, request, mask);
      life.put(request);
    }

    /** Nothing was ready: look again if a wake came meanwhile. */
    void rest(Request poll) {
      if (poll.workNeedResched.read()) {
        kernel().scheduleWork(poll.work);
        poll.workNeedResched.write(false);
      } else {
        poll.workScheduled.write(false);
      }
    }

    @Override
    public long cancel(AioKiocb request) {
      Request poll = poll(request);
      if (lockQueue(poll)) {
        poll.cancelled.writeOnce(true);
        if (!poll.workScheduled.read()) {
          kernel().scheduleWork(poll.work);
          poll.workScheduled.write(true);
        }
        unlockQueue(poll);
      }
      return 0;
    }
  }
}
