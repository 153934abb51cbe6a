package dev.regardless.kernel;

import dev.regardless.machine.KernelPrimitives;
import dev.regardless.machine.LockEvent;
import dev.regardless.machine.Machine;
import dev.regardless.memory.CellFactory;
import dev.regardless.memory.LongCell;

/**
 * spinlock_t: an acquire that waits, a release; the holder is not preempted. The irqsave forms also mask interrupts;
 * nesting counts take the place of the saved flags. Source: include/linux/spinlock_api_smp.h (6.x).
 */
public final class SpinLock {

  private final Machine machine;
  private final KernelPrimitives primitives;
  private final int location;

  /** A lock that is free at first; {@link #init} it in allocated objects. */
  public SpinLock(CellFactory cells, String field) {
    this.machine = cells.machine();
    this.primitives = machine.primitives();
    this.location = new LongCell(cells, field).location();
  }

  public int location() {
    return location;
  }

  /** spin_lock_init. */
  public void init() {
    primitives.write(location, 0);
  }

  /** spin_lock. */
  public void lock() {
    machine.preemptDisable();
    machine.lockEvent(LockEvent.ACQUIRE, location);
    primitives.spinLock(location);
  }

  /** spin_trylock. */
  public boolean tryLock() {
    machine.preemptDisable();
    if (primitives.spinTryLock(location)) {
      machine.lockEvent(LockEvent.TRY_ACQUIRED, location);
      return true;
    }
    machine.preemptEnable();
    return false;
  }

  /** spin_unlock. */
  public void unlock() {
    machine.lockEvent(LockEvent.RELEASE, location);
    primitives.spinUnlock(location);
    machine.preemptEnable();
  }

  /** spin_lock_irqsave, spin_lock_irq. */
  public void lockIrqsave() {
    machine.interruptsDisable();
    lock();
  }

  /** spin_trylock_irqsave. */
  public boolean tryLockIrqsave() {
    machine.interruptsDisable();
    if (tryLock()) {
      return true;
    }
    machine.interruptsEnable();
    return false;
  }

  /** spin_unlock_irqrestore, spin_unlock_irq. */
  public void unlockIrqrestore() {
    unlock();
    machine.interruptsEnable();
  }

  /** spin_is_locked: a look, no order. */
  public boolean isLocked() {
    return primitives.readOnce(location) != 0;
  }
}
