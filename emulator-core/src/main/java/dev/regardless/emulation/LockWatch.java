package dev.regardless.emulation;

import dev.regardless.machine.LockEvent;
import dev.regardless.machine.PropertyKind;
import dev.regardless.machine.ThreadKind;
import dev.regardless.memory.Memory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * Lock order and irq-safety, in the manner of lockdep (Documentation/locking/lockdep-design.rst): the order in which lock
 * classes are taken must have no cycle, and a class taken in interrupt context must never be held with interrupts on.
 * A class is an object type and field.
 */
final class LockWatch {

  private final Memory memory;
  private final BiConsumer<PropertyKind, String> report;
  private final Map<String, Integer> classNumbers = new HashMap<>();
  private final List<String> classNames = new ArrayList<>();
  private final List<Set<Integer>> after = new ArrayList<>();
  private final Set<Integer> takenInInterrupt = new HashSet<>();
  private final Set<Integer> takenInterruptsOn = new HashSet<>();
  private final List<IntStack> held = new ArrayList<>();
  private int[] classOf = new int[256];

  LockWatch(Memory memory, BiConsumer<PropertyKind, String> report) {
    this.memory = memory;
    this.report = report;
  }

  void reset() {
    classNumbers.clear();
    classNames.clear();
    after.clear();
    takenInInterrupt.clear();
    takenInterruptsOn.clear();
    held.clear();
    java.util.Arrays.fill(classOf, 0);
  }

  void happened(LockEvent event, int location, EmulatedThread thread) {
    int lockClass = classOf(location);
    while (held.size() <= thread.index) {
      held.add(new IntStack());
    }
    IntStack mine = held.get(thread.index);
    if (event == LockEvent.RELEASE) {
      mine.remove(location);
      return;
    }
    checkInterrupts(lockClass, thread);
    if (event == LockEvent.ACQUIRE) {
      checkOrder(lockClass, location, mine);
    }
    mine.push(location);
  }

  private void checkInterrupts(int lockClass, EmulatedThread thread) {
    boolean interrupt = thread.kind == ThreadKind.INTERRUPT;
    Set<Integer> mine = interrupt ? takenInInterrupt : takenInterruptsOn;
    if (!interrupt && thread.interruptsDisabled > 0) {
      return;
    }
    Set<Integer> others = interrupt ? takenInterruptsOn : takenInInterrupt;
    if (mine.add(lockClass) && others.contains(lockClass)) {
      report.accept(
          PropertyKind.LOCK_ORDER,
          "%s is taken in interrupt context and also with interrupts on".formatted(classNames.get(lockClass)));
    }
  }

  private void checkOrder(int lockClass, int location, IntStack mine) {
    for (int i = 0; i < mine.size(); i++) {
      if (mine.at(i) == location) {
        report.accept(
            PropertyKind.LOCK_ORDER, "%s is taken by a thread that holds it".formatted(memory.nameOf(location)));
      }
      int outer = classOf(mine.at(i));
      if (outer != lockClass && after.get(outer).add(lockClass) && reaches(lockClass, outer, new HashSet<>())) {
        report.accept(
            PropertyKind.LOCK_ORDER,
            "%s and %s are taken in both orders".formatted(classNames.get(outer), classNames.get(lockClass)));
      }
    }
  }

  private boolean reaches(int from, int to, Set<Integer> seen) {
    if (from == to) {
      return true;
    }
    for (int next : after.get(from)) {
      if (seen.add(next) && reaches(next, to, seen)) {
        return true;
      }
    }
    return false;
  }

  private int classOf(int location) {
    if (location >= classOf.length) {
      classOf = java.util.Arrays.copyOf(classOf, Math.max(location + 1, classOf.length * 2));
    }
    if (classOf[location] == 0) {
      String name = memory.classOf(location);
      Integer known = classNumbers.get(name);
      if (known == null) {
        known = classNames.size();
        classNumbers.put(name, known);
        classNames.add(name);
        after.add(new HashSet<>());
      }
      classOf[location] = known + 1;
    }
    return classOf[location] - 1;
  }

  /** The locks one thread holds. */
  private static final class IntStack {
    private int[] values = new int[8];
    private int size;

    int size() {
      return size;
    }

    int at(int i) {
      return values[i];
    }

    void push(int value) {
      if (size == values.length) {
        values = java.util.Arrays.copyOf(values, size * 2);
      }
      values[size++] = value;
    }

    void remove(int value) {
      for (int i = size - 1; i >= 0; i--) {
        if (values[i] == value) {
          System.arraycopy(values, i + 1, values, i, --size - i);
          return;
        }
      }
    }
  }
}
