package dev.regardless.checker;

import dev.regardless.execution.Signature;
import dev.regardless.machine.LockEvent;
import dev.regardless.machine.PropertyKind;
import dev.regardless.machine.ThreadKind;
import java.util.function.BooleanSupplier;

/**
 * What the running thread is inside of: atomic sections, read-side critical sections, held locks. Begins anew with each
 * run of a thread; outside threads nothing counts.
 */
final class Sections {

  private final LockOrder locks;
  /** Bits of the next event's {@link Signature}. */
  int marks;
  private int readNesting;
  private int preemptDisabled;
  private int interruptsDisabled;
  private ThreadKind kind = ThreadKind.TASK;
  private boolean readers;
  private boolean gracePeriods;

  /** Asks {@code unreal} whether what happens is not real, or nobody knows yet. */
  Sections(BooleanSupplier unreal) {
    locks = new LockOrder(unreal);
  }

  void begin(ThreadKind newKind) {
    marks = 0;
    readNesting = 0;
    preemptDisabled = 0;
    interruptsDisabled = 0;
    kind = newKind;
    locks.begin();
  }

  /** Whether there are both grace periods and readers, so that {@link GraceOrder} has something to say. */
  boolean usesRcu() {
    return readers && gracePeriods;
  }

  boolean usesGracePeriods() {
    return gracePeriods;
  }

  void sleeping(SectionedMachine machine) {
    if (preemptDisabled > 0 || interruptsDisabled > 0 || readNesting > 0 || kind.isAtomic()) {
      machine.violation(PropertyKind.SLEEP_IN_ATOMIC, "schedule() in atomic context");
    }
  }

  void preemptDisable() {
    preemptDisabled++;
  }

  void preemptEnable() {
    preemptDisabled--;
  }

  void interruptsDisable() {
    interruptsDisabled++;
  }

  void interruptsEnable() {
    interruptsDisabled--;
  }

  void readLock() {
    readers = true;
    if (readNesting++ == 0) {
      marks = Signature.IN_SECTION | Signature.NEW_SECTION;
    }
  }

  void readUnlock() {
    if (--readNesting == 0) {
      marks = 0;
    }
  }

  /** The thread's run is over: notes how. */
  void end(Frame frame, int thread) {
    frame.inSection[thread] = readNesting > 0;
    frame.unsettled[thread] = locks.isUnsettled();
  }

  void gracePeriod(SectionedMachine machine) {
    gracePeriods = true;
    if (readNesting > 0) {
      machine.violation(PropertyKind.HANG, "synchronize_rcu() inside an RCU read-side critical section");
    }
  }

  void lockEvent(SectionedMachine machine, LockEvent event, int location) {
    boolean interruptsOn = interruptsDisabled == 0 && kind != ThreadKind.INTERRUPT;
    locks.happened(machine, event, location, kind == ThreadKind.INTERRUPT, interruptsOn);
  }
}
