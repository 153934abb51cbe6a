package dev.regardless.drivers;

import dev.regardless.kernel.Kernel;
import dev.regardless.kernel.WaitQueueHead;
import dev.regardless.memory.CellFactory;
import dev.regardless.memory.KernelObject;
import dev.regardless.memory.KmemCache;
import dev.regardless.vfs.Errno;
import dev.regardless.vfs.File;
import dev.regardless.vfs.FileOperations;
import dev.regardless.vfs.Kiocb;
import dev.regardless.vfs.OpenFlags;
import dev.regardless.vfs.PollEvents;
import dev.regardless.vfs.PollTable;
import dev.regardless.vfs.UserBuffer;
import dev.regardless.vfs.UserCopy;
import dev.regardless.vfs.Vfs;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * pipe and FIFO. Source: fs/pipe.c and fs/splice.c (6.12, 6.18) with two queues, exclusive waits and keyless wake-ups of
 * everybody at the last close (6551d5c56eb0, 5.6); with one queue as 5.5: shared keys, non-exclusive waits, and a close
 * that wakes with all bits and ERR|HUP. Splice's wake-ups carry no key and come after an unlocked look at the queue.
 *
 * <p>State is changed under the mutex, not under the queue's lock, so a poller relies on the barrier in poll_wait.
 */
public final class Pipe {

  private static final int SIGPIPE = 13;
  private static final int READ_KEY = PollEvents.IN | PollEvents.RDNORM;
  private static final int WRITE_KEY = PollEvents.OUT | PollEvents.WRNORM;

  private final Kernel kernel;
  private final Vfs vfs;
  private final int pageSize;
  private final boolean twoQueues;
  private final KmemCache<PipeInode> pipes;
  private final KmemCache<PipeInode.Page> pages;
  private final Operations operations;

  /**
   * Makes the driver.
   *
   * @param buffers buffers of a pipe (Linux: 16)
   * @param pageSize bytes of one buffer, a multiple of 8 (Linux: 4096)
   * @param twoQueues as since 5.6
   */
  public Pipe(Vfs vfs, int buffers, int pageSize, boolean twoQueues) {
    this.kernel = vfs.kernel();
    this.vfs = vfs;
    this.pageSize = pageSize;
    this.twoQueues = twoQueues;
    this.pipes = new KmemCache<>(
        kernel.machine().memory(), "pipe_inode_info", cells -> new PipeInode(kernel, cells, buffers, twoQueues));
    this.pages = new KmemCache<>(
        kernel.machine().memory(), "page", cells -> new PipeInode.Page(cells, pageSize));
    this.operations = kernel.create("pipefifo_fops", Operations::new);
  }

  /** alloc_pipe_info: what {@link #openEnd} opens an end of; freed with its last file. */
  public KernelObject create() {
    PipeInode pipe = pipes.allocate();
    pipe.init();
    return pipe;
  }

  /**
   * Opens an end of a pipe: create_pipe_files does it twice, a FIFO's open once.
   *
   * @param flags an access mode, and {@link OpenFlags#NONBLOCK}; {@link OpenFlags#RDWR} is a FIFO open on both sides
   */
  public File openEnd(KernelObject created, int flags) {
    PipeInode pipe = (PipeInode) created;
    int mode = OpenFlags.modeOf(flags);
    pipe.get();
    pipe.mutex.lock();
    if ((mode & OpenFlags.MODE_READ) != 0) {
      pipe.readers.write(pipe.readers.read() + 1);
    }
    if ((mode & OpenFlags.MODE_WRITE) != 0) {
      pipe.writers.write(pipe.writers.read() + 1);
    }
    pipe.mutex.unlock();
    return vfs.openFile(operations, pipe, mode | OpenFlags.MODE_NOWAIT, flags);
  }

  /** create_pipe_files: both ends of a new pipe, with these flags beside the access modes. */
  public FilePair openBoth(int flags) {
    KernelObject pipe = create();
    return new FilePair(openEnd(pipe, OpenFlags.RDONLY | flags), openEnd(pipe, OpenFlags.WRONLY | flags));
  }

  /** get_pipe_info: whether a file is an end of one of this driver's pipes. */
  boolean owns(File file) {
    return file.operations() == operations;
  }

  // ---- splice ----------------------------------------------------------------------------------------------------------

  /** splice_to_pipe of one page of the buffer, as vmsplice does; bytes or a negated errno. Does not wait. */
  public long spliceTo(File file, UserBuffer from) {
    PipeInode pipe = file.privateData(PipeInode.class);
    pipe.mutex.lock();
    long result = -Errno.EAGAIN;
    if (pipe.readers.read() == 0) {
      kernel.current().sendSignal(SIGPIPE);
      result = -Errno.EPIPE;
    } else if (!pipe.isFullNow()) {
      result = push(pipe, from, 0, Math.min(pageSize, from.length()));
    }
    pipe.mutex.unlock();
    if (result > 0) {
      wakeUpKeyless(pipe.readWait);
    }
    return result;
  }

  /** splice_from_pipe of up to {@code to.length()} bytes; bytes or a negated errno. Does not wait. */
  public long spliceFrom(File file, UserBuffer to) {
    PipeInode pipe = file.privateData(PipeInode.class);
    pipe.mutex.lock();
    long result = 0;
    boolean released = false;
    while (result < to.length() && !pipe.isEmptyNow()) {
      long before = pipe.tail.read();
      long bytes = pull(pipe, to, result);
      if (bytes < 0) {
        result = result > 0 ? result : bytes;
        break;
      }
      result += bytes;
      released |= pipe.tail.read() != before;
    }
    if (result == 0 && pipe.writers.read() != 0) {
      result = -Errno.EAGAIN;
    }
    pipe.mutex.unlock();
    if (released) {
      wakeUpKeyless(pipe.writeWait);
    }
    return result;
  }

  /** wakeup_pipe_readers, wakeup_pipe_writers. */
  private void wakeUpKeyless(WaitQueueHead queue) {
    kernel.primitives().smpMb();
    if (queue.waitqueueActive()) {
      queue.wakeUpInterruptible();
    }
  }

  // ---- the ring, with the mutex held -----------------------------------------------------------------------------------

  /** Fills a new buffer; bytes, or -EFAULT. Up to 6.12 Linux put an empty buffer into the pipe in that case. */
  private long push(PipeInode pipe, UserBuffer from, long offset, long bytes) {
    PipeInode.Page page = pages.allocate();
    if (UserCopy.fromUser(from, offset, page.words, 0, bytes) < bytes) {
      pages.free(page);
      return -Errno.EFAULT;
    }
    long head = pipe.head.read();
    PipeInode.Buffer buffer = pipe.buffer(head);
    pipe.head.write(head + 1);
    buffer.page.write(page);
    buffer.offset.write(0);
    buffer.length.write(bytes);
    return bytes;
  }

  /** Appends to the newest buffer if it has room: bytes, 0 if not, or -EFAULT. */
  private long merge(PipeInode pipe, UserBuffer from, long bytes) {
    PipeInode.Buffer buffer = pipe.buffer(pipe.head.read() - 1);
    long length = buffer.length.read();
    long end = buffer.offset.read() + length;
    if (end + bytes > pageSize) {
      return 0;
    }
    if (UserCopy.fromUser(from, 0, buffer.page.read().words, end, bytes) < bytes) {
      return -Errno.EFAULT;
    }
    buffer.length.write(length + bytes);
    return bytes;
  }

  /** Takes from the oldest buffer, releasing it when empty: bytes, or -EFAULT. */
  private long pull(PipeInode pipe, UserBuffer to, long done) {
    long tail = pipe.tail.read();
    PipeInode.Buffer buffer = pipe.buffer(tail);
    PipeInode.Page page = buffer.page.read();
    long offset = buffer.offset.read();
    long length = buffer.length.read();
    long bytes = Math.min(length, to.length() - done);
    if (UserCopy.toUser(to, done, page.words, offset, bytes) < bytes) {
      return -Errno.EFAULT;
    }
    buffer.offset.write(offset + bytes);
    buffer.length.write(length - bytes);
    if (length == bytes) {
      buffer.page.write(null);
      pages.free(page);
      pipe.tail.write(tail + 1);
    }
    return bytes;
  }

  /** free_pipe_info. */
  private void free(PipeInode pipe) {
    for (long index = pipe.tail.read(); index < pipe.head.read(); index++) {
      pages.free(pipe.buffer(index).page.read());
    }
    pipes.free(pipe);
  }

  /** pipefifo_fops. */
  private final class Operations extends FileOperations {

    Operations(CellFactory cells) {
      super(cells);
    }

    @Override
    public boolean hasRead() {
      return true;
    }

    @Override
    public long read(Kiocb iocb, UserBuffer buffer) {
      if (buffer.length() == 0) {
        return 0;
      }
      PipeInode pipe = iocb.file().privateData(PipeInode.class);
      boolean wakeNextReader = false;
      pipe.mutex.lock();
      boolean wasFull = pipe.isFullNow();
      long result = drain(pipe, buffer);
      while (result == 0 && pipe.writers.read() != 0) {
        if (iocb.isNonblocking()) {
          result = -Errno.EAGAIN;
          break;
        }
        pipe.mutex.unlock();
        if (sleep(pipe.readWait, pipe.readable) < 0) {
          return -Errno.ERESTARTSYS;
        }
        wakeNextReader = true;
        pipe.mutex.lock();
        wasFull = pipe.isFullNow();
        result = drain(pipe, buffer);
      }
      final boolean wakeWriter = wasFull && !pipe.isFullNow();
      wakeNextReader &= twoQueues && !pipe.isEmptyNow();
      pipe.mutex.unlock();
      if (wakeWriter) {
        pipe.writeWait.wakeUpInterruptiblePoll(WRITE_KEY);
      }
      if (wakeNextReader) {
        pipe.readWait.wakeUpInterruptiblePoll(READ_KEY);
      }
      return result;
    }

    /** Reads what there is: bytes, or a negated errno if none. */
    private long drain(PipeInode pipe, UserBuffer buffer) {
      long done = 0;
      while (done < buffer.length() && !pipe.isEmptyNow()) {
        long bytes = pull(pipe, buffer, done);
        if (bytes < 0) {
          return done > 0 ? done : bytes;
        }
        done += bytes;
      }
      return done;
    }

    @Override
    public boolean hasWrite() {
      return true;
    }

    @Override
    public long write(Kiocb iocb, UserBuffer buffer) {
      long total = buffer.length();
      if (total == 0) {
        return 0;
      }
      PipeInode pipe = iocb.file().privateData(PipeInode.class);
      pipe.mutex.lock();
      boolean anyReader = pipe.readers.read() != 0;
      boolean wasEmpty = anyReader && pipe.isEmptyNow();
      boolean wakeNextWriter = false;
      long done = 0;
      long failed = 0;
      long partial = total % pageSize;
      if (anyReader && partial != 0 && !wasEmpty) {
        long merged = merge(pipe, buffer, partial);
        done = Math.max(merged, 0);
        failed = Math.min(merged, 0);
      }
      while (failed == 0 && done < total) {
        failed = fill(pipe, buffer, done);
        if (failed > 0) {
          done += failed;
          failed = 0;
        }
        if (failed != 0 || done == total || !pipe.isFullNow()) {
          continue;
        }
        if (iocb.isNonblocking()) {
          failed = -Errno.EAGAIN;
        } else if (kernel.current().signalPending()) {
          failed = -Errno.ERESTARTSYS;
        } else {
          pipe.mutex.unlock();
          if (wasEmpty) {
            pipe.readWait.wakeUpInterruptiblePoll(READ_KEY);
          }
          sleep(pipe.writeWait, pipe.writable);
          pipe.mutex.lock();
          wasEmpty = pipe.isEmptyNow();
          wakeNextWriter = true;
        }
      }
      wakeNextWriter &= twoQueues && !pipe.isFullNow();
      final boolean wakeReader = wasEmpty || pipe.pollUsage.read() != 0;
      pipe.mutex.unlock();
      if (wakeReader) {
        pipe.readWait.wakeUpInterruptiblePoll(READ_KEY);
      }
      if (wakeNextWriter) {
        pipe.writeWait.wakeUpInterruptiblePoll(WRITE_KEY);
      }
      return done > 0 ? done : failed;
    }

    /** One more buffer if there is room: bytes, 0 if the ring is full, or a negated errno. */
    private long fill(PipeInode pipe, UserBuffer buffer, long done) {
      if (pipe.readers.read() == 0) {
        kernel.current().sendSignal(SIGPIPE);
        return -Errno.EPIPE;
      }
      return pipe.isFullNow() ? 0 : push(pipe, buffer, done, Math.min(pageSize, buffer.length() - done));
    }

    private long sleep(WaitQueueHead queue, BooleanSupplier condition) {
      return twoQueues
          ? kernel.waitEventInterruptibleExclusive(queue, condition)
          : kernel.waitEventInterruptible(queue, condition);
    }

    @Override
    public boolean hasPoll() {
      return true;
    }

    @Override
    public int poll(File file, @Nullable PollTable table) {
      PipeInode pipe = file.privateData(PipeInode.class);
      int mode = file.mode();
      boolean reads = (mode & OpenFlags.MODE_READ) != 0;
      boolean writes = (mode & OpenFlags.MODE_WRITE) != 0;
      pipe.pollUsage.writeOnce(1);
      if (reads || !twoQueues) {
        vfs.pollWait(file, pipe.readWait, table);
      }
      if (writes && twoQueues) {
        vfs.pollWait(file, pipe.writeWait, table);
      }
      long head = pipe.head.readOnce();
      long tail = pipe.tail.readOnce();
      int events = 0;
      if (reads) {
        events |= PipeInode.isEmpty(head, tail) ? 0 : READ_KEY;
        events |= pipe.writers.readOnce() == 0 ? PollEvents.HUP : 0;
      }
      if (writes) {
        events |= pipe.isFull(head, tail) ? 0 : WRITE_KEY;
        events |= pipe.readers.readOnce() == 0 ? PollEvents.ERR : 0;
      }
      return events;
    }

    @Override
    public void release(File file) {
      PipeInode pipe = file.privateData(PipeInode.class);
      int mode = file.mode();
      pipe.mutex.lock();
      if ((mode & OpenFlags.MODE_READ) != 0) {
        pipe.readers.write(pipe.readers.read() - 1);
      }
      if ((mode & OpenFlags.MODE_WRITE) != 0) {
        pipe.writers.write(pipe.writers.read() - 1);
      }
      wakeAtClose(pipe);
      pipe.mutex.unlock();
      if (pipe.put()) {
        free(pipe);
      }
    }

    private void wakeAtClose(PipeInode pipe) {
      boolean anyReader = pipe.readers.read() != 0;
      boolean anyWriter = pipe.writers.read() != 0;
      if (!twoQueues && (anyReader || anyWriter)) {
        pipe.readWait.wakeUpInterruptiblePoll(READ_KEY | WRITE_KEY | PollEvents.ERR | PollEvents.HUP);
      }
      if (twoQueues && anyReader != anyWriter) {
        pipe.readWait.wakeUpInterruptibleAll();
        pipe.writeWait.wakeUpInterruptibleAll();
      }
    }
  }
}
