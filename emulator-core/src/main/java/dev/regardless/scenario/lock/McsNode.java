package dev.regardless.scenario.lock;

import dev.regardless.kernel.SmpBarriers;
import dev.regardless.machine.AwaitCondition;
import dev.regardless.memory.CellFactory;
import dev.regardless.memory.KernelObject;
import dev.regardless.memory.LongCell;
import dev.regardless.memory.RefCell;

/** struct mcs_spinlock (kernel/locking/mcs_spinlock.h, 6.9): one waiter, spinning on a word of its own. */
final class McsNode extends KernelObject {

  private final SmpBarriers barriers;
  private final RefCell<McsNode> next;
  private final LongCell locked;

  McsNode(SmpBarriers barriers, CellFactory cells) {
    super(cells);
    this.barriers = barriers;
    this.next = new RefCell<>(cells, "next", McsNode.class);
    this.locked = new LongCell(cells, "locked");
  }

  void init() {
    locked.write(0);
    next.write(null);
  }

  RefCell<McsNode> next() {
    return next;
  }

  /** The successor, once it has announced itself. */
  McsNode awaitNext() {
    barriers.conditionalLoadRelaxed(next.location(), AwaitCondition.NOT_EQUAL, 0);
    return next.readOnce();
  }

  /** arch_mcs_spin_lock_contended. */
  void awaitHandover(boolean acquire) {
    if (acquire) {
      barriers.conditionalLoadAcquire(locked, AwaitCondition.NOT_EQUAL, 0);
    } else {
      barriers.conditionalLoadRelaxed(locked, AwaitCondition.NOT_EQUAL, 0);
    }
  }

  /** arch_mcs_spin_unlock_contended. */
  void handOver(boolean release) {
    if (release) {
      locked.storeRelease(1);
    } else {
      locked.writeOnce(1);
    }
  }
}
