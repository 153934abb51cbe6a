package dev.regardless.aio.scenario;

import dev.regardless.kernel.Kernel;
import dev.regardless.kernel.Task;
import dev.regardless.kernel.WaitQueueHead;
import dev.regardless.memory.CellFactory;
import dev.regardless.memory.LongCell;
import dev.regardless.vfs.EventfdContext;
import dev.regardless.vfs.File;
import dev.regardless.vfs.FileOperations;
import dev.regardless.vfs.PollEvents;
import dev.regardless.vfs.PollTable;
import dev.regardless.vfs.Vfs;
import org.jspecify.annotations.Nullable;

/**
 * An eventfd with as little as scenarios need, for any age of its guard against recursion: who says, while waking the
 * queue, that no eventfd may be signalled meanwhile? Source: fs/eventfd.c of 5.5, 5.6 and 6.0. It lives as long as the
 * scenario.
 */
final class SceneEventfd extends EventfdContext {

  /** Who guards. */
  enum Guard {
    /** Nobody: up to 5.5. */
    NONE,
    /** eventfd_signal: 5.6 (b5e683d5cab8). */
    SIGNAL,
    /** eventfd_signal, read and write: 6.0 (9f0deaa12d83). */
    ALL
  }

  private final Kernel kernel;
  private final Guard guard;
  private final WaitQueueHead queue;
  private final LongCell count;

  private SceneEventfd(Kernel kernel, CellFactory cells, Guard guard) {
    super(cells);
    this.kernel = kernel;
    this.guard = guard;
    queue = new WaitQueueHead(cells.embedded(this, "wqh"));
    count = new LongCell(cells, "count");
  }

  /** An eventfd; set-up only. */
  static SceneEventfd create(Kernel kernel, Guard guard) {
    SceneEventfd eventfd = kernel.create("eventfd_ctx", cells -> new SceneEventfd(kernel, cells, guard));
    eventfd.queue.init();
    return eventfd;
  }

  @Override
  public void get() {}

  @Override
  public void put() {}

  /** The counter. */
  long count() {
    return count.read();
  }

  /** eventfd_signal. */
  @Override
  public void signal(int mask) {
    if (guard != Guard.NONE && kernel.current().inEventfd().read()) {
      return; // Linux warns once and drops the signal.
    }
    add(PollEvents.IN | mask, guard != Guard.NONE);
  }

  /** write of 1. */
  void write() {
    add(PollEvents.IN, guard == Guard.ALL);
  }

  private void add(long key, boolean guarded) {
    queue.lock().lockIrqsave();
    count.write(count.read() + 1);
    Task current = kernel.current();
    if (guarded) {
      current.inEventfd().write(true);
    }
    if (queue.waitqueueActive()) {
      queue.wakeUpLockedPoll(key);
    }
    if (guarded) {
      current.inEventfd().write(false);
    }
    queue.lock().unlockIrqrestore();
  }

  /** eventfd_fops. */
  static final class Operations extends FileOperations {

    private final Vfs vfs;

    Operations(Vfs vfs, CellFactory cells) {
      super(cells);
      this.vfs = vfs;
    }

    @Override
    public boolean hasPoll() {
      return true;
    }

    @Override
    public int poll(File file, @Nullable PollTable table) {
      SceneEventfd eventfd = file.privateData(SceneEventfd.class);
      vfs.pollWait(file, eventfd.queue, table);
      return eventfd.count.readOnce() == 0 ? PollEvents.OUT : PollEvents.IN | PollEvents.OUT;
    }

    @Override
    public EventfdContext eventfdContext(File file) {
      return file.privateData(SceneEventfd.class);
    }
  }
}
