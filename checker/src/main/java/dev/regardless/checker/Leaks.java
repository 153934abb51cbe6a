package dev.regardless.checker;

import dev.regardless.execution.ExecutionGraph;
import dev.regardless.memory.KernelObject;
import dev.regardless.memory.Memory;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;

/** The leak property: in the end every allocated object is freed, or reachable from one that set-up made. */
final class Leaks {

  private static final int NAMED = 5;

  private final ExecutionGraph graph;
  private final Memory memory;

  private Leaks(ExecutionGraph graph, Memory memory) {
    this.graph = graph;
    this.memory = memory;
  }

  /** What leaks in the current, complete execution, or the empty string. */
  static String find(Explorer explorer) {
    Frame frame = explorer.frame();
    if (!anyAllocation(explorer, frame)) {
      return "";
    }
    Shells shells = explorer.machine().shells();
    Leaks leaks = new Leaks(explorer.graph(), explorer.machine().memory());
    List<KernelObject> alive = new ArrayList<>();
    for (int thread = 0; thread < frame.threads; thread++) {
      if (!explorer.exists(thread)) {
        continue;
      }
      for (int i = 0; i < frame.allocations[thread]; i++) {
        for (KernelObject shell : shells.candidates(thread, i)) {
          if (shell != null && leaks.isAlive(shell)) {
            alive.add(shell);
          }
        }
      }
    }
    return alive.isEmpty() ? "" : leaks.describe(alive, shells);
  }

  private static boolean anyAllocation(Explorer explorer, Frame frame) {
    for (int thread = 0; thread < frame.threads; thread++) {
      if (frame.allocations[thread] > 0 && explorer.exists(thread)) {
        return true;
      }
    }
    return false;
  }

  // Of the shells that an allocation may have returned, only the one in use was written to.
  private boolean isAlive(KernelObject shell) {
    boolean used = false;
    for (int i = 0; i < shell.locationCount(); i++) {
      int location = shell.firstLocation() + i;
      if (location >= graph.locations()) {
        return false;
      }
      long value = graph.finalValue(location);
      if (value == Memory.FREED) {
        return false;
      }
      used |= value != Memory.UNINITIALISED;
    }
    return used;
  }

  private String describe(List<KernelObject> alive, Shells shells) {
    BitSet reached = reached(shells);
    List<String> lost = alive.stream()
        .filter(object -> !reached.get(object.number()))
        .map(KernelObject::name)
        .toList();
    if (lost.isEmpty()) {
      return "";
    }
    return "%d objects are neither freed nor reachable: %s%s".formatted(
        lost.size(), String.join(", ", lost.subList(0, Math.min(NAMED, lost.size()))),
        lost.size() > NAMED ? ", ..." : "");
  }

  private BitSet reached(Shells shells) {
    BitSet reached = new BitSet();
    Deque<KernelObject> open = new ArrayDeque<>();
    for (int number = 1; number < memory.objects(); number++) {
      KernelObject object = memory.object(number);
      if (object != null && object.owner().number() == number && !shells.isDynamic(number)) {
        reached.set(number);
        open.add(object);
      }
    }
    while (!open.isEmpty()) {
      KernelObject object = open.remove();
      for (int i = 0; i < object.locationCount(); i++) {
        follow(object.firstLocation() + i, reached, open);
      }
    }
    return reached;
  }

  private void follow(int location, BitSet reached, Deque<KernelObject> open) {
    if (!memory.isReference(location) || location >= graph.locations()) {
      return;
    }
    long value = graph.finalValue(location);
    if (value <= 0 || value >= memory.objects()) {
      return;
    }
    KernelObject target = memory.object(value);
    if (target != null && !reached.get(target.owner().number())) {
      reached.set(target.owner().number());
      open.add(target.owner());
    }
  }
}
