package dev.regardless.drivers;

import dev.regardless.kernel.Kernel;
import dev.regardless.kernel.ListHead;
import dev.regardless.kernel.Mutex;
import dev.regardless.kernel.RefCount;
import dev.regardless.kernel.SpinLock;
import dev.regardless.kernel.WaitQueueHead;
import dev.regardless.memory.CellFactory;
import dev.regardless.memory.KernelObject;
import dev.regardless.memory.LongCell;
import dev.regardless.memory.RefCell;
import dev.regardless.vfs.PollEvents;

/**
 * struct eventpoll of fs/eventpoll.c (6.18): what one epoll file watches and what of it is ready.
 *
 * <p>Protocol. {@code mtx} protects the items and is held while the ready list is looked through; the list itself, and
 * {@code ovflist}, which takes wake-ups meanwhile, belong to {@code lock}. A wake-up comes with the lock of the file's queue
 * held, takes {@code lock}, then the locks of {@code wq} and, after letting {@code lock} go, of {@code poll_wait}.
 */
final class EpollInstance extends KernelObject {

  /** refcount: the file's, and one for each item. */
  final RefCount references;

  /** mtx. */
  final Mutex mutex;

  /** lock. */
  final SpinLock lock;

  /** wq: sleepers in epoll_wait. */
  final WaitQueueHead sleepers;

  /** rbr: all items. */
  final ListHead items;

  /** txlist: the ready items while they are looked through, by whoever holds the mutex. */
  final ListHead scanned;

  private final WaitQueueHead pollers;
  private final ListHead readyList;
  private final LongCell scanning;
  private final RefCell<EpollItem> overflow;

  EpollInstance(CellFactory cells, Kernel kernel) {
    super(cells);
    references = new RefCount(cells, "refcount");
    mutex = new Mutex(kernel, cells.embedded(this, "mtx"));
    lock = new SpinLock(cells, "lock");
    sleepers = new WaitQueueHead(cells.embedded(this, "wq"));
    pollers = new WaitQueueHead(cells.embedded(this, "poll_wait"));
    items = new ListHead(cells.embedded(this, "rbr"), this);
    readyList = new ListHead(cells.embedded(this, "rdllist"), this);
    scanned = new ListHead(cells.embedded(this, "txlist"), this);
    scanning = new LongCell(cells, "ovflist.active");
    overflow = new RefCell<>(cells, "ovflist", EpollItem.class);
  }

  void init() {
    mutex.init();
    lock.init();
    sleepers.init();
    pollers.init();
    items.init();
    readyList.init();
    scanned.init();
    scanning.write(0);
    references.set(1);
    overflow.write(null);
  }

  /** poll_wait: whoever polls the epoll file itself. */
  WaitQueueHead pollers() {
    return pollers;
  }

  /** ep_events_available. */
  boolean hasEvents() {
    return !readyList.isEmptyCareful() || scanning.readOnce() != 0;
  }

  /**
   * ep_poll_callback, without what is the entry's.
   *
   * @return whether it woke a sleeper that an exclusive wake-up may be spent on
   */
  boolean wake(EpollItem item, long key) {
    boolean woke = false;
    boolean tellPollers = false;
    lock.lockIrqsave();
    long wanted = item.events.read();
    boolean disabled = (wanted & ~EpollItem.PRIVATE_BITS) == 0;
    if (!disabled && (key == 0 || (key & wanted) != 0)) {
      if (scanning.read() != 0) {
        addToOverflow(item);
      } else if (!item.isLinked()) {
        readyList.addTail(item.ready);
      }
      if (sleepers.waitqueueActive()) {
        woke = (wanted & EpollItem.EXCLUSIVE) != 0 && (key & PollEvents.POLLFREE) == 0;
        sleepers.wakeUp();
      }
      tellPollers = pollers.waitqueueActive();
    }
    lock.unlockIrqrestore();
    if (tellPollers) {
      wakePollers();
    }
    return woke;
  }

  private void addToOverflow(EpollItem item) {
    if (item.overflowed.read() == 0) {
      item.overflowed.write(1);
      item.nextOverflowed.write(overflow.read());
      overflow.write(item);
    }
  }

  /** ep_poll_safewake. */
  void wakePollers() {
    pollers.wakeUpPoll(PollEvents.IN);
  }

  /** The end of ep_insert and ep_modify: the file was ready already. */
  void addReady(EpollItem item) {
    boolean tellPollers = false;
    lock.lockIrqsave();
    if (!item.isLinked()) {
      readyList.addTail(item.ready);
      if (sleepers.waitqueueActive()) {
        sleepers.wakeUp();
      }
      tellPollers = pollers.waitqueueActive();
    }
    lock.unlockIrqrestore();
    if (tellPollers) {
      wakePollers();
    }
  }

  /** Takes an item that goes off the ready list: part of __ep_remove. */
  void removeReady(EpollItem item) {
    lock.lockIrqsave();
    if (item.isLinked()) {
      item.ready.deleteInit();
    }
    lock.unlockIrqrestore();
  }

  /** ep_start_scan: the ready items become {@link #scanned}; wake-ups go to ovflist. With the mutex held. */
  void startScan() {
    lock.lockIrqsave();
    moveAll(readyList, scanned);
    overflow.write(null);
    scanning.writeOnce(1);
    lock.unlockIrqrestore();
  }

  /** ep_done_scan: what was woken meanwhile, and what is left of {@link #scanned}, is ready. */
  void finishScan() {
    lock.lockIrqsave();
    EpollItem item = overflow.read();
    while (item != null) {
      EpollItem next = item.nextOverflowed.read();
      item.overflowed.write(0);
      if (!item.isLinked()) {
        // Newest first in ovflist, hence oldest first here.
        readyList.add(item.ready);
      }
      item = next;
    }
    scanning.writeOnce(0);
    while (!scanned.isEmpty()) {
      ListHead last = scanned.previous();
      last.delete();
      readyList.add(last);
    }
    if (!readyList.isEmpty() && sleepers.waitqueueActive()) {
      sleepers.wakeUp();
    }
    lock.unlockIrqrestore();
  }

  /** While scanning: the item stays ready, behind the others (level-triggered). */
  void keepReady(EpollItem item) {
    readyList.addTail(item.ready);
  }

  /** list_splice_init. */
  private static void moveAll(ListHead from, ListHead to) {
    while (!from.isEmpty()) {
      ListHead first = from.first();
      first.delete();
      to.addTail(first);
    }
  }
}
