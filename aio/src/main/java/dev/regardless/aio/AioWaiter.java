package dev.regardless.aio;

import dev.regardless.kernel.Kernel;
import dev.regardless.kernel.Task;
import dev.regardless.kernel.Timer;
import dev.regardless.kernel.WaitQueueEntry;
import dev.regardless.memory.CellFactory;
import dev.regardless.memory.KernelObject;
import dev.regardless.memory.LongCell;
import dev.regardless.memory.RefCell;

/**
 * struct aio_waiter of fs/aio.c (6.8 and later) and the hrtimer_sleeper beside it: what read_events has on its stack. There
 * is one for each task, made at set-up, since a task sleeps in one io_getevents at a time.
 */
final class AioWaiter extends KernelObject {

  /** w. */
  final WaitQueueEntry entry;

  /** min_nr: events that this sleeper still wants. */
  final LongCell minimum;

  /** t.task: cleared when the time is up. */
  final RefCell<Task> sleeper;

  /** t.timer. */
  final Timer timer;

  AioWaiter(Kernel kernel, CellFactory cells) {
    super(cells);
    entry = new WaitQueueEntry(cells.embedded(this, "w"), WaitQueueEntry::autoremoveWakeFunction);
    minimum = new LongCell(cells, "min_nr");
    sleeper = new RefCell<>(cells, "t.task", Task.class);
    timer = new Timer(kernel, cells.embedded(this, "t.timer"), this::timeUp);
  }

  /** hrtimer_wakeup. */
  private void timeUp() {
    Task task = sleeper.read();
    sleeper.write(null);
    if (task != null) {
      task.wakeUpProcess();
    }
  }
}
