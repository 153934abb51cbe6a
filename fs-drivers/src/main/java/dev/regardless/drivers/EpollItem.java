package dev.regardless.drivers;

import dev.regardless.kernel.Kernel;
import dev.regardless.kernel.ListHead;
import dev.regardless.kernel.RcuHead;
import dev.regardless.kernel.WaitQueueEntry;
import dev.regardless.kernel.WaitQueueHead;
import dev.regardless.machine.PropertyKind;
import dev.regardless.memory.CellFactory;
import dev.regardless.memory.KernelObject;
import dev.regardless.memory.LongCell;
import dev.regardless.memory.RefCell;
import dev.regardless.vfs.File;
import dev.regardless.vfs.PollEvents;
import dev.regardless.vfs.PollTable;

/**
 * struct epitem of fs/eventpoll.c: one file that an epoll instance watches, with its entries on the file's queues (struct
 * eppoll_entry). It is the poll table of its own polls, which all happen under the instance's mutex.
 */
final class EpollItem extends KernelObject implements PollTable {

  /** Queues of one file. */
  private static final int MOST_QUEUES = 4;

  /** EPOLLONESHOT, EPOLLET, EPOLLEXCLUSIVE, EPOLLWAKEUP: what is no poll event. */
  static final long PRIVATE_BITS = 1L << 30 | 1L << 31 | 1L << 28 | 1L << 29;

  static final long ONE_SHOT = 1L << 30;
  static final long EDGE_TRIGGERED = 1L << 31;
  static final long EXCLUSIVE = 1L << 28;

  private final Kernel kernel;
  private final Entry[] entries = new Entry[MOST_QUEUES];
  private final LongCell queues;
  private final LongCell queueing;

  /** ep. */
  final RefCell<EpollInstance> instance;

  /** ffd.file. */
  final RefCell<File> file;

  /** ffd.fd. */
  final LongCell descriptor;

  /** event.events: poll bits and {@link #PRIVATE_BITS}. */
  final LongCell events;

  /** event.data. */
  final LongCell data;

  /** dying: eventpoll_release_file is about to remove it. */
  final LongCell dying;

  /** rdllink: on the ready list, or on the one being looked through. */
  final ListHead ready;

  /** Whether it is on ovflist. */
  final LongCell overflowed;

  /** next: in ovflist. */
  final RefCell<EpollItem> nextOverflowed;

  /** rbn: among the instance's items. */
  final ListHead sibling;

  /** fllink: among all items; Linux has a list for each file. */
  final ListHead global;

  /** rcu. */
  final RcuHead rcu;

  EpollItem(CellFactory cells, Kernel kernel, Epoll owner) {
    super(cells);
    this.kernel = kernel;
    queues = new LongCell(cells, "nwait");
    queueing = new LongCell(cells, "_qproc");
    instance = new RefCell<>(cells, "ep", EpollInstance.class);
    file = new RefCell<>(cells, "file", File.class);
    descriptor = new LongCell(cells, "fd");
    events = new LongCell(cells, "events");
    data = new LongCell(cells, "data");
    dying = new LongCell(cells, "dying");
    overflowed = new LongCell(cells, "on_ovflist");
    nextOverflowed = new RefCell<>(cells, "next", EpollItem.class);
    ready = new ListHead(cells.embedded(this, "rdllink"), this);
    sibling = new ListHead(cells.embedded(this, "rbn"), this);
    global = new ListHead(cells.embedded(this, "fllink"), this);
    rcu = new RcuHead(cells.machine(), () -> owner.freeItem(this));
    for (int i = 0; i < entries.length; i++) {
      entries[i] = new Entry(cells.embedded(this, "pwq[" + i + ']'));
    }
  }

  void init(EpollInstance owner, File watched, int fd, long wanted, long user) {
    queues.write(0);
    queueing.write(0);
    instance.write(owner);
    file.write(watched);
    descriptor.write(fd);
    events.write(wanted);
    data.write(user);
    dying.write(0);
    overflowed.write(0);
    nextOverflowed.write(null);
    ready.init();
  }

  /** struct eppoll_entry. */
  private final class Entry extends KernelObject {
    private final WaitQueueEntry wait;
    private final RefCell<WaitQueueHead> head;

    Entry(CellFactory cells) {
      super(cells);
      wait = new WaitQueueEntry(cells.embedded(this, "wait"), (entry, mode, flags, key) -> wake(this, key));
      head = new RefCell<>(cells, "whead", WaitQueueHead.class);
    }
  }

  /** ep_poll_callback: under the lock of the file's queue. */
  private int wake(Entry entry, long key) {
    boolean woke = instance.read().wake(this, key);
    if ((key & PollEvents.POLLFREE) != 0) {
      entry.wait.entry().deleteInit();
      // Last: whoever reads null may free this item. Pairs with removeFromQueues.
      entry.head.storeRelease(null);
    }
    return woke || (events.read() & EXCLUSIVE) == 0 ? 1 : 0;
  }

  @Override
  public boolean hasQueueProc() {
    return queueing.read() != 0;
  }

  /** ep_ptable_queue_proc. */
  @Override
  public void queueProc(File polled, WaitQueueHead head) {
    int index = (int) queues.read();
    if (index == entries.length) {
      kernel.machine().violation(PropertyKind.ASSERTION, "a file with more than " + index + " queues in epoll");
      return;
    }
    queues.write(index + 1L);
    Entry entry = entries[index];
    entry.head.write(head);
    entry.wait.init(null);
    if ((events.read() & EXCLUSIVE) != 0) {
      head.addWaitQueueExclusive(entry.wait);
    } else {
      head.addWaitQueue(entry.wait);
    }
  }

  @Override
  public long key() {
    return events.read();
  }

  /** init_poll_funcptr with ep_ptable_queue_proc: the next poll queues, or none does any more. */
  void setQueueing(boolean is) {
    queueing.write(is ? 1 : 0);
  }

  /** Whether it is on the ready list: ep_is_linked. */
  boolean isLinked() {
    return !ready.isEmpty();
  }

  /** ep_unregister_pollwait: rcu_read_lock keeps a queue that POLLFREE announces. */
  void removeFromQueues() {
    long count = queues.read();
    queues.write(0);
    for (int i = 0; i < count; i++) {
      kernel.rcu().readLock();
      WaitQueueHead head = entries[i].head.loadAcquire();
      if (head != null) {
        head.removeWaitQueue(entries[i].wait);
      }
      kernel.rcu().readUnlock();
    }
  }
}
