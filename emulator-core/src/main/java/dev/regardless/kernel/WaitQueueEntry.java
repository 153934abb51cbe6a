package dev.regardless.kernel;

import dev.regardless.memory.CellFactory;
import dev.regardless.memory.KernelObject;
import dev.regardless.memory.LongCell;
import dev.regardless.memory.RefCell;
import org.jspecify.annotations.Nullable;

/**
 * struct wait_queue_entry: one who waits on a {@link WaitQueueHead}. The function is fixed when the shell is made; in
 * Linux it is a field, set once at initialisation. Source: include/linux/wait.h, kernel/sched/wait.c (6.x).
 */
public final class WaitQueueEntry extends KernelObject {

  /** WQ_FLAG_EXCLUSIVE. */
  public static final long EXCLUSIVE = 1;

  private final WaitFunction function;
  private final LongCell flags;
  private final RefCell<Task> task;
  private final ListHead entry;

  public WaitQueueEntry(CellFactory cells, WaitFunction function) {
    super(cells);
    this.function = function;
    this.flags = new LongCell(cells, "flags");
    this.task = new RefCell<>(cells, "private", Task.class);
    this.entry = new ListHead(cells.embedded(this, "entry"), this);
  }

  /** init_waitqueue_func_entry, init_waitqueue_entry: flags 0, the task; leaves the list node alone. */
  public void init(@Nullable Task waiter) {
    flags.write(0);
    task.write(waiter);
  }

  /** init_wait, DEFINE_WAIT: as {@link #init}, with an empty list node. */
  public void initWait(Task waiter) {
    init(waiter);
    entry.init();
  }

  /** The list node: its {@link ListHead#container} is this entry. */
  public ListHead entry() {
    return entry;
  }

  /** wait-&gt;private. */
  public Task task() {
    return task.read();
  }

  long flags() {
    return flags.read();
  }

  void setFlags(long value) {
    flags.write(value);
  }

  int wake(int mode, int wakeFlags, long key) {
    return function.wake(this, mode, wakeFlags, key);
  }

  /** default_wake_function. */
  public static int defaultWakeFunction(WaitQueueEntry entry, int mode, int flags, long key) {
    return entry.task().tryToWakeUp(mode) ? 1 : 0;
  }

  /** autoremove_wake_function: who was woken is off the queue, visibly to list_empty_careful. */
  public static int autoremoveWakeFunction(WaitQueueEntry entry, int mode, int flags, long key) {
    int woken = defaultWakeFunction(entry, mode, flags, key);
    if (woken != 0) {
      entry.entry.deleteInitCareful();
    }
    return woken;
  }
}
