package dev.regardless.aio;

import dev.regardless.memory.CellFactory;
import dev.regardless.memory.KernelObject;
import dev.regardless.memory.LongCell;

/** struct kioctx_cpu of fs/aio.c: the slots of a context that each CPU holds, used with interrupts off. */
public final class PerCpuRequests extends KernelObject {

  private final LongCell[] reqsAvailable;

  /** One counter for each CPU of the machine. */
  public PerCpuRequests(CellFactory cells) {
    super(cells);
    reqsAvailable = new LongCell[cells.machine().cpus()];
    for (int cpu = 0; cpu < reqsAvailable.length; cpu++) {
      reqsAvailable[cpu] = new LongCell(cells, "reqs_available[" + cpu + ']');
    }
  }

  /** alloc_percpu: zeroes. */
  void init() {
    for (LongCell each : reqsAvailable) {
      each.write(0);
    }
  }

  /** this_cpu_ptr. */
  LongCell thisCpu() {
    return reqsAvailable[machine().currentCpu()];
  }
}
