package dev.regardless.machine;

/** What happened to a lock, for lock-order and irq-safety checks (Linux Documentation/locking/lockdep-design.rst). */
public enum LockEvent {
  /** Reported before the blocking acquisition, so that a deadlock still shows the attempt. */
  ACQUIRE,
  /** A successful trylock: held from here on, but it cannot close a deadlock cycle itself. */
  TRY_ACQUIRED,
  RELEASE
}
