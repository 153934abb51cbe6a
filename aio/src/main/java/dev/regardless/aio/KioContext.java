package dev.regardless.aio;

import dev.regardless.kernel.AtomicCell;
import dev.regardless.kernel.ListHead;
import dev.regardless.kernel.Mutex;
import dev.regardless.kernel.PercpuRef;
import dev.regardless.kernel.SpinLock;
import dev.regardless.kernel.WaitQueueHead;
import dev.regardless.memory.CellFactory;
import dev.regardless.memory.KernelObject;
import dev.regardless.memory.LongCell;
import dev.regardless.memory.RefCell;

/**
 * struct kioctx of fs/aio.c: one aio context. Made by io_setup, named by its ring's user address, killed by io_destroy or
 * exit, freed by RCU work once the last request has gone ({@link ContextTeardown}).
 *
 * <p>{@code users} counts the table slot and each system call inside; {@code reqs} counts the context's own life, the
 * users and each request.
 */
public final class KioContext extends KernelObject {

  /** Holds the context's place in the table and its system calls. */
  public final PercpuRef users;

  /** Holds the context while requests live. */
  public final PercpuRef reqs;

  /** dead: 1 once killed. */
  public final AtomicCell dead;

  /** user_id: the ring's user address. */
  public final LongCell userId;

  /** id: index in the table. */
  public final LongCell id;

  /** max_reqs: what io_setup was asked for; counted in aio_nr. */
  public final LongCell maxReqs;

  /** nr_events: events that the ring holds. */
  public final LongCell nrEvents;

  /** req_batch: slots that a CPU takes and gives back at a time. */
  public final LongCell reqBatch;

  /** ring_folios. */
  public final RefCell<CompletionRing> ring;

  /** rq_wait: who waits for the last request; null for nobody. */
  public final RefCell<ContextWait> rqWait;

  /** reqs_available: slots that no CPU holds. */
  public final AtomicCell reqsAvailable;

  /** kioctx_cpu: slots that each CPU holds. */
  public final PerCpuRequests perCpu;

  /** ctx_lock: protects active_reqs; taken before a wait queue's lock. */
  public final SpinLock ctxLock;

  /** active_reqs: requests that can be cancelled. */
  public final ListHead activeReqs;

  /** ring_lock: readers of the ring in the kernel exclude one another. */
  public final Mutex ringLock;

  /** wait: sleepers in io_getevents. */
  public final WaitQueueHead wait;

  /** tail: the kernel's copy of the ring's tail. Protected by {@link #completionLock}, as is the next field. */
  public final LongCell tail;

  /** completed_events: posted events whose slot has not been returned. */
  public final LongCell completedEvents;

  /** completion_lock: innermost. */
  public final SpinLock completionLock;

  /** free_rwork and the references' callbacks. */
  final ContextTeardown teardown;

  /** A context of {@code aio}. */
  public KioContext(CellFactory cells, AioSubsystem aio) {
    super(cells);
    teardown = new ContextTeardown(cells.embedded(this, "teardown"), this, aio);
    users = new PercpuRef(aio.kernel(), cells.embedded(this, "users"), teardown::freeUsers, null);
    reqs = new PercpuRef(aio.kernel(), cells.embedded(this, "reqs"), teardown::freeReqs, null);
    dead = new AtomicCell(cells, "dead");
    userId = new LongCell(cells, "user_id");
    id = new LongCell(cells, "id");
    maxReqs = new LongCell(cells, "max_reqs");
    nrEvents = new LongCell(cells, "nr_events");
    reqBatch = new LongCell(cells, "req_batch");
    ring = new RefCell<>(cells, "ring_folios", CompletionRing.class);
    rqWait = new RefCell<>(cells, "rq_wait", ContextWait.class);
    reqsAvailable = new AtomicCell(cells, "reqs_available");
    perCpu = new PerCpuRequests(cells.embedded(this, "cpu"));
    ctxLock = new SpinLock(cells, "ctx_lock");
    activeReqs = new ListHead(cells.embedded(this, "active_reqs"), this);
    ringLock = new Mutex(aio.kernel(), cells.embedded(this, "ring_lock"));
    wait = new WaitQueueHead(cells.embedded(this, "wait"));
    tail = new LongCell(cells, "tail");
    completedEvents = new LongCell(cells, "completed_events");
    completionLock = new SpinLock(cells, "completion_lock");
  }
}
