package dev.regardless.kernel;

import dev.regardless.memory.CellFactory;
import dev.regardless.memory.KernelObject;
import dev.regardless.memory.RefCell;

/** struct callback_head as task_work_add uses it: work that a task does before it returns to user mode. */
public final class TaskWork extends KernelObject {

  private final Runnable function;
  private final RefCell<TaskWork> next;

  public TaskWork(CellFactory cells, Runnable function) {
    super(cells);
    this.function = function;
    this.next = new RefCell<>(cells, "next", TaskWork.class);
  }

  RefCell<TaskWork> next() {
    return next;
  }

  void run() {
    function.run();
  }
}
