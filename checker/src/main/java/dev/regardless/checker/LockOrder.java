package dev.regardless.checker;

import dev.regardless.machine.LockEvent;
import dev.regardless.machine.PropertyKind;
import dev.regardless.memory.Memory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Lock order and irq-safety over all executions together, as lockdep does it over all runs (Linux
 * Documentation/locking/lockdep-design.rst): the order in which lock classes are taken has no cycle, and a class taken in
 * an interrupt is never held with interrupts on.
 */
final class LockOrder {

  private final List<String> classes = new ArrayList<>();
  private final List<BitSet> inner = new ArrayList<>();
  private final BitSet inInterrupt = new BitSet();
  private final BitSet interruptsOn = new BitSet();
  private int[] classOf = new int[64];
  private int[] held = new int[8];
  private int count;
  private final BooleanSupplier unreal;
  private boolean unsettled;

  LockOrder(BooleanSupplier unreal) {
    this.unreal = unreal;
  }

  void begin() {
    count = 0;
    unsettled = false;
  }

  /** Whether something new was seen since {@link #begin} that was not taken in, because it may not be real. */
  boolean isUnsettled() {
    return unsettled;
  }

  void happened(SectionedMachine machine, LockEvent event, int location, boolean interrupt, boolean enabled) {
    if (event == LockEvent.RELEASE) {
      release(location);
      return;
    }
    Memory memory = machine.memory();
    int lockClass = classOf(memory, location);
    checkInterrupts(machine, lockClass, interrupt, enabled);
    if (event == LockEvent.ACQUIRE) {
      checkOrder(machine, lockClass, location);
    }
    if (count == held.length) {
      held = Arrays.copyOf(held, count * 2);
    }
    held[count++] = location;
  }

  private void release(int location) {
    for (int i = count - 1; i >= 0; i--) {
      if (held[i] == location) {
        System.arraycopy(held, i + 1, held, i, --count - i);
        return;
      }
    }
  }

  private void checkInterrupts(SectionedMachine machine, int lockClass, boolean interrupt, boolean enabled) {
    BitSet how = interrupt ? inInterrupt : interruptsOn;
    if ((!interrupt && !enabled) || (!how.get(lockClass) && !settles())) {
      return;
    }
    how.set(lockClass);
    if (inInterrupt.get(lockClass) && interruptsOn.get(lockClass)) {
      machine.violation(
          PropertyKind.LOCK_ORDER,
          "%s is taken in interrupt context and also with interrupts on".formatted(classes.get(lockClass)));
    }
  }

  private void checkOrder(SectionedMachine machine, int lockClass, int location) {
    for (int i = 0; i < count; i++) {
      if (held[i] == location) {
        machine.violation(
            PropertyKind.LOCK_ORDER,
            "%s is taken by a thread that holds it".formatted(machine.memory().nameOf(location)));
      }
      int outer = classOf(machine.memory(), held[i]);
      if (outer != lockClass && !inner.get(outer).get(lockClass)) {
        if (!settles()) {
          continue;
        }
        inner.get(outer).set(lockClass);
      }
      if (outer != lockClass && reaches(lockClass, outer, new BitSet())) {
        machine.violation(
            PropertyKind.LOCK_ORDER,
            "%s and %s are taken in both orders".formatted(classes.get(outer), classes.get(lockClass)));
      }
    }
  }

  private boolean settles() {
    boolean real = !unreal.getAsBoolean();
    unsettled |= !real;
    return real;
  }

  private boolean reaches(int from, int to, BitSet seen) {
    if (from == to) {
      return true;
    }
    BitSet next = inner.get(from);
    for (int at = next.nextSetBit(0); at >= 0; at = next.nextSetBit(at + 1)) {
      if (!seen.get(at)) {
        seen.set(at);
        if (reaches(at, to, seen)) {
          return true;
        }
      }
    }
    return false;
  }

  private int classOf(Memory memory, int location) {
    if (location >= classOf.length) {
      classOf = Arrays.copyOf(classOf, Math.max(location + 1, classOf.length * 2));
    }
    if (classOf[location] == 0) {
      String name = memory.classOf(location);
      int known = classes.indexOf(name);
      if (known < 0) {
        known = classes.size();
        classes.add(name);
        inner.add(new BitSet());
      }
      classOf[location] = known + 1;
    }
    return classOf[location] - 1;
  }
}
