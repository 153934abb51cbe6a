package dev.regardless.kernel;

import dev.regardless.memory.CellFactory;
import dev.regardless.memory.KernelObject;
import dev.regardless.memory.RefCell;

/** One arming of a {@link Timer}: started by the machine when its time is up, empty if the timer was deleted before. */
final class TimerSlot extends KernelObject {

  private final RefCell<Timer> timer;
  private final Runnable body;

  TimerSlot(Kernel kernel, CellFactory cells) {
    super(cells);
    this.timer = new RefCell<>(cells, "timer", Timer.class);
    this.body = () -> Timer.expire(kernel, this);
  }

  RefCell<Timer> timer() {
    return timer;
  }

  Runnable body() {
    return body;
  }
}
