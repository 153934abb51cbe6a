package dev.regardless.emulation;

import dev.regardless.machine.ThreadKind;

/** One emulated thread: a user task, or one execution of a work item, timer or callback. Engine state only. */
final class EmulatedThread {

  enum State {
    /** Not in use; may be given a body. */
    FREE,
    RUNNABLE,
    /** On its CPU, waiting for {@link #waitLocation} to change. */
    SPINNING,
    /** Off its CPU until woken. */
    SLEEPING,
    /** Off its CPU until virtual time {@link #readyAt}. */
    DELAYED,
    ENDED
  }

  final int index;
  Fiber fiber;
  String name = "";
  ThreadKind kind = ThreadKind.TASK;
  Runnable body;
  int cpu;
  State state = State.FREE;

  int waitLocation = -1;
  long waitVersion;
  long readyAt;
  long readyOrder;
  /** Was woken although its condition does not hold: an injected spurious wake. */
  boolean spurious;

  /** What its body must have seen when it starts, if it was spawned. */
  long released;

  int preemptDisabled;
  int interruptsDisabled;
  int rcuNesting;
  long rcuStart;

  EmulatedThread(int index, Runnable idle) {
    this.index = index;
    this.body = idle;
    this.fiber = Fiber.of(idle);
  }

  /** Whether it still has something to do. */
  boolean isUnfinished() {
    return state != State.FREE && state != State.ENDED;
  }

  /** Whether it must not sleep now. */
  boolean isAtomic() {
    return preemptDisabled > 0 || interruptsDisabled > 0 || rcuNesting > 0 || kind.isAtomic();
  }

  /** Whether another thread of its CPU may run before it gives way. */
  boolean isPreemptible() {
    return preemptDisabled == 0 && !kind.isAtomic();
  }
}
