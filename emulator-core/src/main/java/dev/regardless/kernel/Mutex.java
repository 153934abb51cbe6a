package dev.regardless.kernel;

import dev.regardless.machine.LockEvent;
import dev.regardless.machine.Machine;
import dev.regardless.machine.Ordering;
import dev.regardless.memory.CellFactory;
import dev.regardless.memory.KernelObject;

/**
 * struct mutex: one word holding the owner and three flags, a wait list under a spin lock, and hand-over to a first waiter
 * that was overtaken. {@link #init} it in allocated objects and before use. Source: kernel/locking/mutex.c (6.x) without
 * CONFIG_MUTEX_SPIN_ON_OWNER.
 */
public final class Mutex extends KernelObject {

  private static final long WAITERS = 1;
  private static final long HANDOFF = 2;
  private static final long PICKUP = 4;
  private static final long FLAGS = WAITERS | HANDOFF | PICKUP;
  private static final int FLAG_BITS = 3;

  /** Compare-and-exchange attempts that the checking engine allows. */
  private static final int RETRY_BOUND = 6;

  private final Kernel kernel;
  private final Machine machine;
  private final AtomicCell owner;
  private final SpinLock waitLock;
  private final ListHead waitList;

  public Mutex(Kernel kernel, CellFactory cells) {
    super(cells);
    this.kernel = kernel;
    this.machine = cells.machine();
    this.owner = new AtomicCell(cells, "owner");
    this.waitLock = new SpinLock(cells, "wait_lock");
    this.waitList = new ListHead(cells.embedded(this, "wait_list"), this);
  }

  /** mutex_init. */
  public void init() {
    owner.set(0);
    waitLock.init();
    waitList.init();
  }

  /** mutex_lock: sleeps, uninterruptibly. */
  public void lock() {
    machine.mightSleep();
    machine.lockEvent(LockEvent.ACQUIRE, owner.location());
    Task current = kernel.current();
    if (!owner.tryCompareExchange(0, word(current), Ordering.ACQUIRE)) {
      lockSlowly(current, Task.UNINTERRUPTIBLE);
    }
  }

  /**
   * mutex_lock_killable: a fatal signal ends the wait, but a mutex that is free is taken whatever is pending.
   *
   * @return false (-EINTR) if it was not taken
   */
  public boolean lockKillable() {
    machine.mightSleep();
    machine.lockEvent(LockEvent.ACQUIRE, owner.location());
    Task current = kernel.current();
    if (owner.tryCompareExchange(0, word(current), Ordering.ACQUIRE) || lockSlowly(current, Task.KILLABLE)) {
      return true;
    }
    machine.lockEvent(LockEvent.RELEASE, owner.location());
    return false;
  }

  /** mutex_trylock. */
  public boolean tryLock() {
    if (!tryLock(kernel.current(), false)) {
      return false;
    }
    machine.lockEvent(LockEvent.TRY_ACQUIRED, owner.location());
    return true;
  }

  /** mutex_is_locked. */
  public boolean isLocked() {
    return (owner.read() & ~FLAGS) != 0;
  }

  /** mutex_unlock: by the owner. */
  public void unlock() {
    machine.lockEvent(LockEvent.RELEASE, owner.location());
    if (!owner.tryCompareExchange(word(kernel.current()), 0, Ordering.RELEASE)) {
      unlockSlowly();
    }
  }

  private static long word(Task task) {
    return (long) task.number() << FLAG_BITS;
  }

  /** __mutex_lock_common: whether it was taken; always, unless it waits in {@link Task#KILLABLE} state. */
  private boolean lockSlowly(Task current, int state) {
    if (tryLock(current, false)) {
      return true;
    }
    waitLock.lock();
    boolean taken = tryLock(current, false);
    if (!taken) {
      ListHead waiter = current.mutexWait();
      waitList.addTail(waiter);
      if (isFirst(waiter)) {
        owner.or(WAITERS);
      }
      taken = waitForOwnership(current, waiter, state);
      current.setCurrentStateUnordered(Task.RUNNING);
      waiter.delete();
      if (waitList.isEmpty()) {
        owner.andNot(FLAGS);
      }
    }
    waitLock.unlock();
    return taken;
  }

  /** Comes and goes with the wait lock held. */
  private boolean waitForOwnership(Task current, ListHead waiter, int state) {
    current.setCurrentState(state);
    while (!tryLock(current, false)) {
      // signal_pending_state
      if (state == Task.KILLABLE && current.fatalSignalPending()) {
        return false;
      }
      waitLock.unlock();
      current.schedule(state);
      boolean first = isFirst(waiter);
      current.setCurrentState(state);
      boolean taken = tryLock(current, first);
      waitLock.lock();
      if (taken) {
        return true;
      }
    }
    return true;
  }

  /** __mutex_waiter_is_first: the only node whose predecessor is the list's head. */
  private boolean isFirst(ListHead waiter) {
    return waitList.first() == waiter;
  }

  /** __mutex_trylock_common: {@code handoff} asks the owner to hand the mutex over. */
  private boolean tryLock(Task current, boolean handoff) {
    long self = word(current);
    long old = owner.read();
    for (int attempt = 0;; attempt++) {
      long flags = old & FLAGS;
      long task = old & ~FLAGS;
      if (task == 0) {
        task = self;
      } else if ((flags & PICKUP) != 0) {
        if (task != self) {
          return false;
        }
        flags &= ~PICKUP;
      } else if (handoff && (flags & HANDOFF) == 0) {
        flags |= HANDOFF;
      } else {
        return false;
      }
      machine.retry(attempt, RETRY_BOUND);
      long seen = owner.compareExchange(old, task | flags, Ordering.ACQUIRE);
      if (seen == old) {
        return task == self;
      }
      old = seen;
    }
  }

  /** __mutex_unlock_slowpath. */
  private void unlockSlowly() {
    long old = owner.read();
    for (int attempt = 0; (old & HANDOFF) == 0; attempt++) {
      machine.retry(attempt, RETRY_BOUND);
      long seen = owner.compareExchange(old, old & FLAGS, Ordering.RELEASE);
      if (seen == old) {
        if ((old & WAITERS) == 0) {
          return;
        }
        break;
      }
      old = seen;
    }
    wakeFirstWaiter((old & HANDOFF) != 0);
  }

  private void wakeFirstWaiter(boolean handoff) {
    waitLock.lock();
    if (waitList.isEmpty()) {
      if (handoff) {
        handOver(0);
      }
      waitLock.unlock();
      return;
    }
    Task next = waitList.first().container(Task.class);
    if (handoff) {
      handOver(word(next) | PICKUP);
    }
    waitLock.unlock();
    next.wakeUpProcess();
  }

  /** __mutex_handoff. */
  private void handOver(long successor) {
    long old = owner.read();
    for (int attempt = 0;; attempt++) {
      machine.retry(attempt, RETRY_BOUND);
      long seen = owner.compareExchange(old, (old & WAITERS) | successor, Ordering.RELEASE);
      if (seen == old) {
        return;
      }
      old = seen;
    }
  }
}
