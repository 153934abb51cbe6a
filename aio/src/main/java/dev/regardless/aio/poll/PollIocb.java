package dev.regardless.aio.poll;

import dev.regardless.aio.AioKiocb;
import dev.regardless.kernel.WaitQueueEntry;
import dev.regardless.kernel.WaitQueueHead;
import dev.regardless.kernel.WorkItem;
import dev.regardless.memory.CellFactory;
import dev.regardless.memory.FlagCell;
import dev.regardless.memory.KernelObject;
import dev.regardless.memory.LongCell;
import dev.regardless.memory.RefCell;

/**
 * struct poll_iocb of fs/aio.c: what every design keeps for a poll. Designs add their own flags in subclasses.
 *
 * <p>The wait queue's lock protects the entry's place on the queue; {@code head} is written once by the poll method.
 */
public class PollIocb extends KernelObject {

  /** head: the queue that the request is on or was on; null before the file's poll method put it there. */
  public final RefCell<WaitQueueHead> head;

  /** events: the poll bits asked for, with ERR and HUP. */
  public final LongCell events;

  /** cancelled. */
  public final FlagCell cancelled;

  /** wait: the entry; its function is the protocol's wake. */
  public final WaitQueueEntry wait;

  /** work: its function is the protocol's work. */
  public final WorkItem work;

  /** work once more, after INIT_WORK with aio_poll_put_work: drops the reference that a wake may not drop itself. */
  public final WorkItem putWork;

  private final AioKiocb request;

  /** The poll part of {@code request}, calling back {@code protocol}. */
  public PollIocb(CellFactory cells, AioKiocb request, PollProtocol protocol) {
    super(cells);
    this.request = request;
    head = new RefCell<>(cells, "head", WaitQueueHead.class);
    events = new LongCell(cells, "events");
    cancelled = new FlagCell(cells, "cancelled");
    wait = new WaitQueueEntry(
        cells.embedded(this, "wait"), (entry, mode, flags, key) -> protocol.wake(request, key) ? 1 : 0);
    work = new WorkItem(protocol.kernel(), cells.embedded(this, "work"), () -> protocol.work(request));
    putWork = new WorkItem(protocol.kernel(), cells.embedded(this, "put_work"), () -> protocol.life().put(request));
  }

  /** container_of. */
  public final AioKiocb request() {
    return request;
  }
}
