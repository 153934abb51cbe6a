package dev.regardless.kernel;

import dev.regardless.machine.Machine;
import dev.regardless.machine.ThreadKind;
import dev.regardless.memory.CellFactory;

/** struct rcu_work: a work item that runs after a grace period ({@link WorkQueue#queueRcu}). kernel/workqueue.c (6.x). */
public final class RcuWork {

  private final Machine machine;
  private final WorkItem item;
  private final RcuHead head;

  /** {@code cells} is already that of the embedding field. */
  public RcuWork(Kernel kernel, CellFactory cells, Runnable function) {
    this.machine = cells.machine();
    this.item = new WorkItem(kernel, cells, function);
    this.head = new RcuHead(machine, this::queueAfterGracePeriod);
  }

  /** INIT_RCU_WORK. */
  public void init() {
    item.init();
  }

  /** rcu_work_rcufn: the item is pending since queue_rcu_work. */
  private void queueAfterGracePeriod() {
    machine.spawn(ThreadKind.WORKER, item.body(), 0);
  }

  WorkItem item() {
    return item;
  }

  RcuHead head() {
    return head;
  }
}
