package dev.regardless.aio;

import dev.regardless.kernel.Kernel;
import dev.regardless.kernel.ListHead;
import dev.regardless.kernel.Task;
import dev.regardless.kernel.WaitQueueEntry;
import dev.regardless.vfs.Errno;

/**
 * Sleeping in io_getevents and waking from aio_complete (fs/aio.c, 6.8 and later).
 *
 * <p>Protocol. The sleeper puts itself on ctx-&gt;wait, sets its state with a full barrier, and looks at the ring again
 * before it sleeps. The waker publishes the event, executes a full barrier, and looks for sleepers. One of the two sees the
 * other. A sleeper is woken only when the ring holds as many events as it still wants.
 */
final class AioWaiters {

  /** KTIME_MAX: no timeout. */
  static final long FOREVER = Long.MAX_VALUE;

  /** KTIME_SEC_MAX: from so many seconds on, a timeout is none. */
  private static final long MOST_SECONDS = Long.MAX_VALUE / 1_000_000_000L;

  private final Kernel kernel;
  private final AioWaiter[] waiters;
  private final RingReader reader;

  AioWaiters(Kernel kernel, RingReader reader) {
    this.kernel = kernel;
    this.reader = reader;
    waiters = new AioWaiter[kernel.machine().maximumThreads() + 1];
    for (int i = 0; i < waiters.length; i++) {
      waiters[i] = kernel.machine().memory().create("aio_waiter", cells -> new AioWaiter(kernel, cells));
    }
  }

  /** timespec64_to_ktime, which checks nothing, and ktime_add_safe, which takes a negative time for one without end. */
  static long cycles(long seconds, long nanoseconds) {
    if (seconds >= MOST_SECONDS) {
      return FOREVER;
    }
    long cycles = seconds * 1_000_000_000L + nanoseconds;
    return cycles < 0 ? FOREVER : cycles;
  }

  /** The part of aio_complete behind waitqueue_active: wakes those who want no more than {@code available} events. */
  void wake(KioContext context, long available) {
    context.wait.lock().lockIrqsave();
    ListHead head = context.wait.head();
    ListHead node = head.first();
    while (node != head) {
      final ListHead next = node.next();
      WaitQueueEntry entry = node.container(WaitQueueEntry.class);
      AioWaiter waiter = (AioWaiter) entry.owner();
      if (available >= waiter.minimum.read()) {
        entry.task().wakeUpProcess();
        node.deleteInitCareful();
      }
      node = next;
    }
    context.wait.lock().unlockIrqrestore();
  }

  /**
   * read_events: takes events, sleeping until there are enough.
   *
   * @param minimum events to wait for
   * @param most events to take at most
   * @param buffer user address where the program wants them
   * @param until cycles to wait; 0 not to wait, {@link #FOREVER} for no limit
   * @return number of events, or a negative errno
   */
  long read(KioContext context, AddressSpace mm, long minimum, long most, long buffer, long until) {
    long more = readRing(context, mm, buffer, most);
    long got = more;
    if (until == 0 || more < 0 || got >= minimum) {
      return got;
    }
    Task current = kernel.current();
    AioWaiter waiter = waiters[current.thread() + 1];
    waiter.sleeper.write(current);
    if (until != FOREVER) {
      waiter.timer.init();
      waiter.timer.modify(until);
    }
    waiter.entry.initWait(current);
    while (true) {
      long before = got;
      waiter.minimum.write(minimum - got);
      boolean interrupted = !context.wait.prepareToWaitEvent(waiter.entry, current, Task.INTERRUPTIBLE);
      boolean timeUp = !interrupted && until != FOREVER && waiter.sleeper.refersTo(null);
      more = reader.read(context, mm, buffer + got * IoEvent.WORDS * Long.BYTES, most - got);
      got += Math.max(more, 0);
      if (context.dead.read() != 0) {
        more = -Errno.EINVAL;
      }
      if (more < 0 || got >= minimum || interrupted || timeUp) {
        break;
      }
      if (got == before) {
        current.scheduleInterruptible();
      }
    }
    context.wait.finishWait(waiter.entry, current);
    if (until != FOREVER) {
      waiter.timer.deleteSync();
    }
    return got == 0 ? Math.min(more, 0) : got;
  }

  /** aio_read_events, the first time. */
  private long readRing(KioContext context, AddressSpace mm, long buffer, long most) {
    long got = reader.read(context, mm, buffer, most);
    return got <= 0 && context.dead.read() != 0 ? -Errno.EINVAL : got;
  }
}
