package dev.regardless.drivers;

import dev.regardless.kernel.Kernel;
import dev.regardless.kernel.RefCount;
import dev.regardless.kernel.Task;
import dev.regardless.kernel.WaitQueueEntry;
import dev.regardless.kernel.WaitQueueHead;
import dev.regardless.memory.CellFactory;
import dev.regardless.memory.KmemCache;
import dev.regardless.memory.LongCell;
import dev.regardless.vfs.Errno;
import dev.regardless.vfs.EventfdContext;
import dev.regardless.vfs.File;
import dev.regardless.vfs.FileOperations;
import dev.regardless.vfs.Kiocb;
import dev.regardless.vfs.OpenFlags;
import dev.regardless.vfs.PollEvents;
import dev.regardless.vfs.PollTable;
import dev.regardless.vfs.UserBuffer;
import dev.regardless.vfs.UserCopy;
import dev.regardless.vfs.Vfs;
import org.jspecify.annotations.Nullable;

/**
 * eventfd: a 64-bit counter guarded by its wait queue's lock. Source: fs/eventfd.c (6.8): all changes and wake-ups happen
 * under wqh.lock; writes and signals wake with IN, reads with OUT, release with HUP.
 */
public final class Eventfd {

  /** EFD_SEMAPHORE. */
  public static final int SEMAPHORE = 1;

  /** ULLONG_MAX as an unsigned number: the counter that only signals can reach. */
  private static final long MAXIMUM = -1L;

  private final Kernel kernel;
  private final Vfs vfs;
  private final KmemCache<Context> contexts;
  private final Operations operations;

  public Eventfd(Vfs vfs) {
    this.kernel = vfs.kernel();
    this.vfs = vfs;
    this.contexts = new KmemCache<>(kernel.machine().memory(), "eventfd_ctx", Context::new);
    this.operations = kernel.create("eventfd_fops", Operations::new);
  }

  /**
   * do_eventfd.
   *
   * @param flags {@link #SEMAPHORE}, {@link OpenFlags#NONBLOCK}
   */
  public File open(long count, int flags) {
    Context context = contexts.allocate();
    context.init(count, flags);
    return vfs.openFile(
        operations, context, OpenFlags.MODE_READ | OpenFlags.MODE_WRITE | OpenFlags.MODE_NOWAIT,
        OpenFlags.RDWR | (flags & ~SEMAPHORE));
  }

  /** struct eventfd_ctx. */
  private final class Context extends EventfdContext {
    private final RefCount references;
    private final WaitQueueHead queue;
    private final LongCell count;
    private final LongCell flags;

    Context(CellFactory cells) {
      super(cells);
      references = new RefCount(cells, "kref");
      queue = new WaitQueueHead(cells.embedded(this, "wqh"));
      count = new LongCell(cells, "count");
      flags = new LongCell(cells, "flags");
    }

    void init(long newCount, int newFlags) {
      references.set(1);
      queue.init();
      count.write(newCount);
      flags.write(newFlags);
    }

    @Override
    public void get() {
      references.increment();
    }

    @Override
    public void put() {
      if (references.decrementAndTest()) {
        contexts.free(this);
      }
    }

    @Override
    public void signal(int mask) {
      Task current = kernel.current();
      if (current.inEventfd().read()) {
        return; // Linux warns once and drops the signal.
      }
      queue.lock().lockIrqsave();
      long old = count.read();
      if (old != MAXIMUM) {
        count.write(old + 1);
      }
      wakeLocked(PollEvents.IN | mask);
      queue.lock().unlockIrqrestore();
    }

    void wakeLocked(long key) {
      Task current = kernel.current();
      current.inEventfd().write(true);
      if (queue.waitqueueActive()) {
        queue.wakeUpLockedPoll(key);
      }
      current.inEventfd().write(false);
    }

    /** Waits, with the lock held, until the counter is not 0; false after a signal. */
    boolean awaitCount() {
      WaitQueueEntry entry = kernel.beginLockedWait();
      boolean again;
      do {
        again = kernel.sleepLocked(queue, entry);
      } while (again && count.read() == 0);
      kernel.endLockedWait(entry);
      return again;
    }

    /** Waits, with the lock held, until {@code added} fits; false after a signal. */
    boolean awaitRoom(long added) {
      WaitQueueEntry entry = kernel.beginLockedWait();
      boolean again;
      do {
        again = kernel.sleepLocked(queue, entry);
      } while (again && !fits(added));
      kernel.endLockedWait(entry);
      return again;
    }

    boolean fits(long added) {
      return Long.compareUnsigned(MAXIMUM - count.read(), added) > 0;
    }
  }

  /** eventfd_fops. */
  private final class Operations extends FileOperations {

    Operations(CellFactory cells) {
      super(cells);
    }

    @Override
    public boolean hasRead() {
      return true;
    }

    @Override
    public long read(Kiocb iocb, UserBuffer buffer) {
      if (buffer.length() < Long.BYTES) {
        return -Errno.EINVAL;
      }
      Context context = iocb.file().privateData(Context.class);
      context.queue.lock().lockIrqsave();
      if (context.count.read() == 0) {
        long failed = iocb.isNonblocking() ? -Errno.EAGAIN : context.awaitCount() ? 0 : -Errno.ERESTARTSYS;
        if (failed != 0) {
          context.queue.lock().unlockIrqrestore();
          return failed;
        }
      }
      long taken = take(context);
      context.wakeLocked(PollEvents.OUT);
      context.queue.lock().unlockIrqrestore();
      return UserCopy.wordToUser(buffer, taken) == Long.BYTES ? Long.BYTES : -Errno.EFAULT;
    }

    /** eventfd_ctx_do_read. */
    private long take(Context context) {
      long count = context.count.read();
      long taken = (context.flags.read() & SEMAPHORE) != 0 ? Math.min(1, Long.compareUnsigned(count, 0)) : count;
      context.count.write(count - taken);
      return taken;
    }

    @Override
    public boolean hasWrite() {
      return true;
    }

    /** eventfd_write is no write_iter. */
    @Override
    public boolean hasWriteIter() {
      return false;
    }

    @Override
    public long write(Kiocb iocb, UserBuffer buffer) {
      if (buffer.length() != Long.BYTES) {
        return -Errno.EINVAL;
      }
      if (buffer.accessible() < Long.BYTES) {
        return -Errno.EFAULT;
      }
      long added = buffer.load(0);
      if (added == MAXIMUM) {
        return -Errno.EINVAL;
      }
      Context context = iocb.file().privateData(Context.class);
      long result = Long.BYTES;
      context.queue.lock().lockIrqsave();
      if (!context.fits(added)) {
        if (iocb.isNonblocking()) {
          result = -Errno.EAGAIN;
        } else if (!context.awaitRoom(added)) {
          result = -Errno.ERESTARTSYS;
        }
      }
      if (result > 0) {
        context.count.write(context.count.read() + added);
        context.wakeLocked(PollEvents.IN);
      }
      context.queue.lock().unlockIrqrestore();
      return result;
    }

    @Override
    public boolean hasPoll() {
      return true;
    }

    @Override
    public int poll(File file, @Nullable PollTable table) {
      Context context = file.privateData(Context.class);
      vfs.pollWait(file, context.queue, table);
      // Not ordered after the queueing without the lock's help: see the comment in eventfd_poll.
      long count = context.count.readOnce();
      int events = count == 0 ? 0 : PollEvents.IN;
      if (count == MAXIMUM) {
        events |= PollEvents.ERR;
      }
      if (Long.compareUnsigned(MAXIMUM - 1, count) > 0) {
        events |= PollEvents.OUT;
      }
      return events;
    }

    @Override
    public EventfdContext eventfdContext(File file) {
      Context context = file.privateData(Context.class);
      context.get();
      return context;
    }

    @Override
    public void release(File file) {
      Context context = file.privateData(Context.class);
      context.queue.wakeUpPoll(PollEvents.HUP);
      context.put();
    }
  }
}
