package dev.regardless.kernel;

import dev.regardless.machine.AwaitCondition;
import dev.regardless.machine.KernelPrimitives;
import dev.regardless.memory.CellFactory;
import dev.regardless.memory.KernelObject;
import dev.regardless.memory.LongCell;

/**
 * struct work_struct with its function. {@link #init} it in allocated objects. Source: kernel/workqueue.c (6.x):
 * queue_work_on, process_one_work, set_work_pool_and_clear_pending, Non-reentrance.
 *
 * <p>PENDING is cleared before the function runs, with a write barrier before and a full one after: a refused queueing
 * still makes the refused one's earlier stores visible to the run. Nothing of the item is touched once its function runs,
 * so the function may free the object around it.
 *
 * <p>A pending item whose earlier run is still going on waits for it, as find_worker_executing_work arranges. What is
 * running is recorded outside the item, in the worker's {@link Task}: the item remembers who ran it last and which of that
 * thread's works it was, the task counts the works it completed.
 */
public final class WorkItem extends KernelObject {

  /** WORK_STRUCT_PENDING_BIT. */
  private static final int PENDING_BIT = 0;

  private static final int COUNT_BITS = 40;

  private final Kernel kernel;
  private final KernelPrimitives primitives;
  private final AtomicCell data;
  private final LongCell lastRun;
  private final Runnable function;
  private final Runnable body;

  public WorkItem(Kernel kernel, CellFactory cells, Runnable function) {
    super(cells);
    this.kernel = kernel;
    this.primitives = cells.machine().primitives();
    this.data = new AtomicCell(cells, "data");
    this.lastRun = new LongCell(cells, "last_run");
    this.function = function;
    this.body = this::process;
  }

  /** INIT_WORK. */
  public void init() {
    data.set(0);
    lastRun.write(0);
  }

  /** work_pending. */
  public boolean isPending() {
    return data.testBit(PENDING_BIT);
  }

  /** test_and_set_bit(WORK_STRUCT_PENDING_BIT): true if this call made it pending. */
  boolean claim() {
    return !data.testAndSetBit(PENDING_BIT);
  }

  Runnable body() {
    return body;
  }

  /** process_one_work. */
  private void process() {
    awaitRun(lastRun.read());
    Task worker = kernel.current();
    long run = worker.completedWork().read() + 1;
    lastRun.write(((long) (worker.thread() + 1) << COUNT_BITS) | run);
    primitives.smpWmb();
    data.set(0);
    primitives.smpMb();
    function.run();
    worker.completedWork().storeRelease(run);
  }

  /** flush_work: waits until the item is neither pending nor running. The item must stay alive. */
  public void flush() {
    kernel.barriers().conditionalLoadAcquire(data.location(), AwaitCondition.NO_BIT, 1L << PENDING_BIT);
    awaitRun(lastRun.read());
  }

  private void awaitRun(long run) {
    if (run != 0) {
      Task worker = kernel.task((int) (run >>> COUNT_BITS) - 1);
      long count = run & ((1L << COUNT_BITS) - 1);
      kernel.barriers().conditionalLoadAcquire(worker.completedWork(), AwaitCondition.AT_LEAST, count);
    }
  }
}
