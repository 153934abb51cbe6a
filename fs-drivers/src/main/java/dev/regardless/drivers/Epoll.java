package dev.regardless.drivers;

import dev.regardless.kernel.Kernel;
import dev.regardless.kernel.ListHead;
import dev.regardless.kernel.Mutex;
import dev.regardless.kernel.SpinLock;
import dev.regardless.kernel.Task;
import dev.regardless.kernel.Timer;
import dev.regardless.kernel.WaitQueueEntry;
import dev.regardless.memory.CellFactory;
import dev.regardless.memory.KernelObject;
import dev.regardless.memory.KmemCache;
import dev.regardless.vfs.Errno;
import dev.regardless.vfs.File;
import dev.regardless.vfs.FileOperations;
import dev.regardless.vfs.OpenFlags;
import dev.regardless.vfs.PollEvents;
import dev.regardless.vfs.PollTable;
import dev.regardless.vfs.Vfs;
import org.jspecify.annotations.Nullable;

/**
 * epoll: a poller that stays on the queues of its files, and a file that can be polled itself, also by another epoll. Source:
 * fs/eventpoll.c (6.18), without busy polling and wakeup sources. A file that is closed is taken out before it is released;
 * until then it may be polled without a reference, as before epi_fget (6.10).
 */
public final class Epoll {

  /** EPOLL_CTL_ADD. */
  public static final int ADD = 1;

  /** EPOLL_CTL_DEL. */
  public static final int DELETE = 2;

  /** EPOLL_CTL_MOD. */
  public static final int MODIFY = 3;

  /** EP_MAX_NESTS. */
  private static final int MOST_NESTED = 4;

  private static final int ALWAYS = PollEvents.ERR | PollEvents.HUP;

  private final Kernel kernel;
  private final Vfs vfs;
  private final KmemCache<EpollInstance> instances;
  private final KmemCache<EpollItem> items;
  private final Global global;
  private final Operations operations;

  /** epoll on one machine. */
  public Epoll(Vfs vfs) {
    this.kernel = vfs.kernel();
    this.vfs = vfs;
    this.instances = new KmemCache<>(
        kernel.machine().memory(), "eventpoll", cells -> new EpollInstance(cells, kernel));
    this.items = new KmemCache<>(
        kernel.machine().memory(), "eventpoll_epi", cells -> new EpollItem(cells, kernel, this));
    this.global = kernel.create("epoll", Global::new);
    this.operations = kernel.create("eventpoll_fops", Operations::new);
    vfs.beforeRelease(this::forget);
  }

  /** Receives what epoll_wait has found. */
  @FunctionalInterface
  public interface EventSink {

    /** Stores one event; false if its place cannot be written to. */
    boolean put(long index, long events, long data);
  }

  private final class Global extends KernelObject {

    /** epnested_mutex: one check for loops at a time. */
    private final Mutex nesting;

    /** f_lock, of all files: protects the list. */
    private final SpinLock lock;

    /** All items, of all files. */
    private final ListHead all;

    Global(CellFactory cells) {
      super(cells);
      nesting = new Mutex(kernel, cells.embedded(this, "epnested_mutex"));
      lock = new SpinLock(cells, "f_lock");
      all = new ListHead(cells.embedded(this, "items"), this);
      nesting.init();
      all.init();
    }
  }

  void freeItem(EpollItem item) {
    items.free(item);
  }

  /** epoll_create1. */
  public File open() {
    EpollInstance instance = instances.allocate();
    instance.init();
    return vfs.openFile(operations, instance, 0, OpenFlags.RDWR);
  }

  /** Whether a file is an epoll file. */
  public boolean owns(File file) {
    return file.operations() == operations;
  }

  private static EpollInstance instanceOf(File file) {
    return file.privateData(EpollInstance.class);
  }

  // ---- epoll_ctl -------------------------------------------------------------------------------------------------------

  /**
   * do_epoll_ctl with both files found.
   *
   * @param fd the descriptor under which {@code target} was named
   * @param events poll bits, EPOLLET, EPOLLONESHOT, EPOLLEXCLUSIVE
   * @return 0, or a negated errno
   */
  public long control(File epoll, int operation, File target, int fd, long events, long data) {
    if (!target.operations().hasPoll()) {
      return -Errno.EPERM;
    }
    if (target == epoll || !owns(epoll)) {
      return -Errno.EINVAL;
    }
    long refused = checkExclusive(operation, target, events);
    if (refused != 0) {
      return refused;
    }
    EpollInstance instance = instanceOf(epoll);
    boolean nesting = operation == ADD && owns(target);
    if (nesting) {
      global.nesting.lock();
      boolean loop = reaches(instanceOf(target), instance, 0);
      global.nesting.unlock();
      if (loop) {
        return -Errno.ELOOP;
      }
    }
    instance.mutex.lock();
    EpollItem item = find(instance, target, fd);
    long result = switch (operation) {
      case ADD -> item != null ? -Errno.EEXIST : insert(instance, target, fd, events | ALWAYS, data);
      case DELETE -> item == null ? -Errno.ENOENT : 0;
      case MODIFY -> item == null ? -Errno.ENOENT : modify(instance, item, events | ALWAYS, data);
      default -> -Errno.EINVAL;
    };
    boolean removed = operation == DELETE && item != null && remove(instance, item, false);
    instance.mutex.unlock();
    if (removed) {
      put(instance);
    }
    return result;
  }

  /** ep_put, never with the mutex held: its unlocking is not done when another can lock it. */
  private void put(EpollInstance instance) {
    if (instance.references.decrementAndTest()) {
      instances.free(instance);
    }
  }

  private long checkExclusive(int operation, File target, long events) {
    if ((events & EpollItem.EXCLUSIVE) == 0 || operation == DELETE) {
      return 0;
    }
    long allowed = PollEvents.IN | PollEvents.OUT | ALWAYS | EpollItem.EDGE_TRIGGERED | EpollItem.EXCLUSIVE | 1L << 29;
    boolean wrong = operation == MODIFY || (operation == ADD && (owns(target) || (events & ~allowed) != 0));
    return wrong ? -Errno.EINVAL : 0;
  }

  /** ep_loop_check: whether {@code from} watches {@code target} somewhere below, or too much is nested. */
  private boolean reaches(EpollInstance from, EpollInstance target, int depth) {
    if (from == target || depth >= MOST_NESTED) {
      return true;
    }
    from.mutex.lock();
    boolean found = false;
    for (ListHead node = from.items.first(); node != from.items && !found; node = node.next()) {
      File file = node.container(EpollItem.class).file.read();
      found = owns(file) && reaches(instanceOf(file), target, depth + 1);
    }
    from.mutex.unlock();
    return found;
  }

  private static @Nullable EpollItem find(EpollInstance instance, File file, int fd) {
    for (ListHead node = instance.items.first(); node != instance.items; node = node.next()) {
      EpollItem item = node.container(EpollItem.class);
      if (item.file.refersTo(file) && item.descriptor.read() == fd) {
        return item;
      }
    }
    return null;
  }

  /** ep_insert. */
  private long insert(EpollInstance instance, File target, int fd, long events, long data) {
    EpollItem item = items.allocate();
    item.init(instance, target, fd, events, data);
    instance.references.increment();
    instance.items.addTail(item.sibling);
    global.lock.lock();
    global.all.addTail(item.global);
    global.lock.unlock();
    item.setQueueing(true);
    long found = poll(item);
    item.setQueueing(false);
    if (found != 0) {
      instance.addReady(item);
    }
    return 0;
  }

  /** ep_modify: the new events before the look; pairs with the queue's lock in the wake-up. */
  private long modify(EpollInstance instance, EpollItem item, long events, long data) {
    item.events.write(events);
    item.data.write(data);
    kernel.primitives().smpMb();
    if (poll(item) != 0) {
      instance.addReady(item);
    }
    return 0;
  }

  /**
   * __ep_remove, with the mutex held; not if the closing file is about to do so, unless it is that that asks.
   *
   * @return whether the item is gone, and its reference to the instance is for the caller to put
   */
  private boolean remove(EpollInstance instance, EpollItem item, boolean force) {
    item.removeFromQueues();
    global.lock.lock();
    boolean mine = force || item.dying.read() == 0;
    if (mine) {
      item.global.deleteInit();
    }
    global.lock.unlock();
    if (mine) {
      item.sibling.deleteInit();
      instance.removeReady(item);
      kernel.rcu().call(item.rcu);
    }
    return mine;
  }

  /** eventpoll_release_file: a file that goes is taken out of all instances. */
  private void forget(File file) {
    EpollItem item = markDying(file);
    while (item != null) {
      EpollInstance instance = item.instance.read();
      instance.mutex.lock();
      remove(instance, item, true);
      instance.mutex.unlock();
      put(instance);
      item = markDying(file);
    }
  }

  private @Nullable EpollItem markDying(File file) {
    if (global.all.isEmpty()) {
      return null;
    }
    EpollItem found = null;
    global.lock.lock();
    for (ListHead node = global.all.first(); node != global.all && found == null; node = node.next()) {
      EpollItem item = node.container(EpollItem.class);
      if (item.file.refersTo(file)) {
        item.dying.write(1);
        found = item;
      }
    }
    global.lock.unlock();
    return found;
  }

  // ---- polling ---------------------------------------------------------------------------------------------------------

  /** ep_item_poll. */
  private long poll(EpollItem item) {
    return vfs.poll(item.file.read(), item) & item.events.read();
  }

  /** __ep_eventpoll_poll: whether something on the ready list still is ready; what is not leaves it. */
  private int look(EpollInstance instance) {
    instance.mutex.lock();
    instance.startScan();
    int events = 0;
    ListHead node = instance.scanned.first();
    while (node != instance.scanned && events == 0) {
      ListHead next = node.next();
      if (poll(node.container(EpollItem.class)) != 0) {
        events = PollEvents.IN | PollEvents.RDNORM;
      } else {
        node.deleteInit();
      }
      node = next;
    }
    instance.finishScan();
    instance.mutex.unlock();
    return events;
  }

  /** ep_send_events: number of events, or -EFAULT. */
  private long send(EpollInstance instance, EventSink sink, long most) {
    if (kernel.current().signalPending()) {
      return 0;
    }
    long sent = 0;
    boolean fault = false;
    instance.mutex.lock();
    instance.startScan();
    while (sent < most && !instance.scanned.isEmpty() && !fault) {
      EpollItem item = instance.scanned.first().container(EpollItem.class);
      item.ready.deleteInit();
      long found = poll(item);
      if (found != 0) {
        fault = !sink.put(sent, found, item.data.read());
        if (fault) {
          instance.scanned.add(item.ready);
        } else {
          sent++;
          rearm(instance, item);
        }
      }
    }
    instance.finishScan();
    instance.mutex.unlock();
    return fault && sent == 0 ? -Errno.EFAULT : sent;
  }

  private static void rearm(EpollInstance instance, EpollItem item) {
    long events = item.events.read();
    if ((events & EpollItem.ONE_SHOT) != 0) {
      item.events.write(events & EpollItem.PRIVATE_BITS);
    } else if ((events & EpollItem.EDGE_TRIGGERED) == 0) {
      instance.keepReady(item);
    }
  }

  /**
   * ep_poll.
   *
   * @param cycles to wait; 0 not to, negative for ever
   * @return number of events, 0 if the time is up, or a negated errno
   */
  public long await(File epoll, EventSink sink, long most, long cycles) {
    EpollInstance instance = instanceOf(epoll);
    Task current = kernel.current();
    Timer timer = current.sleepTimer();
    if (cycles > 0) {
      timer.init();
      timer.modify(cycles);
    }
    long result = await(instance, sink, most, cycles, current);
    if (cycles > 0) {
      timer.deleteSync();
    }
    return result;
  }

  private long await(EpollInstance instance, EventSink sink, long most, long cycles, Task current) {
    boolean available = instance.hasEvents();
    boolean timeUp = cycles == 0;
    while (true) {
      if (available) {
        long sent = send(instance, sink, most);
        if (sent != 0) {
          return sent;
        }
      }
      if (timeUp) {
        return 0;
      }
      if (current.signalPending()) {
        return -Errno.EINTR;
      }
      WaitQueueEntry entry = kernel.beginLockedWait();
      instance.lock.lockIrqsave();
      current.setCurrentStateUnordered(Task.INTERRUPTIBLE);
      available = instance.hasEvents();
      if (!available) {
        instance.sleepers.addTailExclusiveLocked(entry);
      }
      instance.lock.unlockIrqrestore();
      if (!available) {
        if (cycles < 0 || current.sleepTimer().isPending()) {
          current.scheduleInterruptible();
        }
        timeUp = cycles > 0 && !current.sleepTimer().isPending();
      }
      current.setCurrentStateUnordered(Task.RUNNING);
      available = true;
      if (!entry.entry().isEmptyCareful()) {
        instance.lock.lockIrqsave();
        if (timeUp) {
          // Woken and out of time: look, lest an exclusive wake-up be lost.
          available = entry.entry().isEmpty();
        }
        entry.entry().deleteInit();
        instance.lock.unlockIrqrestore();
      }
    }
  }

  /** eventpoll_fops. */
  private final class Operations extends FileOperations {

    Operations(CellFactory cells) {
      super(cells);
    }

    @Override
    public boolean hasPoll() {
      return true;
    }

    @Override
    public int poll(File file, @Nullable PollTable table) {
      EpollInstance instance = instanceOf(file);
      vfs.pollWait(file, instance.pollers(), table);
      return look(instance);
    }

    /** ep_clear_and_put. */
    @Override
    public void release(File file) {
      EpollInstance instance = instanceOf(file);
      if (instance.pollers().waitqueueActive()) {
        instance.wakePollers();
      }
      int removed = 0;
      instance.mutex.lock();
      ListHead node = instance.items.first();
      while (node != instance.items) {
        ListHead next = node.next();
        removed += remove(instance, node.container(EpollItem.class), false) ? 1 : 0;
        node = next;
      }
      instance.mutex.unlock();
      for (int reference = 0; reference <= removed; reference++) {
        put(instance);
      }
    }
  }
}
