package dev.regardless.aio.poll;

import dev.regardless.aio.AioKiocb;
import dev.regardless.aio.AioSubsystem;
import dev.regardless.aio.Iocb;
import dev.regardless.aio.KioContext;
import dev.regardless.aio.RequestLife;
import dev.regardless.kernel.Kernel;
import dev.regardless.machine.Tracepoint;
import dev.regardless.memory.CellFactory;
import dev.regardless.vfs.Errno;
import dev.regardless.vfs.FileTable;
import dev.regardless.vfs.PollEvents;

/**
 * A poll design on one machine: what aio_poll, aio_poll_wake, aio_poll_complete_work and aio_poll_cancel do, and what a
 * request's life is ({@link RequestLife}).
 *
 * <p>Contexts of the calls: {@link #submit} runs in the submitter with no lock; {@link #wake} in any context under the wait
 * queue's lock; {@link #work} in a kworker with no lock; {@link #cancel} under ctx_lock. ctx_lock comes before the queue's
 * lock, so a wake may only try it.
 */
public abstract class PollProtocol {

  private final AioSubsystem aio;
  private final Kernel kernel;
  private final AioPollTable queueing;
  private final AioPollTable keyOnly;

  protected PollProtocol(AioSubsystem aio) {
    this.aio = aio;
    this.kernel = aio.kernel();
    this.queueing = new AioPollTable(kernel.machine(), true);
    this.keyOnly = new AioPollTable(kernel.machine(), false);
  }

  protected final AioSubsystem aio() {
    return aio;
  }

  final Kernel kernel() {
    return kernel;
  }

  /** apt.error after {@link #pollAndQueue}: 0 if the file offered exactly one queue, else -EINVAL. */
  protected final int queueError() {
    return queueing.error();
  }

  /** apt.queued after {@link #pollAndQueue}. */
  protected final boolean wasQueued() {
    return queueing.queued();
  }

  /** How requests begin and end under this design. */
  public abstract RequestLife life();

  /** The poll_iocb of a new shell. */
  public PollIocb newPollIocb(CellFactory cells, AioKiocb request) {
    return new PollIocb(cells, request, this);
  }

  /**
   * aio_poll: the checks of its arguments, then the design's own.
   *
   * @return 0 if exactly one event will come or has come, else a negative errno and none will
   */
  public final long submit(AioKiocb request, Iocb iocb, FileTable files) {
    if ((iocb.buf() & 0xffff) != iocb.buf()) {
      return -Errno.EINVAL;
    }
    if (iocb.offset() != 0 || iocb.nbytes() != 0 || iocb.rwFlags() != 0) {
      return -Errno.EINVAL;
    }
    return poll(request, iocb, files);
  }

  /** aio_poll behind its checks; {@code files} is where designs that do not pin the file at submission look it up. */
  protected abstract long poll(AioKiocb request, Iocb iocb, FileTable files);

  /**
   * aio_poll_wake: called for the request's entry under the queue's lock.
   *
   * @param key 0, or the poll bits that the waker made true
   * @return whether the wake was for this request
   */
  public abstract boolean wake(AioKiocb request, long key);

  /** aio_poll_complete_work. */
  public abstract void work(AioKiocb request);

  /**
   * aio_poll_cancel: called under ctx_lock by who found the request in active_reqs, and who takes it off there afterwards.
   *
   * @return 0
   */
  public abstract long cancel(AioKiocb request);

  // ---- common to the designs -------------------------------------------------------------------------------------------

  /** The part of aio_poll that prepares the request. Returns the events asked for. */
  protected final long prepare(AioKiocb request, Iocb iocb) {
    PollIocb poll = request.poll;
    poll.work.init();
    long events = PollEvents.demangle((int) iocb.buf()) | PollEvents.ERR | PollEvents.HUP;
    poll.events.write(events);
    poll.head.write(null);
    poll.cancelled.write(false);
    poll.wait.init(null);
    poll.wait.entry().init();
    return events;
  }

  /** vfs_poll with a table that queues the request. Returns what the file reported of the events asked for. */
  protected final long pollAndQueue(AioKiocb request, long events) {
    return aio.vfs().poll(request.file.read(), queueing.start(request, events)) & events;
  }

  /** vfs_poll with a table that does not queue. */
  protected final long pollOnly(AioKiocb request) {
    long events = request.poll.events.read();
    return aio.vfs().poll(request.file.read(), keyOnly.start(request, events)) & events;
  }

  /** Whether the request's entry is on its queue: !list_empty(&amp;req-&gt;wait.entry), under the queue's lock. */
  protected static boolean isQueued(PollIocb poll) {
    return !poll.wait.entry().isEmpty();
  }

  /** Takes the entry off the queue: list_del_init(&amp;req-&gt;wait.entry), under the queue's lock. */
  protected static void dequeue(PollIocb poll) {
    poll.wait.entry().deleteInit();
  }

  /** mangle_poll: the result that user space gets for poll bits. */
  protected static long mangle(long mask) {
    return PollEvents.mangle((int) mask);
  }

  /** Tells observers how a request came to its result. */
  protected final void trace(Tracepoint point, AioKiocb request, long mask) {
    kernel.machine().tracepoint(point, request.number(), mask);
  }

  /** Leaves the last step of a completion to aio_poll_put_work. */
  final void deferPut(PollIocb poll) {
    poll.putWork.init();
    kernel.scheduleWork(poll.putWork);
  }

  /** Puts the request where io_cancel and exit find it, under ctx_lock. */
  protected static void makeCancellable(KioContext context, AioKiocb request) {
    context.activeReqs.addTail(request.list);
  }
}
