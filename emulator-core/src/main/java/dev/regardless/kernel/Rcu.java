package dev.regardless.kernel;

import dev.regardless.machine.Machine;
import dev.regardless.machine.ThreadKind;

/**
 * Read-copy-update. Readers have no fence of their own; a grace period waits for every critical section that began before
 * it and is a full barrier at both ends. Source: Documentation/RCU/Design/Requirements, kernel/rcu/tree.c (6.x).
 */
public final class Rcu {

  private final Machine machine;

  public Rcu(Machine machine) {
    this.machine = machine;
  }

  /** rcu_read_lock. */
  public void readLock() {
    machine.rcuReadLock();
  }

  /** rcu_read_unlock. */
  public void readUnlock() {
    machine.rcuReadUnlock();
  }

  /** synchronize_rcu. */
  public void synchronize() {
    machine.synchronizeRcu();
  }

  /** call_rcu: the head's function runs in softirq context after a grace period. */
  public void call(RcuHead head) {
    machine.spawn(ThreadKind.RCU_CALLBACK, head.body(), 0);
  }
}
