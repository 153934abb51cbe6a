package dev.regardless.drivers;

import dev.regardless.kernel.AtomicCell;
import dev.regardless.kernel.Kernel;
import dev.regardless.kernel.RcuHead;
import dev.regardless.kernel.Task;
import dev.regardless.kernel.WaitQueueHead;
import dev.regardless.memory.CellFactory;
import dev.regardless.memory.KernelObject;
import dev.regardless.memory.KmemCache;
import dev.regardless.memory.LongCell;
import dev.regardless.memory.RefCell;
import dev.regardless.vfs.Errno;
import dev.regardless.vfs.File;
import dev.regardless.vfs.FileOperations;
import dev.regardless.vfs.Kiocb;
import dev.regardless.vfs.OpenFlags;
import dev.regardless.vfs.PollEvents;
import dev.regardless.vfs.PollTable;
import dev.regardless.vfs.UserBuffer;
import dev.regardless.vfs.Vfs;
import org.jspecify.annotations.Nullable;

/**
 * signalfd: readiness is that of whoever asks. The queue is not the file's but the polling process's (sighand), so it may
 * go away while the file is polled: then it is emptied with POLLFREE, and freed after a grace period. Source:
 * fs/signalfd.c (6.8), kernel/signal.c (signalfd_notify), kernel/fork.c (__cleanup_sighand). Wake-ups carry no key.
 *
 * <p>Tasks that have not {@link #enter}ed are threads of one process: they share a queue, which stays, and the signals sent
 * to the process, which all of them block, as users of signalfd do.
 */
public final class Signalfd {

  private final Kernel kernel;
  private final Vfs vfs;
  private final KmemCache<Context> contexts;
  private final KmemCache<Sighand> sighands;
  private final Operations operations;
  private final Processes processes;
  private final Process process;

  public Signalfd(Vfs vfs) {
    this.kernel = vfs.kernel();
    this.vfs = vfs;
    this.contexts = new KmemCache<>(kernel.machine().memory(), "signalfd_ctx", Context::new);
    this.sighands = new KmemCache<>(kernel.machine().memory(), "sighand", Sighand::new);
    this.operations = kernel.create("signalfd_fops", Operations::new);
    this.processes = kernel.create("processes", Processes::new);
    this.process = kernel.create("signal_struct", Process::new);
  }

  /** signalfd4: a file for the signals of {@code mask}, bit by number; SIGKILL and SIGSTOP are ignored. */
  public File open(long mask, int flags) {
    Context context = contexts.allocate();
    context.mask.write(mask & ~(1L << Task.SIGKILL | 1L << Task.SIGSTOP));
    return vfs.openFile(operations, context, OpenFlags.MODE_READ | OpenFlags.MODE_WRITE, OpenFlags.RDWR | flags);
  }

  /** copy_sighand: gives the task a signal queue of its own; before it polls, and once in its life. */
  public void enter(Task task) {
    Sighand sighand = sighands.allocate();
    sighand.queue.init();
    processes.of(task).storeRelease(sighand);
  }

  /** __cleanup_sighand: the task is gone; pollers of its queue are told, and the queue goes after a grace period. */
  public void leave(Task task) {
    Sighand sighand = processes.of(task).read();
    processes.of(task).write(null);
    sighand.queue.wakeUpPollfree();
    kernel.rcu().call(sighand.rcu);
  }

  /** send_signal_locked with signalfd_notify: the signal is pending, then the queue is woken without a key. */
  public void send(Task task, int signal) {
    task.sendSignal(signal);
    kernel.rcu().readLock();
    Sighand sighand = processes.of(task).readOnce();
    if (sighand != null && sighand.queue.hasSleeper()) {
      sighand.queue.wakeUp();
    }
    kernel.rcu().readUnlock();
  }

  /** kill(2) of the process: the signal is pending for whichever of its tasks asks, and the queue is woken without a key. */
  public void sendToProcess(int signal) {
    process.sharedPending.or(1L << signal);
    if (process.sighand.queue.hasSleeper()) {
      process.sighand.queue.wakeUp();
    }
  }

  /** read(2) of one signal: false if none of the file's is pending for the caller. */
  public boolean take(File file) {
    return dequeue(kernel.current(), file.privateData(Context.class).mask.read()) != 0;
  }

  /** dequeue_signal: the lowest of the task's own, then of its process's; 0 for none. */
  private int dequeue(Task current, long mask) {
    long own = current.pendingSignals() & mask;
    if (own != 0) {
      int signal = Long.numberOfTrailingZeros(own);
      current.dequeueSignal(signal);
      return signal;
    }
    long shared = sharedPending(current) & mask;
    while (shared != 0) {
      int signal = Long.numberOfTrailingZeros(shared);
      if (kernel.primitives().testAndClearBit(process.sharedPending.location(), signal)) {
        return signal;
      }
      // Another task of the process was faster.
      shared &= shared - 1;
    }
    return 0;
  }

  /** current-&gt;signal-&gt;shared_pending; a worker has none. */
  private long sharedPending(Task current) {
    return kernel.inUserTask() && processes.of(current).read() == null ? process.sharedPending.read() : 0;
  }

  private WaitQueueHead queueOf(Task current) {
    Sighand own = processes.of(current).read();
    return own == null ? process.sighand.queue : own.queue;
  }

  /** struct signal_struct of the process whose tasks have no sighand of their own. */
  private final class Process extends KernelObject {
    private final AtomicCell sharedPending;
    private final Sighand sighand;

    Process(CellFactory cells) {
      super(cells);
      sharedPending = new AtomicCell(cells, "shared_pending");
      sighand = new Sighand(cells.embedded(this, "sighand"));
      sighand.queue.init();
    }
  }

  /** struct sighand_struct. */
  private final class Sighand extends KernelObject {
    private final WaitQueueHead queue;
    private final RcuHead rcu;

    Sighand(CellFactory cells) {
      super(cells);
      queue = new WaitQueueHead(cells.embedded(this, "signalfd_wqh"));
      rcu = new RcuHead(cells.machine(), () -> sighands.free(this));
    }
  }

  /** Each task's sighand. */
  private final class Processes extends KernelObject {
    private final RefCell<Sighand>[] sighand;

    @SuppressWarnings({"unchecked", "rawtypes"}) // an array of a generic type
    Processes(CellFactory cells) {
      super(cells);
      sighand = new RefCell[kernel.machine().maximumThreads() + 1];
      for (int slot = 0; slot < sighand.length; slot++) {
        sighand[slot] = new RefCell<>(cells, "sighand[" + (slot - 1) + ']', Sighand.class);
      }
    }

    RefCell<Sighand> of(Task task) {
      return sighand[task.thread() + 1];
    }
  }

  /** struct signalfd_ctx. */
  private static final class Context extends KernelObject {
    private final LongCell mask;

    Context(CellFactory cells) {
      super(cells);
      mask = new LongCell(cells, "sigmask");
    }
  }

  private final class Operations extends FileOperations {

    Operations(CellFactory cells) {
      super(cells);
    }

    @Override
    public boolean hasRead() {
      return true;
    }

    /** One signal of the caller's, as its number in the first word of a 128-byte signalfd_siginfo. Does not wait. */
    @Override
    public long read(Kiocb iocb, UserBuffer buffer) {
      if (buffer.length() < 128) {
        return -Errno.EINVAL;
      }
      int signal = dequeue(kernel.current(), iocb.file().privateData(Context.class).mask.read());
      if (signal == 0) {
        return -Errno.EAGAIN;
      }
      buffer.store(0, signal);
      return 128;
    }

    @Override
    public boolean hasPoll() {
      return true;
    }

    /** signalfd_poll: of the caller, whoever that is; a worker has no signals and no queue to wait on. */
    @Override
    public int poll(File file, @Nullable PollTable table) {
      Task current = kernel.current();
      if (table != null && table.hasQueueProc()) {
        vfs.pollWait(file, queueOf(current), table);
      }
      long mask = file.privateData(Context.class).mask.read();
      return ((current.pendingSignals() | sharedPending(current)) & mask) != 0 ? PollEvents.IN : 0;
    }

    @Override
    public void release(File file) {
      contexts.free(file.privateData(Context.class));
    }
  }
}
