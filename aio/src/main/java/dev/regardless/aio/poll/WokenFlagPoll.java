package dev.regardless.aio.poll;

import dev.regardless.aio.AioKiocb;
import dev.regardless.aio.AioSubsystem;
import dev.regardless.aio.AioTracepoints;
import dev.regardless.aio.CompletionLife;
import dev.regardless.aio.Iocb;
import dev.regardless.aio.KioContext;
import dev.regardless.aio.RequestLife;
import dev.regardless.kernel.WaitQueueHead;
import dev.regardless.memory.CellFactory;
import dev.regardless.memory.FlagCell;
import dev.regardless.vfs.Errno;
import dev.regardless.vfs.File;
import dev.regardless.vfs.FileTable;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Linux 4.18 to 5.0: a {@code woken} flag, set by the first wake of whatever kind, tells the submitter that the request is in
 * other hands.
 *
 * <p><b>Protocol.</b> A wake sets {@code woken} - even if its key then turns out not to concern the request. It takes the
 * entry off the queue and completes the request if it knows the events and gets ctx_lock, else the work item does. The
 * submitter, after vfs_poll, takes both locks: if {@code woken}, it forgets what vfs_poll said; else it takes the entry off
 * (events or error) or makes the request cancellable. An error beats events.
 *
 * <p><b>References.</b> None at birth; two from just before vfs_poll, the submitter's and the completion's ({@link
 * CompletionLife}). The event is posted by the completion itself, possibly while the submitter is still in vfs_poll. The file
 * is taken by aio_poll and dropped right after the event was posted: who else still uses it has no reference.
 *
 * <p><b>Locks.</b> ctx_lock, then the queue's lock, which protects {@code woken}.
 *
 * <p>Known faults: file freed under vfs_poll (CVE-2019-10125), wakes that did not match lose the completion or make it
 * uncancellable, the leak of refused requests in 5.0, and those of 5.1.
 *
 * <p>Parameter {@code refused}: {@code put} (5.0) drops one of the two references, {@code free} (4.18 to 4.20) frees.
 * Parameter {@code wake-lock}: a wake tries ctx_lock with interrupts masked ({@code irqsave}, d3d6a18d7d35, in 5.0) or as
 * they are ({@code plain}, up to 4.20).
 */
public final class WokenFlagPoll implements AioPollDesign {

  @Override
  public String name() {
    return "linux-5.0";
  }

  @Override
  public String description() {
    return "Linux 4.18 to 5.0: woken flag, event posted at completion";
  }

  @Override
  public SortedMap<String, String> parameters() {
    SortedMap<String, String> defaults = new TreeMap<>();
    defaults.put("refused", "put");
    defaults.put("wake-lock", "irqsave");
    return Collections.unmodifiableSortedMap(defaults);
  }

  @Override
  public PollProtocol protocol(AioSubsystem aio, Map<String, String> values) {
    return new Protocol(
        aio,
        AioPollDesigns.choice(this, values, "refused", "put", "free").equals("free"),
        AioPollDesigns.choice(this, values, "wake-lock", "irqsave", "plain").equals("irqsave"));
  }

  /** poll_iocb of 5.0. */
  static final class Request extends PollIocb {

    /** woken: some wake came. */
    final FlagCell woken;

    Request(CellFactory cells, AioKiocb request, PollProtocol protocol) {
      super(cells, request, protocol);
      woken = new FlagCell(cells, "woken");
    }
  }

  /** The design on one machine. */
  static class Protocol extends PollProtocol {

    private final RequestLife life;
    private final boolean saveInterrupts;

    Protocol(AioSubsystem aio, boolean freeRefused, boolean saveInterrupts) {
      super(aio);
      life = new CompletionLife(aio, freeRefused);
      this.saveInterrupts = saveInterrupts;
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
      File file = files.fget(iocb.fildes());
      if (file == null) {
        return -Errno.EBADF;
      }
      request.file.write(file);
      trace(AioTracepoints.FILE_TAKEN, request, file.number());
      Request poll = poll(request);
      long events = prepare(request, iocb);
      poll.woken.write(false);
      request.refs.set(2);
      long mask = pollAndQueue(request, events);
      int error = queueError();
      KioContext context = request.context.read();
      WaitQueueHead head = poll.head.read();
      if (head != null) {
        context.ctxLock.lockIrqsave();
        head.lock().lock();
        if (poll.woken.read()) {
          mask = 0;
          error = 0;
        } else if (mask != 0 || error != 0) {
          dequeue(poll);
        } else {
          makeCancellable(context, request);
        }
        head.lock().unlock();
        context.ctxLock.unlockIrqrestore();
      }
      if (error != 0) {
        dropFile(request, file);
        return error;
      }
      if (mask != 0) {
        trace(AioTracepoints.COMPLETED_AT_SUBMIT, request, mask);
        complete(request, mask);
      }
      life.put(request);
      return 0;
    }

    private void dropFile(AioKiocb request, File file) {
      trace(AioTracepoints.FILE_DROPPED, request, file.number());
      aio().vfs().fput(file);
    }

    /** aio_poll_complete: the event, the reference, the file, in this order. */
    private void complete(AioKiocb request, long mask) {
      File file = request.file.read();
      trace(AioTracepoints.FILE_DROPPED, request, file.number());
      aio().completion().complete(request, mangle(mask), 0);
      request.dropEventfd();
      life.put(request);
      aio().vfs().fput(file);
    }

    @Override
    public boolean wake(AioKiocb request, long key) {
      Request poll = poll(request);
      poll.woken.write(true);
      if (key != 0) {
        if ((key & poll.events.read()) == 0) {
          return false;
        }
        KioContext context = request.context.read();
        if (saveInterrupts ? context.ctxLock.tryLockIrqsave() : context.ctxLock.tryLock()) {
          request.list.delete();
          if (saveInterrupts) {
            context.ctxLock.unlockIrqrestore();
          } else {
            context.ctxLock.unlock();
          }
          dequeue(poll);
          trace(AioTracepoints.COMPLETED_INLINE, request, key);
          complete(request, key);
          return true;
        }
      }
      dequeue(poll);
      kernel().scheduleWork(poll.work);
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
      context.ctxLock.unlockIrqrestore();
      trace(AioTracepoints.COMPLETED_BY_WORK, request, mask);
      complete(request, mask);
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
