package dev.regardless.aio.scenario;

import dev.regardless.kernel.AtomicCell;
import dev.regardless.memory.CellFactory;
import dev.regardless.memory.KernelObject;
import dev.regardless.scenario.ScenarioContext;

/** How often something happened, over all threads. */
final class Occurrences extends KernelObject {

  private final AtomicCell count;

  private Occurrences(CellFactory cells) {
    super(cells);
    count = new AtomicCell(cells, "count");
  }

  static Occurrences create(ScenarioContext scenario, String of) {
    return scenario.create(of, Occurrences::new);
  }

  void add(long times) {
    count.add(times);
  }

  long all() {
    return count.read();
  }
}
