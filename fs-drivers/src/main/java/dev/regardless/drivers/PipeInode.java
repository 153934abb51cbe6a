package dev.regardless.drivers;

import dev.regardless.kernel.Kernel;
import dev.regardless.kernel.Mutex;
import dev.regardless.kernel.SpinLock;
import dev.regardless.kernel.WaitQueueHead;
import dev.regardless.memory.CellFactory;
import dev.regardless.memory.KernelObject;
import dev.regardless.memory.LongCell;
import dev.regardless.memory.RefCell;
import java.util.function.BooleanSupplier;

/** struct pipe_inode_info: a ring of buffers, each with a page, under a mutex. Indices only grow. */
final class PipeInode extends KernelObject {

  /** One page of contents. */
  static final class Page extends KernelObject {
    final LongCell[] words;

    Page(CellFactory cells, int pageSize) {
      super(cells);
      words = new LongCell[pageSize / Long.BYTES];
      for (int word = 0; word < words.length; word++) {
        words[word] = new LongCell(cells, "word[" + word + ']');
      }
    }
  }

  /** struct pipe_buffer. */
  static final class Buffer extends KernelObject {
    final RefCell<Page> page;
    final LongCell offset;
    final LongCell length;

    Buffer(CellFactory cells) {
      super(cells);
      page = new RefCell<>(cells, "page", Page.class);
      offset = new LongCell(cells, "offset");
      length = new LongCell(cells, "len");
    }
  }

  final Mutex mutex;
  final WaitQueueHead readWait;
  /** The same as {@link #readWait} in a pipe with one queue. */
  final WaitQueueHead writeWait;
  final LongCell head;
  final LongCell tail;
  final LongCell readers;
  final LongCell writers;
  private final SpinLock inodeLock;
  private final LongCell files;
  final LongCell pollUsage;
  final BooleanSupplier readable = this::isReadable;
  final BooleanSupplier writable = this::isWritable;
  private final Buffer[] ring;

  PipeInode(Kernel kernel, CellFactory cells, int buffers, boolean twoQueues) {
    super(cells);
    mutex = new Mutex(kernel, cells.embedded(this, "mutex"));
    readWait = new WaitQueueHead(cells.embedded(this, twoQueues ? "rd_wait" : "wait"));
    writeWait = twoQueues ? new WaitQueueHead(cells.embedded(this, "wr_wait")) : readWait;
    head = new LongCell(cells, "head");
    tail = new LongCell(cells, "tail");
    readers = new LongCell(cells, "readers");
    writers = new LongCell(cells, "writers");
    inodeLock = new SpinLock(cells, "i_lock");
    files = new LongCell(cells, "files");
    pollUsage = new LongCell(cells, "poll_usage");
    ring = new Buffer[buffers];
    for (int i = 0; i < buffers; i++) {
      ring[i] = new Buffer(cells.embedded(this, "bufs[" + i + ']'));
    }
  }

  void init() {
    mutex.init();
    readWait.init();
    if (hasTwoQueues()) {
      writeWait.init();
    }
    head.write(0);
    tail.write(0);
    readers.write(0);
    writers.write(0);
    inodeLock.init();
    files.write(0);
    pollUsage.write(0);
  }

  /** One more file. */
  void get() {
    inodeLock.lock();
    files.write(files.read() + 1);
    inodeLock.unlock();
  }

  /**
   * put_pipe_info: whether that was the last file. Not under the mutex: who unlocks one looks at it once more after another
   * could have locked, unlocked and freed it.
   */
  boolean put() {
    inodeLock.lock();
    long left = files.read() - 1;
    files.write(left);
    inodeLock.unlock();
    return left == 0;
  }

  boolean hasTwoQueues() {
    return !writeWait.equals(readWait);
  }

  /** The buffer of a ring index. */
  Buffer buffer(long index) {
    return ring[(int) (index % ring.length)];
  }

  /** pipe_empty. */
  static boolean isEmpty(long head, long tail) {
    return head == tail;
  }

  /** pipe_full. */
  boolean isFull(long headNow, long tailNow) {
    return headNow - tailNow >= ring.length;
  }

  boolean isEmptyNow() {
    return isEmpty(head.read(), tail.read());
  }

  boolean isFullNow() {
    return isFull(head.read(), tail.read());
  }

  /** pipe_readable: without the mutex. */
  private boolean isReadable() {
    long headNow = head.readOnce();
    long tailNow = tail.readOnce();
    return !isEmpty(headNow, tailNow) || writers.readOnce() == 0;
  }

  /** pipe_writable: without the mutex. */
  private boolean isWritable() {
    long headNow = head.readOnce();
    long tailNow = tail.readOnce();
    return !isFull(headNow, tailNow) || readers.readOnce() == 0;
  }
}
