package dev.regardless.scenario.structure;

import dev.regardless.kernel.AtomicCell;
import dev.regardless.machine.Machine;
import dev.regardless.machine.Ordering;
import dev.regardless.machine.PropertyKind;
import dev.regardless.memory.CellFactory;
import dev.regardless.memory.KernelObject;
import dev.regardless.memory.LongCell;
import dev.regardless.memory.RefCell;

/** A node of a concurrent structure: written plainly before it is put in, and to be taken out once. */
final class Item extends KernelObject {

  private final LongCell value;
  private final AtomicCell taken;
  private final RefCell<Item> next;

  Item(CellFactory cells) {
    super(cells);
    value = new LongCell(cells, "value");
    taken = new AtomicCell(cells, "taken");
    next = new RefCell<>(cells, "next", Item.class);
  }

  RefCell<Item> next() {
    return next;
  }

  /** Before it is put in. */
  void fill() {
    value.write(number());
  }

  /** After it was taken out: must see what {@link #fill} wrote, and be the only one. */
  void take(Machine machine) {
    if (value.read() != number()) {
      machine.violation(PropertyKind.INVARIANT, name() + " was taken out before it was filled");
    }
    if (taken.fetchAdd(1, Ordering.RELAXED) != 0) {
      machine.violation(PropertyKind.INVARIANT, name() + " was taken out twice");
    }
  }

  boolean isTaken() {
    return taken.read() != 0;
  }
}
