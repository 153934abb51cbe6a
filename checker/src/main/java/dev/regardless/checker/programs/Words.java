package dev.regardless.checker.programs;

import dev.regardless.memory.CellFactory;
import dev.regardless.memory.KernelObject;
import dev.regardless.memory.LongCell;
import dev.regardless.scenario.ScenarioContext;

/** An array of shared words. */
final class Words extends KernelObject {

  private final int first;

  private Words(CellFactory cells, int count, long initial) {
    super(cells);
    this.first = new LongCell(cells, "0", initial).location();
    for (int i = 1; i < count; i++) {
      new LongCell(cells, Integer.toString(i), initial);
    }
  }

  /** Locations of {@code count} words that hold {@code initial}: the first one; the others follow. */
  static int create(ScenarioContext context, String name, int count, long initial) {
    return context.create(name, cells -> new Words(cells, count, initial)).first;
  }
}
