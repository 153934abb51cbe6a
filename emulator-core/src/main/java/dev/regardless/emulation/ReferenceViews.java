package dev.regardless.emulation;

import dev.regardless.memory.KernelObject;
import dev.regardless.memory.Memory;
import java.util.Arrays;

/**
 * Address dependencies of Java kernel code: by CPU and object, the view of the load that last gave the CPU a reference to
 * that object. Accesses to the object's cells depend on it (docs/design/0001-machine.md).
 */
final class ReferenceViews {

  private final Memory memory;
  private final long[][] views;

  ReferenceViews(int cpus, Memory memory) {
    this.memory = memory;
    this.views = new long[cpus][256];
  }

  void reset() {
    for (long[] each : views) {
      Arrays.fill(each, 0);
    }
    ensureObjects();
  }

  void ensureObjects() {
    int objects = memory.objects();
    if (objects > views[0].length) {
      int size = Math.max(objects, views[0].length * 2);
      for (int cpu = 0; cpu < views.length; cpu++) {
        views[cpu] = Arrays.copyOf(views[cpu], size);
      }
    }
  }

  /** The CPU loaded a reference to {@code object}; {@code view} is that load's. */
  void loaded(int cpu, KernelObject object, long view) {
    views[cpu][object.number()] = view;
  }

  /** What an access of the CPU to {@code location} depends on. */
  long of(int cpu, int location) {
    return views[cpu][memory.ownerOf(location)];
  }
}
