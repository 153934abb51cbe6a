package dev.regardless.vfs;

import dev.regardless.kernel.Kernel;
import dev.regardless.kernel.Task;
import dev.regardless.kernel.Timer;
import dev.regardless.kernel.WaitQueueEntry;
import dev.regardless.kernel.WaitQueueHead;
import dev.regardless.memory.CellFactory;
import dev.regardless.memory.KernelObject;
import dev.regardless.memory.KmemCache;
import dev.regardless.memory.LongCell;
import dev.regardless.memory.RefCell;

/**
 * poll(2). Source: fs/select.c (6.x): do_sys_poll, do_poll, do_pollfd, __pollwait, pollwake. The caller sits on every queue
 * of every file until it returns; a wake-up whose key has none of the events asked for does not wake it.
 */
public final class PollCall {

  /** Entries of one call: one for each queue of each file. */
  private static final int MOST_ENTRIES = 16;

  /** RLIMIT_NOFILE: more files than this cannot be polled. */
  private static final long MOST_FILES = 1024;

  /** struct pollfd: int fd, short events, short revents. */
  private static final int POLLFD_BYTES = 8;

  private static final int EVENTS = 4;
  private static final int REVENTS = 6;
  private static final long CYCLES_PER_MILLISECOND = 1_000_000;

  private final Vfs vfs;
  private final Kernel kernel;
  private final FileTable files;
  private final UserSpace space;
  private final KmemCache<Waiter> waiters;

  /** The call of a process. */
  public PollCall(Vfs vfs, FileTable files, UserSpace space) {
    this.vfs = vfs;
    this.kernel = vfs.kernel();
    this.files = files;
    this.space = space;
    this.waiters = new KmemCache<>(kernel.machine().memory(), "poll_wqueues", Waiter::new);
  }

  /** struct poll_table_entry. */
  private final class Entry extends KernelObject {
    private final WaitQueueEntry wait;
    private final LongCell key;
    private final RefCell<WaitQueueHead> head;
    private final RefCell<File> file;

    Entry(CellFactory cells, Waiter waiter) {
      super(cells);
      wait = new WaitQueueEntry(cells.embedded(this, "wait"), (entry, mode, flags, woken) -> wake(waiter, woken));
      key = new LongCell(cells, "key");
      head = new RefCell<>(cells, "wait_address", WaitQueueHead.class);
      file = new RefCell<>(cells, "filp", File.class);
    }

    /** pollwake. */
    private int wake(Waiter waiter, long woken) {
      if (woken != 0 && (woken & key.read()) == 0) {
        return 0;
      }
      // Before the wake-up, which is a full barrier if it wakes; pairs with the sleeper's set_current_state.
      waiter.triggered.writeOnce(1);
      return waiter.sleeper.read().wakeUpProcess() ? 1 : 0;
    }
  }

  /** struct poll_wqueues, with its table. */
  private final class Waiter extends KernelObject implements PollTable {
    private final RefCell<Task> sleeper;
    private final LongCell triggered;
    private final LongCell used;
    private final LongCell key;
    private final LongCell queueing;
    private final Entry[] entries = new Entry[MOST_ENTRIES];

    Waiter(CellFactory cells) {
      super(cells);
      sleeper = new RefCell<>(cells, "polling_task", Task.class);
      triggered = new LongCell(cells, "triggered");
      used = new LongCell(cells, "inline_index");
      key = new LongCell(cells, "_key");
      queueing = new LongCell(cells, "_qproc");
      for (int i = 0; i < entries.length; i++) {
        entries[i] = new Entry(cells.embedded(this, "entry[" + i + ']'), this);
      }
    }

    void init(Task current, boolean waits) {
      sleeper.write(current);
      triggered.write(0);
      used.write(0);
      queueing.write(waits ? 1 : 0);
    }

    @Override
    public boolean hasQueueProc() {
      return queueing.read() != 0;
    }

    /** __pollwait. */
    @Override
    public void queueProc(File polled, WaitQueueHead head) {
      int index = (int) used.read();
      if (index == entries.length) {
        return;
      }
      used.write(index + 1L);
      Entry entry = entries[index];
      polled.get();
      entry.file.write(polled);
      entry.key.write(key.read());
      entry.head.write(head);
      entry.wait.init(null);
      head.addWaitQueue(entry.wait);
    }

    @Override
    public long key() {
      return key.read();
    }

    /** poll_freewait. */
    void leave() {
      long count = used.read();
      for (int i = 0; i < count; i++) {
        Entry entry = entries[i];
        entry.head.read().removeWaitQueue(entry.wait);
        vfs.fput(entry.file.read());
      }
    }
  }

  /**
   * Polls.
   *
   * @param address of {@code count} struct pollfd
   * @param count unsigned
   * @param milliseconds to wait; 0 not to wait, negative for ever
   * @return files that have something to report, or a negated errno
   */
  public long poll(long address, int count, int milliseconds) {
    long wanted = Integer.toUnsignedLong(count);
    if (wanted > MOST_FILES) {
      return -Errno.EINVAL;
    }
    if (!space.covers(address, wanted * POLLFD_BYTES) && wanted != 0) {
      return -Errno.EFAULT;
    }
    int[] descriptors = new int[count];
    int[] events = new int[count];
    for (int i = 0; i < count; i++) {
      descriptors[i] = (int) space.load(address + (long) i * POLLFD_BYTES, Integer.BYTES);
      events[i] = (int) space.load(address + (long) i * POLLFD_BYTES + EVENTS, Short.BYTES);
    }
    int[] reported = new int[count];
    Waiter waiter = waiters.allocate();
    waiter.init(kernel.current(), milliseconds != 0);
    long result = wait(waiter, descriptors, events, reported, milliseconds);
    waiter.leave();
    waiters.free(waiter);
    if (!UserSpace.accessOk(address, wanted * POLLFD_BYTES)) {
      return -Errno.EFAULT; // Only now: copying no files in did not look at the address.
    }
    for (int i = 0; i < count; i++) {
      space.store(address + (long) i * POLLFD_BYTES + REVENTS, Short.BYTES, reported[i]);
    }
    return result;
  }

  /** do_poll. */
  private long wait(Waiter waiter, int[] descriptors, int[] events, int[] reported, int milliseconds) {
    Task current = kernel.current();
    Timer timer = current.sleepTimer();
    boolean timed = milliseconds > 0;
    if (timed) {
      timer.init();
      timer.modify(milliseconds * CYCLES_PER_MILLISECOND);
    }
    boolean last = milliseconds == 0;
    long result;
    while (true) {
      result = look(waiter, descriptors, events, reported);
      if (result == 0 && current.signalPending()) {
        result = -Errno.ERESTARTNOHAND;
      }
      if (result != 0 || last) {
        break;
      }
      current.setCurrentState(Task.INTERRUPTIBLE);
      if (waiter.triggered.readOnce() == 0 && !(timed && !timer.isPending())) {
        current.scheduleInterruptible();
      }
      current.setCurrentStateUnordered(Task.RUNNING);
      last = timed && !timer.isPending();
      waiter.triggered.storeMb(0);
    }
    if (timed) {
      timer.deleteSync();
    }
    return result;
  }

  /** One round over the files; queues the caller in the first one, until a file has something to report. */
  private long look(Waiter waiter, int[] descriptors, int[] events, int[] reported) {
    long found = 0;
    for (int i = 0; i < descriptors.length; i++) {
      reported[i] = look(waiter, descriptors[i], events[i]);
      if (reported[i] != 0) {
        found++;
        waiter.queueing.write(0);
      }
    }
    waiter.queueing.write(0);
    return found;
  }

  /** do_pollfd. */
  private int look(Waiter waiter, int descriptor, int events) {
    if (descriptor < 0) {
      return 0;
    }
    File file = files.fget(descriptor);
    if (file == null) {
      return PollEvents.NVAL;
    }
    int filter = PollEvents.demangle(events) | PollEvents.ERR | PollEvents.HUP;
    waiter.key.write(filter);
    int mask = vfs.poll(file, waiter) & filter;
    vfs.fput(file);
    return PollEvents.mangle(mask);
  }
}
