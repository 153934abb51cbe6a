package dev.regardless.kernel;

import dev.regardless.memory.CellFactory;
import dev.regardless.memory.KernelObject;
import dev.regardless.memory.LongCell;

/**
 * struct completion: counts what was completed, under the lock of a simple wait queue. {@link #init} it in allocated
 * objects and before use. Source: kernel/sched/completion.c and kernel/sched/swait.c (5.7 and later).
 */
public final class Completion extends KernelObject {

  /** UINT_MAX: {@link #completeAll} was called. */
  private static final long ALL = 0xffff_ffffL;

  private final Kernel kernel;
  private final SpinLock lock;
  private final LongCell done;
  private final ListHead tasks;

  public Completion(Kernel kernel, CellFactory cells) {
    super(cells);
    this.kernel = kernel;
    this.lock = new SpinLock(cells, "wait.lock");
    this.done = new LongCell(cells, "done");
    this.tasks = new ListHead(cells.embedded(this, "wait.task_list"), this);
  }

  /** init_completion. */
  public void init() {
    done.write(0);
    lock.init();
    tasks.init();
  }

  /** complete: lets one waiter go on. */
  public void complete() {
    lock.lockIrqsave();
    if (done.read() != ALL) {
      done.write(done.read() + 1);
    }
    wakeFirst();
    lock.unlockIrqrestore();
  }

  /** complete_all: lets all present and future waiters go on. */
  public void completeAll() {
    lock.lockIrqsave();
    done.write(ALL);
    while (wakeFirst()) {
      // swake_up_all_locked
    }
    lock.unlockIrqrestore();
  }

  /** swake_up_locked. */
  private boolean wakeFirst() {
    if (tasks.isEmpty()) {
      return false;
    }
    ListHead first = tasks.first();
    first.container(Task.class).wakeUpProcess();
    first.deleteInit();
    return true;
  }

  /** wait_for_completion: uninterruptible. */
  public void await() {
    lock.lockIrqsave();
    if (done.read() == 0) {
      sleepUntilDone();
    }
    if (done.read() != ALL) {
      done.write(done.read() - 1);
    }
    lock.unlockIrqrestore();
  }

  /** do_wait_for_common: with the lock held, given up while asleep. */
  private void sleepUntilDone() {
    Task current = kernel.current();
    ListHead node = current.simpleWait();
    node.init();
    do {
      if (node.isEmpty()) {
        tasks.addTail(node);
      }
      current.setCurrentStateUnordered(Task.UNINTERRUPTIBLE);
      lock.unlockIrqrestore();
      current.schedule();
      lock.lockIrqsave();
    } while (done.read() == 0);
    current.setCurrentStateUnordered(Task.RUNNING);
    if (!node.isEmpty()) {
      node.deleteInit();
    }
  }

  /** try_wait_for_completion: whether there was something to take. */
  public boolean tryAwait() {
    if (done.readOnce() == 0) {
      return false;
    }
    boolean taken = true;
    lock.lockIrqsave();
    long now = done.read();
    if (now == 0) {
      taken = false;
    } else if (now != ALL) {
      done.write(now - 1);
    }
    lock.unlockIrqrestore();
    return taken;
  }

  /** completion_done: if so, complete() no longer uses the object. */
  public boolean isDone() {
    if (done.readOnce() == 0) {
      return false;
    }
    lock.lockIrqsave();
    lock.unlockIrqrestore();
    return true;
  }
}
