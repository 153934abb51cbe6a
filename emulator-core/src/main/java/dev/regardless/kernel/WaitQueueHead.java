package dev.regardless.kernel;

import dev.regardless.machine.KernelPrimitives;
import dev.regardless.machine.PropertyKind;
import dev.regardless.memory.CellFactory;
import dev.regardless.memory.KernelObject;

/**
 * struct wait_queue_head: a lock and a list of {@link WaitQueueEntry entries}. Source: include/linux/wait.h and
 * kernel/sched/wait.c as of 6.14 (no bookmark: the walk holds the lock throughout). Non-exclusive entries are inserted at
 * the head (since 4.15), exclusive ones at the tail.
 *
 * <p>WQ_FLAG_PRIORITY is left out: only KVM's irqfd uses it.
 */
public final class WaitQueueHead extends KernelObject {

  /** EPOLLHUP | POLLFREE, the key of {@link #wakeUpPollfree}. */
  private static final long POLLFREE_KEY = 0x10 | 0x4000;

  private final KernelPrimitives primitives;
  private final SpinLock lock;
  private final ListHead head;

  public WaitQueueHead(CellFactory cells) {
    super(cells);
    this.primitives = cells.machine().primitives();
    this.lock = new SpinLock(cells, "lock");
    this.head = new ListHead(cells.embedded(this, "head"), this);
  }

  /** init_waitqueue_head. */
  public void init() {
    lock.init();
    head.init();
  }

  public SpinLock lock() {
    return lock;
  }

  /** The list of entries, for walks of the caller's own under the lock. */
  public ListHead head() {
    return head;
  }

  // ---- adding and removing -------------------------------------------------------------------------------------------

  /** add_wait_queue. */
  public void addWaitQueue(WaitQueueEntry entry) {
    entry.setFlags(entry.flags() & ~WaitQueueEntry.EXCLUSIVE);
    lock.lockIrqsave();
    addLocked(entry);
    lock.unlockIrqrestore();
  }

  /** add_wait_queue_exclusive. */
  public void addWaitQueueExclusive(WaitQueueEntry entry) {
    entry.setFlags(entry.flags() | WaitQueueEntry.EXCLUSIVE);
    lock.lockIrqsave();
    addTailLocked(entry);
    lock.unlockIrqrestore();
  }

  /** __add_wait_queue: with the lock held. */
  public void addLocked(WaitQueueEntry entry) {
    head.add(entry.entry());
  }

  /** __add_wait_queue_entry_tail: with the lock held. */
  public void addTailLocked(WaitQueueEntry entry) {
    head.addTail(entry.entry());
  }

  /** __add_wait_queue_entry_tail_exclusive: with the lock held. */
  public void addTailExclusiveLocked(WaitQueueEntry entry) {
    entry.setFlags(entry.flags() | WaitQueueEntry.EXCLUSIVE);
    addTailLocked(entry);
  }

  /** remove_wait_queue. */
  public void removeWaitQueue(WaitQueueEntry entry) {
    lock.lockIrqsave();
    entry.entry().delete();
    lock.unlockIrqrestore();
  }

  // ---- sleeping ------------------------------------------------------------------------------------------------------

  /** prepare_to_wait. */
  public void prepareToWait(WaitQueueEntry entry, Task current, int state) {
    entry.setFlags(entry.flags() & ~WaitQueueEntry.EXCLUSIVE);
    lock.lockIrqsave();
    if (entry.entry().isEmpty()) {
      addLocked(entry);
    }
    current.setCurrentState(state);
    lock.unlockIrqrestore();
  }

  /** prepare_to_wait_exclusive; whether the queue was empty before. */
  public boolean prepareToWaitExclusive(WaitQueueEntry entry, Task current, int state) {
    boolean wasEmpty = false;
    entry.setFlags(entry.flags() | WaitQueueEntry.EXCLUSIVE);
    lock.lockIrqsave();
    if (entry.entry().isEmpty()) {
      wasEmpty = head.isEmpty();
      addTailLocked(entry);
    }
    current.setCurrentState(state);
    lock.unlockIrqrestore();
    return wasEmpty;
  }

  /**
   * prepare_to_wait_event.
   *
   * @return false (-ERESTARTSYS) if a signal is pending and the state is interruptible; the entry is off the queue then,
   *     so that it cannot consume an exclusive wake-up
   */
  public boolean prepareToWaitEvent(WaitQueueEntry entry, Task current, int state) {
    boolean prepared = true;
    lock.lockIrqsave();
    if ((state & Task.INTERRUPTIBLE) != 0 && current.signalPending()) {
      entry.entry().deleteInit();
      prepared = false;
    } else {
      if (entry.entry().isEmpty()) {
        if ((entry.flags() & WaitQueueEntry.EXCLUSIVE) != 0) {
          addTailLocked(entry);
        } else {
          addLocked(entry);
        }
      }
      current.setCurrentState(state);
    }
    lock.unlockIrqrestore();
    return prepared;
  }

  /** finish_wait. */
  public void finishWait(WaitQueueEntry entry, Task current) {
    current.setCurrentStateUnordered(Task.RUNNING);
    if (!entry.entry().isEmptyCareful()) {
      lock.lockIrqsave();
      entry.entry().deleteInit();
      lock.unlockIrqrestore();
    }
  }

  // ---- waking --------------------------------------------------------------------------------------------------------

  /** wake_up: all non-exclusive entries and one exclusive one. */
  public void wakeUp() {
    wakeUp(Task.NORMAL, 1, 0);
  }

  /** wake_up_nr. */
  public void wakeUpNumber(int exclusive) {
    wakeUp(Task.NORMAL, exclusive, 0);
  }

  /** wake_up_all. */
  public void wakeUpAll() {
    wakeUp(Task.NORMAL, 0, 0);
  }

  /** wake_up_interruptible. */
  public void wakeUpInterruptible() {
    wakeUp(Task.INTERRUPTIBLE, 1, 0);
  }

  /** wake_up_interruptible_all. */
  public void wakeUpInterruptibleAll() {
    wakeUp(Task.INTERRUPTIBLE, 0, 0);
  }

  /** wake_up_poll. */
  public void wakeUpPoll(long key) {
    wakeUp(Task.NORMAL, 1, key);
  }

  /** wake_up_interruptible_poll, wake_up_interruptible_sync_poll. */
  public void wakeUpInterruptiblePoll(long key) {
    wakeUp(Task.INTERRUPTIBLE, 1, key);
  }

  /** wake_up_locked: with the lock held. */
  public void wakeUpLocked() {
    wakeUpCommon(Task.NORMAL, 1, 0);
  }

  /** wake_up_all_locked: with the lock held. */
  public void wakeUpAllLocked() {
    wakeUpCommon(Task.NORMAL, 0, 0);
  }

  /** wake_up_locked_poll: with the lock held. */
  public void wakeUpLockedPoll(long key) {
    wakeUpCommon(Task.NORMAL, 1, key);
  }

  /**
   * __wake_up.
   *
   * @param mode task states to wake
   * @param exclusive how many exclusive entries to wake at most; 0 for all
   * @param key 0, or poll bits
   */
  public void wakeUp(int mode, int exclusive, long key) {
    lock.lockIrqsave();
    wakeUpCommon(mode, exclusive, key);
    lock.unlockIrqrestore();
  }

  /** wake_up_pollfree: all entries must take themselves off; the head's memory must then be freed after a grace period. */
  public void wakeUpPollfree() {
    if (waitqueueActive()) {
      wakeUp(Task.NORMAL, 0, POLLFREE_KEY);
      if (waitqueueActive()) {
        machine().violation(PropertyKind.ASSERTION, "POLLFREE left entries on " + this);
      }
    }
  }

  /** __wake_up_common: walks safely, so that a function may take its own entry off. */
  private void wakeUpCommon(int mode, int exclusive, long key) {
    int remaining = exclusive;
    ListHead node = head.first();
    while (node != head) {
      final ListHead next = node.next();
      WaitQueueEntry current = node.container(WaitQueueEntry.class);
      long flags = current.flags();
      int woken = current.wake(mode, 0, key);
      if (woken < 0) {
        break;
      }
      if (woken > 0 && (flags & WaitQueueEntry.EXCLUSIVE) != 0 && --remaining == 0) {
        break;
      }
      node = next;
    }
  }

  // ---- looking -------------------------------------------------------------------------------------------------------

  /** waitqueue_active: no barrier; a caller without the lock needs smp_mb before, see {@link #hasSleeper}. */
  public boolean waitqueueActive() {
    return !head.isEmpty();
  }

  /** wq_has_sleeper: smp_mb, then {@link #waitqueueActive}. */
  public boolean hasSleeper() {
    primitives.smpMb();
    return waitqueueActive();
  }
}
