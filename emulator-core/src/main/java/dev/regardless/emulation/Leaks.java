package dev.regardless.emulation;

import dev.regardless.machine.PropertyKind;
import dev.regardless.memory.KernelObject;
import dev.regardless.memory.Memory;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/** The leak property: in the end every allocated object is freed, or still reachable from one that set-up made. */
final class Leaks {

  private static final int NAMED = 5;

  private Leaks() {}

  static void check(EmulatedMachine machine) {
    List<KernelObject> lost = unreachable(machine);
    if (!lost.isEmpty()) {
      List<String> names = lost.stream().limit(NAMED).map(KernelObject::name).toList();
      machine.violation(
          PropertyKind.LEAK,
          "%d objects are neither freed nor reachable: %s%s"
              .formatted(lost.size(), String.join(", ", names), lost.size() > NAMED ? ", ..." : ""));
    }
  }

  private static List<KernelObject> unreachable(EmulatedMachine machine) {
    Memory memory = machine.memory();
    boolean[] reached = new boolean[memory.objects()];
    ArrayDeque<KernelObject> open = new ArrayDeque<>();
    List<KernelObject> allocated = new ArrayList<>();
    for (int number = 1; number < memory.objects(); number++) {
      KernelObject object = memory.object(number);
      if (object == null || object.owner() != object) {
        continue;
      }
      if (machine.pool.isDynamic(number)) {
        if (machine.pool.isAlive(number)) {
          allocated.add(object);
        }
      } else {
        reached[number] = true;
        open.add(object);
      }
    }
    if (allocated.isEmpty()) {
      return allocated;
    }
    while (!open.isEmpty()) {
      follow(machine, open.removeFirst(), reached, open);
    }
    allocated.removeIf(object -> reached[object.number()]);
    return allocated;
  }

  private static void follow(
      EmulatedMachine machine, KernelObject object, boolean[] reached, ArrayDeque<KernelObject> open) {
    Memory memory = machine.memory();
    int first = object.firstLocation();
    for (int location = first; location < first + object.locationCount(); location++) {
      if (!memory.isReference(location)) {
        continue;
      }
      long value = machine.storage.newest(location);
      if (value <= 0 || value >= memory.objects()) {
        continue;
      }
      KernelObject target = memory.object(value);
      if (target != null && !reached[target.owner().number()]) {
        reached[target.owner().number()] = true;
        open.add(target.owner());
      }
    }
  }
}
