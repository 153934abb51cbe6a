package dev.regardless.drivers;

import dev.regardless.kernel.Kernel;
import dev.regardless.kernel.RcuHead;
import dev.regardless.kernel.SpinLock;
import dev.regardless.kernel.WaitQueueHead;
import dev.regardless.memory.CellFactory;
import dev.regardless.memory.KernelObject;
import dev.regardless.memory.KmemCache;
import dev.regardless.memory.LongCell;
import dev.regardless.memory.RefCell;
import dev.regardless.vfs.File;
import dev.regardless.vfs.FileOperations;
import dev.regardless.vfs.OpenFlags;
import dev.regardless.vfs.PollEvents;
import dev.regardless.vfs.PollTable;
import dev.regardless.vfs.Vfs;
import org.jspecify.annotations.Nullable;

/**
 * Binder as its pollers see it: the queue belongs to a thread's structure, which may be freed while the file is polled; then
 * it is emptied with POLLFREE first, and freed after a grace period. Source: drivers/android/binder.c (binder_poll,
 * binder_get_thread, binder_proc_transaction, binder_wakeup_poll_threads_ilocked, binder_thread_release) of 6.x. Wake-ups
 * carry no key. One thread a file, which exits by itself: never while it polls, or while it is in io_submit. Work is the
 * process's, and stays when a thread exits.
 */
public final class Binder {

  private final Kernel kernel;
  private final Vfs vfs;
  private final KmemCache<Process> processes;
  private final KmemCache<BinderThread> threads;
  private final Operations operations;

  public Binder(Vfs vfs) {
    this.kernel = vfs.kernel();
    this.vfs = vfs;
    this.processes = new KmemCache<>(kernel.machine().memory(), "binder_proc", Process::new);
    this.threads = new KmemCache<>(kernel.machine().memory(), "binder_thread", BinderThread::new);
    this.operations = kernel.create("binder_fops", Operations::new);
  }

  /** binder_open, with the thread that polls. */
  public File open() {
    Process process = processes.allocate();
    process.lock.init();
    process.todo.write(0);
    process.thread.write(newThread());
    return vfs.openFile(
        operations, process, OpenFlags.MODE_READ | OpenFlags.MODE_WRITE, OpenFlags.RDWR | OpenFlags.NONBLOCK);
  }

  private BinderThread newThread() {
    BinderThread thread = threads.allocate();
    thread.queue.init();
    return thread;
  }

  /** binder_get_thread: who polls has a thread, a new one if it let the last one exit. */
  private BinderThread threadOf(Process process) {
    process.lock.lock();
    BinderThread thread = process.thread.read();
    process.lock.unlock();
    if (thread != null) {
      return thread;
    }
    BinderThread made = newThread();
    process.lock.lock();
    thread = process.thread.read();
    if (thread == null) {
      process.thread.write(made);
    }
    process.lock.unlock();
    if (thread == null) {
      return made;
    }
    threads.free(made);
    return thread;
  }

  /** binder_proc_transaction: work for the process; its thread, if it has one, is woken. */
  public void transact(File file) {
    Process process = file.privateData(Process.class);
    process.lock.lock();
    process.todo.write(process.todo.read() + 1);
    BinderThread thread = process.thread.read();
    if (thread != null) {
      thread.queue.wakeUpInterruptible();
    }
    process.lock.unlock();
  }

  /** binder_thread_read: takes the oldest work; false if there is none. */
  public boolean take(File file) {
    Process process = file.privateData(Process.class);
    process.lock.lock();
    long work = process.todo.read();
    if (work > 0) {
      process.todo.write(work - 1);
    }
    process.lock.unlock();
    return work > 0;
  }

  /** BINDER_THREAD_EXIT: binder_thread_release. */
  public void exitThread(File file) {
    Process process = file.privateData(Process.class);
    process.lock.lock();
    BinderThread thread = process.thread.read();
    process.thread.write(null);
    process.lock.unlock();
    if (thread != null) {
      thread.queue.wakeUpPollfree();
      kernel.rcu().call(thread.rcu);
    }
  }

  private static final class Process extends KernelObject {
    private final SpinLock lock;
    private final LongCell todo;
    private final RefCell<BinderThread> thread;

    Process(CellFactory cells) {
      super(cells);
      lock = new SpinLock(cells, "inner_lock");
      todo = new LongCell(cells, "todo");
      thread = new RefCell<>(cells, "thread", BinderThread.class);
    }
  }

  /** struct binder_thread. */
  private final class BinderThread extends KernelObject {
    private final WaitQueueHead queue;
    private final RcuHead rcu;

    BinderThread(CellFactory cells) {
      super(cells);
      queue = new WaitQueueHead(cells.embedded(this, "wait"));
      rcu = new RcuHead(cells.machine(), () -> threads.free(this));
    }
  }

  private final class Operations extends FileOperations {

    Operations(CellFactory cells) {
      super(cells);
    }

    @Override
    public boolean hasPoll() {
      return true;
    }

    @Override
    public int poll(File file, @Nullable PollTable table) {
      Process process = file.privateData(Process.class);
      BinderThread thread = threadOf(process);
      vfs.pollWait(file, thread.queue, table);
      process.lock.lock();
      boolean waiting = process.todo.read() != 0;
      process.lock.unlock();
      return waiting ? PollEvents.IN : 0;
    }

    @Override
    public void release(File file) {
      exitThread(file);
      processes.free(file.privateData(Process.class));
    }
  }
}
