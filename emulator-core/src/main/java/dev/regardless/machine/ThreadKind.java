package dev.regardless.machine;

/** In which kernel context a thread runs. Each is a thread of its own for memory ordering. */
public enum ThreadKind {
  /** A user task inside or outside a system call. */
  TASK,
  /** One execution of a work item on a kworker. */
  WORKER,
  /** A timer's expiry, in softirq context. */
  TIMER,
  /** An RCU callback, in softirq context after a grace period. */
  RCU_CALLBACK,
  /** A hard interrupt. */
  INTERRUPT;

  /** Whether code in this context must not sleep. */
  public boolean isAtomic() {
    return this == TIMER || this == RCU_CALLBACK || this == INTERRUPT;
  }
}
