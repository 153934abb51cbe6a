package dev.regardless.aio;

import dev.regardless.kernel.RcuHead;
import dev.regardless.memory.CellFactory;
import dev.regardless.memory.KernelObject;
import dev.regardless.memory.RefCell;
import java.util.ArrayList;
import java.util.List;

/** struct kioctx_table of fs/aio.c: a process's contexts by number, read under RCU, replaced when it grows. */
final class IoContextTable extends KernelObject {

  /** table[]. */
  final List<RefCell<KioContext>> table;

  /** rcu. */
  final RcuHead rcu;

  IoContextTable(CellFactory cells, int size, AioSubsystem aio) {
    super(cells);
    List<RefCell<KioContext>> slots = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      slots.add(new RefCell<>(cells, "table[" + i + ']', KioContext.class));
    }
    table = List.copyOf(slots);
    rcu = new RcuHead(cells.machine(), () -> aio.freeTable(this));
  }
}
