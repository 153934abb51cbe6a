package dev.regardless.kernel;

import dev.regardless.machine.Machine;
import dev.regardless.machine.ThreadKind;
import dev.regardless.machine.Tracepoint;

/**
 * struct workqueue_struct, unbounded: each accepted item gets a worker of its own at once. Source: kernel/workqueue.c
 * (6.x); max_active is left out, so any number of items run concurrently.
 */
public final class WorkQueue {

  /** workqueue:queue_work. */
  public static final Tracepoint QUEUE_WORK = new Tracepoint("workqueue:queue_work", "object", "accepted");

  private final Machine machine;

  public WorkQueue(Machine machine) {
    this.machine = machine;
  }

  /**
   * queue_work; schedule_work on the system queue.
   *
   * @return false if the item was pending already, so that its next run serves this caller too
   */
  public boolean queue(WorkItem work) {
    boolean accepted = work.claim();
    machine.tracepoint(QUEUE_WORK, work.number(), accepted ? 1 : 0);
    if (accepted) {
      machine.spawn(ThreadKind.WORKER, work.body(), 0);
    }
    return accepted;
  }

  /** queue_rcu_work: queues the work after a grace period. */
  public boolean queueRcu(RcuWork work) {
    if (!work.item().claim()) {
      return false;
    }
    machine.spawn(ThreadKind.RCU_CALLBACK, work.head().body(), 0);
    return true;
  }
}
