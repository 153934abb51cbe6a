package dev.regardless.aio.poll;

import dev.regardless.aio.AioKiocb;
import dev.regardless.aio.AioSubsystem;
import dev.regardless.aio.AioTracepoints;
import dev.regardless.aio.FinalPutLife;
import dev.regardless.aio.Iocb;
import dev.regardless.aio.KioContext;
import dev.regardless.aio.RequestLife;
import dev.regardless.kernel.AtomicCell;
import dev.regardless.kernel.WaitQueueHead;
import dev.regardless.machine.Ordering;
import dev.regardless.memory.CellFactory;
import dev.regardless.memory.FlagCell;
import dev.regardless.vfs.FileTable;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Linus Torvalds's sketch of 6 March 2019: "or" the events into one mask atomically, whoever finds them, and let whoever drops
 * the last reference complete the request. No {@code woken}, no "who fired first".
 *
 * <p><b>Protocol.</b> The submitter ors what vfs_poll reports, a wake ors its key and takes the entry off the queue; each then
 * drops its reference. The last one posts the mask.
 *
 * <p>The sketch leaves five things open; each is a parameter:
 * <ul>
 *   <li>{@code ready-at-submit}: who drops the asynchronous reference if vfs_poll reported events? {@code steal}: the
 *       submitter, if it finds the entry still queued under the queue's lock and takes it off; {@code leave}: the wake.
 *   <li>{@code keyless-wake}: a wake that does not know the events {@code complete}s with what the mask has, or has the file
 *       polled again by the work item ({@code re-poll}).
 *   <li>{@code late-error}: a second queue found after an early wake has taken the entry off is {@code return}ed as an error,
 *       or the request is {@code cancel}led instead; {@code cancel-locked}: with ctx_lock held, so that
 *       work that is about to put the entry back cannot overlook it.
 *   <li>{@code cancellable}: requests join active_reqs {@code always}, {@code never}, or {@code unless-gone}: not if the
 *       asynchronous reference is gone, which a flag under ctx_lock tells.
 *   <li>{@code re-arm}: work that finds nothing puts the entry back on the queue ({@code yes}) or completes with no events.
 * </ul>
 *
 * <p><b>References.</b> Two from birth ({@link FinalPutLife}), the file pinned.
 *
 * <p><b>Locks.</b> The queue's lock for the entry. With {@code cancellable = never} no other; else whoever completes the
 * asynchronous side must take the request off active_reqs under ctx_lock, which a wake may only try: if that fails, the work
 * item does it.
 */
public final class AtomicMaskPoll implements AioPollDesign {

  @Override
  public String name() {
    return "torvalds-2019";
  }

  @Override
  public String description() {
    return "Linus Torvalds, 6 March 2019: events or-ed into one mask, the last reference completes";
  }

  @Override
  public SortedMap<String, String> parameters() {
    SortedMap<String, String> defaults = new TreeMap<>();
    defaults.put("ready-at-submit", "steal");
    defaults.put("keyless-wake", "re-poll");
    defaults.put("late-error", "cancel");
    defaults.put("cancellable", "unless-gone");
    defaults.put("re-arm", "yes");
    return Collections.unmodifiableSortedMap(defaults);
  }

  @Override
  public PollProtocol protocol(AioSubsystem aio, Map<String, String> values) {
    return new Protocol(
        aio,
        AioPollDesigns.choice(this, values, "ready-at-submit", "steal", "leave").equals("steal"),
        AioPollDesigns.choice(this, values, "keyless-wake", "re-poll", "complete").equals("re-poll"),
        AioPollDesigns.choice(this, values, "late-error", "cancel", "cancel-locked", "return"),
        AioPollDesigns.choice(this, values, "cancellable", "unless-gone", "always", "never"),
        AioPollDesigns.choice(this, values, "re-arm", "yes", "no").equals("yes"));
  }

  /** poll_iocb of the sketch. */
  static final class Request extends PollIocb {

    /** The events found by anybody. */
    final AtomicCell mask;

    /** The asynchronous side is done, as far as active_reqs is concerned. Under ctx_lock. */
    final FlagCell gone;

    Request(CellFactory cells, AioKiocb request, PollProtocol protocol) {
      super(cells, request, protocol);
      mask = new AtomicCell(cells, "mask");
      gone = new FlagCell(cells, "gone");
    }
  }

  /** The last reference posts the mask, or what an opcode other than poll has left as its result. */
  private static final class MaskLife extends FinalPutLife {

    private static final long NO_MASK = -1;

    MaskLife(AioSubsystem aio) {
      super(aio);
    }

    /** What is no poll has no mask, but a result in its event already; who drops the last reference must see that. */
    @Override
    public void finish(AioKiocb request, long result) {
      ((Request) request.poll).mask.set(NO_MASK);
      super.finish(request, result);
    }

    @Override
    protected void complete(AioKiocb request) {
      long mask = ((Request) request.poll).mask.read();
      if (mask != NO_MASK) {
        request.result.res.write(PollProtocol.mangle(mask));
      }
      super.complete(request);
    }
  }

  /** The design on one machine. */
  static class Protocol extends PollProtocol {

    private final RequestLife life;
    private final boolean steal;
    private final boolean pollAgain;
    private final boolean returnLateError;
    private final boolean lockToSettle;
    private final boolean cancellable;
    private final boolean unlessGone;
    private final boolean rearm;

    Protocol(
        AioSubsystem aio,
        boolean steal,
        boolean pollAgain,
        String lateError,
        String cancellable,
        boolean rearm) {
      super(aio);
      this.life = new MaskLife(aio);
      this.steal = steal;
      this.pollAgain = pollAgain;
      this.returnLateError = lateError.equals("return");
      this.lockToSettle = lateError.equals("cancel-locked");
      this.cancellable = !cancellable.equals("never");
      this.unlessGone = cancellable.equals("unless-gone");
      this.rearm = rearm;
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
      poll.mask.set(0);
      poll.gone.write(false);
      long mask = pollAndQueue(request, events);
      int error = queueError();
      if (mask != 0) {
        poll.mask.fetchOr(mask, Ordering.FULL);
      }
      WaitQueueHead head = poll.head.read();
      if (head == null) {
        if (mask == 0) {
          return error;
        }
        trace(AioTracepoints.COMPLETED_AT_SUBMIT, request, mask);
        life.put(request);
        return 0;
      }
      if (mask != 0 ? steal : error != 0) {
        if (!lockToSettle) {
          return settle(request, poll, head, mask, error);
        }
        KioContext context = request.context.read();
        context.ctxLock.lockIrqsave();
        long result = settle(request, poll, head, mask, error);
        context.ctxLock.unlockIrqrestore();
        return result;
      }
      if (mask == 0 && cancellable) {
        joinActive(request, poll);
      }
      return 0;
    }

    /** Events or an error: takes the entry, and so the asynchronous reference, if it is still there to be taken. */
    private long settle(AioKiocb request, Request poll, WaitQueueHead head, long mask, int error) {
      head.lock().lockIrqsave();
      boolean taken = isQueued(poll);
      if (taken) {
        dequeue(poll);
      }
      head.lock().unlockIrqrestore();
      if (mask != 0) {
        if (taken) {
          // Not the last reference: io_submit still has its own.
          trace(AioTracepoints.COMPLETED_AT_SUBMIT, request, mask);
          life.put(request);
        }
        return 0;
      }
      if (taken || returnLateError) {
        return error;
      }
      poll.cancelled.writeOnce(true);
      return 0;
    }

    private void joinActive(AioKiocb request, Request poll) {
      KioContext context = request.context.read();
      context.ctxLock.lockIrqsave();
      if (!unlessGone || !poll.gone.read()) {
        makeCancellable(context, request);
      }
      context.ctxLock.unlockIrqrestore();
    }

    @Override
    public boolean wake(AioKiocb request, long key) {
      Request poll = poll(request);
      if (key != 0 && (key & poll.events.read()) == 0) {
        return false;
      }
      dequeue(poll);
      if (key != 0) {
        poll.mask.fetchOr(key, Ordering.FULL);
      }
      if ((key != 0 || !pollAgain) && tryLeaveActive(request, poll)) {
        trace(AioTracepoints.COMPLETED_INLINE, request, key);
        life.put(request);
      } else {
        kernel().scheduleWork(poll.work);
      }
      return true;
    }

    private boolean tryLeaveActive(AioKiocb request, Request poll) {
      if (!cancellable) {
        return true;
      }
      KioContext context = request.context.read();
      if (!context.ctxLock.tryLockIrqsave()) {
        return false;
      }
      request.list.delete();
      poll.gone.write(true);
      context.ctxLock.unlockIrqrestore();
      return true;
    }

    @Override
    public void work(AioKiocb request) {
      Request poll = poll(request);
      long mask = poll.cancelled.readOnce() ? 0 : pollOnly(request);
      if (mask != 0) {
        poll.mask.fetchOr(mask, Ordering.FULL);
      }
      if (!cancellable) {
        if (restsAgain(poll)) {
          poll.head.read().addWaitQueue(poll.wait);
          return;
        }
      } else {
        KioContext context = request.context.read();
        context.ctxLock.lockIrqsave();
        if (restsAgain(poll)) {
          poll.head.read().addWaitQueue(poll.wait);
          context.ctxLock.unlockIrqrestore();
          return;
        }
        request.list.deleteInit();
        poll.gone.write(true);
        context.ctxLock.unlockIrqrestore();
      }
      trace(AioTracepoints.COMPLETED_BY_WORK, request, mask);
      life.put(request);
    }

    private boolean restsAgain(Request poll) {
      return rearm && poll.mask.read() == 0 && !poll.cancelled.readOnce();
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
