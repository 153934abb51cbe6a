package dev.regardless.aio.workload;

import dev.regardless.kernel.AtomicCell;
import dev.regardless.memory.CellFactory;
import dev.regardless.memory.KernelObject;
import dev.regardless.memory.LongCell;

/** Variables that the programs of a workload share. */
final class WorkloadControl extends KernelObject {

  /** 1 once files are open and contexts set up. */
  final LongCell started;

  /** Pollers that have not left. */
  final AtomicCell pollersLeft;

  /** Programs that have not left, pollers included. */
  final AtomicCell programsLeft;

  WorkloadControl(CellFactory cells) {
    super(cells);
    started = new LongCell(cells, "started");
    pollersLeft = new AtomicCell(cells, "pollers_left");
    programsLeft = new AtomicCell(cells, "programs_left");
  }
}
