package dev.regardless.tests.kernel;

import dev.regardless.memory.CellFactory;
import dev.regardless.memory.KernelObject;
import dev.regardless.memory.LongCell;

/** A few plain cells for tests. */
final class Counter extends KernelObject {
  final LongCell value;
  final LongCell other;

  Counter(CellFactory cells) {
    super(cells);
    value = new LongCell(cells, "value");
    other = new LongCell(cells, "other");
  }

  /** An increment that is not atomic. */
  void increment() {
    value.write(value.read() + 1);
  }
}
