package dev.regardless.drivers;

import dev.regardless.kernel.Kernel;
import dev.regardless.kernel.RcuHead;
import dev.regardless.kernel.Timer;
import dev.regardless.kernel.WaitQueueEntry;
import dev.regardless.kernel.WaitQueueHead;
import dev.regardless.memory.CellFactory;
import dev.regardless.memory.KernelObject;
import dev.regardless.memory.KmemCache;
import dev.regardless.memory.LongCell;
import dev.regardless.vfs.Errno;
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
 * timerfd on virtual time. Source: fs/timerfd.c (6.8): expiry, reads and polls take the queue's lock, expiry wakes with
 * IN. Emulated code has no clock, so an interval timer's read restarts it but cannot count the intervals that went by
 * before the read.
 */
public final class Timerfd {

  private final Kernel kernel;
  private final Vfs vfs;
  private final KmemCache<Context> contexts;
  private final Operations operations;

  public Timerfd(Vfs vfs) {
    this.kernel = vfs.kernel();
    this.vfs = vfs;
    this.contexts = new KmemCache<>(kernel.machine().memory(), "timerfd_ctx", Context::new);
    this.operations = kernel.create("timerfd_fops", Operations::new);
  }

  /** timerfd_create: disarmed. */
  public File open(int flags) {
    Context context = contexts.allocate();
    context.init();
    return vfs.openFile(operations, context, OpenFlags.MODE_READ | OpenFlags.MODE_WRITE | OpenFlags.MODE_NOWAIT,
        OpenFlags.RDWR | flags);
  }

  /** Whether a file is one of this driver's. */
  public boolean owns(File file) {
    return file.operations() == operations;
  }

  /**
   * timerfd_settime, relative.
   *
   * @param value cycles of virtual time until the first expiry; 0 disarms
   * @param interval cycles between later ones; 0 for none
   */
  public void setTime(File file, long value, long interval) {
    Context context = file.privateData(Context.class);
    context.timer.deleteSync();
    context.queue.lock().lockIrqsave();
    context.expired.write(0);
    context.ticks.write(0);
    context.interval.write(interval);
    if (value != 0) {
      context.timer.modify(value);
    }
    context.queue.lock().unlockIrqrestore();
  }

  /** struct timerfd_ctx. */
  private final class Context extends KernelObject {
    private final Timer timer;
    private final LongCell interval;
    private final WaitQueueHead queue;
    private final LongCell ticks;
    private final LongCell expired;
    private final RcuHead rcu;

    Context(CellFactory cells) {
      super(cells);
      timer = new Timer(kernel, cells.embedded(this, "tmr"), this::triggered);
      interval = new LongCell(cells, "tintv");
      queue = new WaitQueueHead(cells.embedded(this, "wqh"));
      ticks = new LongCell(cells, "ticks");
      expired = new LongCell(cells, "expired");
      rcu = new RcuHead(cells.machine(), () -> contexts.free(this));
    }

    void init() {
      timer.init();
      queue.init();
      interval.write(0);
      ticks.write(0);
      expired.write(0);
    }

    /** timerfd_triggered: in softirq context. */
    private void triggered() {
      queue.lock().lockIrqsave();
      expired.write(1);
      ticks.write(ticks.read() + 1);
      queue.wakeUpLockedPoll(PollEvents.IN);
      queue.lock().unlockIrqrestore();
    }

    /** With the lock held, given up while asleep; false after a signal. */
    boolean awaitTicks() {
      if (ticks.read() != 0) {
        return true;
      }
      WaitQueueEntry entry = kernel.beginLockedWait();
      boolean again;
      do {
        again = kernel.sleepLocked(queue, entry);
      } while (again && ticks.read() == 0);
      kernel.endLockedWait(entry);
      return again;
    }
  }

  /** timerfd_fops. */
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
      long result = -Errno.EAGAIN;
      if (!iocb.isNonblocking()) {
        result = context.awaitTicks() ? 0 : -Errno.ERESTARTSYS;
      }
      long ticks = context.ticks.read();
      if (ticks != 0) {
        if (context.expired.read() != 0 && context.interval.read() != 0) {
          context.timer.modify(context.interval.read());
        }
        context.expired.write(0);
        context.ticks.write(0);
      }
      context.queue.lock().unlockIrqrestore();
      if (ticks == 0) {
        return result;
      }
      // Since 6.10 (read_iter) half a word is a success.
      int copied = UserCopy.wordToUser(buffer, ticks);
      return copied > 0 ? copied : -Errno.EFAULT;
    }

    @Override
    public boolean hasPoll() {
      return true;
    }

    @Override
    public int poll(File file, @Nullable PollTable table) {
      Context context = file.privateData(Context.class);
      vfs.pollWait(file, context.queue, table);
      context.queue.lock().lockIrqsave();
      int events = context.ticks.read() != 0 ? PollEvents.IN : 0;
      context.queue.lock().unlockIrqrestore();
      return events;
    }

    @Override
    public void release(File file) {
      Context context = file.privateData(Context.class);
      context.timer.deleteSync();
      kernel.rcu().call(context.rcu);
    }
  }
}
