package dev.regardless.drivers;

import dev.regardless.kernel.AtomicCell;
import dev.regardless.kernel.Kernel;
import dev.regardless.kernel.Mutex;
import dev.regardless.kernel.Task;
import dev.regardless.machine.Ordering;
import dev.regardless.machine.ThreadKind;
import dev.regardless.memory.CellFactory;
import dev.regardless.memory.KernelObject;
import dev.regardless.memory.KmemCache;
import dev.regardless.memory.LongCell;
import dev.regardless.memory.RefCell;
import dev.regardless.vfs.Errno;
import dev.regardless.vfs.File;
import dev.regardless.vfs.FileOperations;
import dev.regardless.vfs.Kiocb;
import dev.regardless.vfs.OpenFlags;
import dev.regardless.vfs.UserBuffer;
import dev.regardless.vfs.UserCopy;
import dev.regardless.vfs.Vfs;

/**
 * A regular file on a simulated disk, without poll operation. Buffered transfers go through a page cache that is there or
 * not; direct ones go to the disk, asynchronously if the caller does not wait, and then complete in interrupt context
 * (reads) or on a worker (writes). The disk answers after a latency, hence out of order, and may fail every so often.
 * Source of the protocol: mm/filemap.c (generic_file_read_iter, generic_perform_write), fs/iomap/direct-io.c (6.8).
 */
public final class RegularFile {

  /**
   * The disk.
   *
   * @param capacity bytes that fit, a multiple of 8; more gives -ENOSPC
   * @param block alignment of direct transfers in bytes
   * @param leastLatency shortest time of one request, in cycles
   * @param mostLatency longest; requests are spread between the two in a fixed pattern
   * @param failing every {@code failing}-th request gives -EIO; 0 for never
   */
  public record Disk(int capacity, int block, long leastLatency, long mostLatency, long failing) {}

  private static final int PAGE = 4096;

  /** 2^64 divided by the golden ratio: multiples of it scatter. */
  private static final long SPREAD = 0x9e37_79b9_7f4a_7c15L;

  private final Kernel kernel;
  private final Vfs vfs;
  private final Disk disk;
  private final AtomicCell requests;
  private final KmemCache<Inode> inodes;
  private final int pageBytes;
  private final KmemCache<Page> contents;
  private final Page hole;
  private final KmemCache<Request> pending;
  private final Operations operations;

  public RegularFile(Vfs vfs, Disk disk) {
    this.kernel = vfs.kernel();
    this.vfs = vfs;
    this.disk = disk;
    this.requests = kernel.create("disk", DiskState::new).requests;
    this.pageBytes = Math.min(disk.capacity, PAGE);
    this.contents = new KmemCache<>(
        kernel.machine().memory(), "folio", cells -> new Page(cells, pageBytes));
    this.hole = kernel.create("zero_page", cells -> new Page(cells, pageBytes));
    this.inodes = new KmemCache<>(kernel.machine().memory(), "inode", Inode::new);
    this.pending = new KmemCache<>(kernel.machine().memory(), "disk_request", Request::new);
    this.operations = kernel.create("file_operations", Operations::new);
  }

  /** An empty file without name, as O_TMPFILE makes; gone at its last close. */
  public File create(int flags) {
    Inode inode = inodes.allocate();
    inode.init();
    int mode = OpenFlags.modeOf(flags) | OpenFlags.MODE_NOWAIT | OpenFlags.MODE_DONTCACHE;
    return vfs.openFile(operations, inode, mode, flags);
  }

  /** Forgets the file's cached pages: the next buffered read waits for the disk, or fails with -EAGAIN if it must not. */
  public void dropCache(File file) {
    file.privateData(Inode.class).cached.writeOnce(0);
  }

  // ---- the disk ----------------------------------------------------------------------------------------------------------

  private static final class DiskState extends KernelObject {
    private final AtomicCell requests;

    DiskState(CellFactory cells) {
      super(cells);
      requests = new AtomicCell(cells, "requests");
    }
  }

  private long latency(long number) {
    return disk.leastLatency + (((number + 1) * SPREAD) >>> 33) % (disk.mostLatency - disk.leastLatency + 1);
  }

  private boolean fails(long number) {
    return disk.failing > 0 && (number + 1) % disk.failing == 0;
  }

  /** One request that the caller waits for: 0 or -EIO. */
  private long waitForDisk() {
    long number = requests.fetchAdd(1, Ordering.RELAXED);
    Task current = kernel.current();
    boolean timeLeft = true;
    while (timeLeft) {
      current.setCurrentState(Task.UNINTERRUPTIBLE);
      timeLeft = current.scheduleTimeout(latency(number), Task.UNINTERRUPTIBLE);
    }
    return fails(number) ? -Errno.EIO : 0;
  }

  /** A direct transfer under way. */
  private final class Request extends KernelObject {
    private final RefCell<Kiocb> iocb;
    private final LongCell number;
    private final Runnable readBody = () -> finish(false);
    private final Runnable writeBody = () -> finish(true);

    Request(CellFactory cells) {
      super(cells);
      iocb = new RefCell<>(cells, "iocb", Kiocb.class);
      number = new LongCell(cells, "number");
    }

    private void finish(boolean writing) {
      Kiocb owner = iocb.read();
      long which = number.read();
      pending.free(this);
      long result = -Errno.EIO;
      if (!fails(which)) {
        Inode inode = owner.file().privateData(Inode.class);
        result = writing ? inode.store(owner, owner.buffer()) : inode.load(owner, owner.buffer());
      }
      owner.complete(result);
    }
  }

  private long submit(Kiocb iocb, boolean writing) {
    long number = requests.fetchAdd(1, Ordering.RELAXED);
    Request request = pending.allocate();
    request.iocb.write(iocb);
    request.number.write(number);
    kernel.machine().spawn(
        writing ? ThreadKind.WORKER : ThreadKind.INTERRUPT,
        writing ? request.writeBody : request.readBody,
        latency(number));
    return -Errno.EIOCBQUEUED;
  }

  // ---- the file ----------------------------------------------------------------------------------------------------------

  private static final class Page extends KernelObject {
    private final LongCell[] words;

    Page(CellFactory cells, int bytes) {
      super(cells);
      words = new LongCell[bytes / Long.BYTES];
      for (int word = 0; word < words.length; word++) {
        words[word] = new LongCell(cells, "word[" + word + ']');
      }
    }
  }

  /** struct inode with its pages, which are there once written. */
  private final class Inode extends KernelObject {
    private final Mutex writing;
    private final LongCell size;
    private final LongCell cached;
    private final RefCell<Page>[] pages;

    @SuppressWarnings({"unchecked", "rawtypes"}) // an array of a generic type
    Inode(CellFactory cells) {
      super(cells);
      writing = new Mutex(kernel, cells.embedded(this, "i_rwsem"));
      size = new LongCell(cells, "i_size");
      cached = new LongCell(cells, "i_mapping");
      pages = new RefCell[(disk.capacity + pageBytes - 1) / pageBytes];
      for (int page = 0; page < pages.length; page++) {
        pages[page] = new RefCell<>(cells, "page[" + page + ']', Page.class);
      }
    }

    void init() {
      writing.init();
      size.write(0);
      cached.write(1);
      for (RefCell<Page> page : pages) {
        page.write(null);
      }
    }

    void freePages() {
      for (RefCell<Page> page : pages) {
        Page held = page.read();
        if (held != null) {
          contents.free(held);
        }
      }
    }

    long load(Kiocb iocb, UserBuffer buffer) {
      long position = iocb.position();
      long bytes = Math.min(buffer.length(), size.loadAcquire() - position);
      if (bytes <= 0) {
        return 0;
      }
      long done = 0;
      while (done < bytes) {
        long at = position + done;
        long wanted = Math.min(bytes - done, pageBytes - at % pageBytes);
        Page page = pages[(int) (at / pageBytes)].readOnce();
        long copied = UserCopy.toUser(buffer, done, page == null ? hole.words : page.words, at % pageBytes, wanted);
        done += copied;
        if (copied < wanted) {
          break;
        }
      }
      return advance(iocb, done);
    }

    long store(Kiocb iocb, UserBuffer buffer) {
      writing.lock();
      long result = storeLocked(iocb, buffer);
      writing.unlock();
      return result;
    }

    private long storeLocked(Kiocb iocb, UserBuffer buffer) {
      boolean append = (iocb.file().flags() & OpenFlags.APPEND) != 0 || (iocb.flags() & Kiocb.APPEND) != 0;
      if (append) {
        iocb.setPosition(size.read());
      }
      long position = iocb.position();
      long bytes = Math.min(buffer.length(), disk.capacity - position);
      if (bytes <= 0) {
        return buffer.length() == 0 ? 0 : -Errno.ENOSPC;
      }
      long copied = 0;
      long available = Math.min(bytes, buffer.accessible());
      while (copied < available) {
        copied += storeWord(buffer, position + copied, copied, available - copied);
      }
      if (position + copied > size.read()) {
        size.storeRelease(position + copied);
      }
      return advance(iocb, copied);
    }

    /** The page of a position, zeroed when it is made; with the inode locked. */
    private Page pageAt(long position) {
      RefCell<Page> slot = pages[(int) (position / pageBytes)];
      Page page = slot.read();
      if (page == null) {
        page = contents.allocate();
        for (LongCell word : page.words) {
          word.write(0);
        }
        slot.storeRelease(page);
      }
      return page;
    }

    /** Up to the end of one word: bytes before it in the word stay. */
    private long storeWord(UserBuffer buffer, long position, long offset, long left) {
      LongCell word = pageAt(position).words[(int) (position % pageBytes / Long.BYTES)];
      long start = position % Long.BYTES;
      long count = Math.min(Long.BYTES - start, left);
      long value = word.read();
      for (long i = 0; i < count; i++) {
        long user = offset + i;
        long bits = (buffer.load(user - user % Long.BYTES) >>> (8 * (user % Long.BYTES))) & 0xff;
        long shift = 8 * (start + i);
        value = (value & ~(0xffL << shift)) | (bits << shift);
      }
      word.write(value);
      return count;
    }

    private static long advance(Kiocb iocb, long bytes) {
      if (bytes == 0) {
        return -Errno.EFAULT;
      }
      iocb.setPosition(iocb.position() + bytes);
      return bytes;
    }
  }

  private final class Operations extends FileOperations {

    Operations(CellFactory cells) {
      super(cells);
    }

    private boolean isDirect(Kiocb iocb) {
      return (iocb.flags() & Kiocb.DIRECT) != 0 || (iocb.file().flags() & OpenFlags.DIRECT) != 0;
    }

    private boolean isMisaligned(Kiocb iocb, UserBuffer buffer) {
      return iocb.position() % disk.block != 0 || buffer.length() % disk.block != 0;
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
      Inode inode = iocb.file().privateData(Inode.class);
      if (isDirect(iocb)) {
        if (isMisaligned(iocb, buffer)) {
          return -Errno.EINVAL;
        }
        if (!iocb.isSync()) {
          return submit(iocb, false);
        }
        long failed = waitForDisk();
        return failed != 0 ? failed : inode.load(iocb, buffer);
      }
      if (inode.cached.readOnce() == 0) {
        if ((iocb.flags() & Kiocb.NOWAIT) != 0) {
          return -Errno.EAGAIN;
        }
        long failed = waitForDisk();
        if (failed != 0) {
          return failed;
        }
        inode.cached.writeOnce(1);
      }
      return inode.load(iocb, buffer);
    }

    @Override
    public boolean hasWrite() {
      return true;
    }

    @Override
    public long write(Kiocb iocb, UserBuffer buffer) {
      if (!isDirect(iocb) && (iocb.flags() & Kiocb.NOWAIT) != 0) {
        return -Errno.EOPNOTSUPP; // ext4_buffered_write_iter
      }
      Inode inode = iocb.file().privateData(Inode.class);
      if (isDirect(iocb) && buffer.length() != 0) {
        if (isMisaligned(iocb, buffer)) {
          return -Errno.EINVAL;
        }
        if (!iocb.isSync()) {
          return submit(iocb, true);
        }
        long failed = waitForDisk();
        if (failed != 0) {
          return failed;
        }
      }
      return inode.store(iocb, buffer);
    }

    @Override
    public boolean hasFsync() {
      return true;
    }

    @Override
    public long fsync(File file, boolean dataOnly) {
      return waitForDisk();
    }

    @Override
    public void release(File file) {
      Inode inode = file.privateData(Inode.class);
      inode.freePages();
      inodes.free(inode);
    }
  }
}
