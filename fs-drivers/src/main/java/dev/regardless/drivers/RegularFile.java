package dev.regardless.drivers;

import dev.regardless.kernel.AtomicCell;
import dev.regardless.kernel.Kernel;
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
import dev.regardless.vfs.UserPages;
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
   * @param block what offsets and lengths of direct transfers are multiples of, in bytes (logical_block_size)
   * @param memoryAlignment what their memory is aligned to if it comes in several pieces (dma_alignment)
   * @param leastLatency shortest time of one request, in cycles
   * @param mostLatency longest; requests are spread between the two in a fixed pattern
   * @param failing every {@code failing}-th request gives -EIO; 0 for never
   * @param maximum s_maxbytes: the largest offset of a file
   */
  public record Disk(
      int capacity,
      int block,
      int memoryAlignment,
      long leastLatency,
      long mostLatency,
      long failing,
      long maximum) {

    /** A disk that takes memory anywhere, whose files have no largest offset. */
    public Disk(int capacity, int block, long leastLatency, long mostLatency, long failing) {
      this(capacity, block, 1, leastLatency, mostLatency, failing, Long.MAX_VALUE);
    }
  }

  /** 2^64 divided by the golden ratio: multiples of it scatter. */
  private static final long SPREAD = 0x9e37_79b9_7f4a_7c15L;

  private final Kernel kernel;
  private final Vfs vfs;
  private final Disk disk;
  private final DiskState state;
  private final KmemCache<FileInode> inodes;
  private final KmemCache<FileMapping> mappings;
  private final KmemCache<Request> pending;
  private final Operations operations;

  public RegularFile(Vfs vfs, Disk disk) {
    this.kernel = vfs.kernel();
    this.vfs = vfs;
    this.disk = disk;
    this.state = kernel.create("disk", DiskState::new);
    FileContents contents = new FileContents(kernel.machine(), disk.capacity);
    this.inodes = new KmemCache<>(
        kernel.machine().memory(), "inode", cells -> new FileInode(kernel, contents, this::waitForDisk, cells));
    this.mappings = new KmemCache<>(kernel.machine().memory(), "vm_area_struct", FileMapping::new);
    this.pending = new KmemCache<>(kernel.machine().memory(), "disk_request", Request::new);
    this.operations = kernel.create("file_operations", Operations::new);
  }

  /** An empty file without name, as O_TMPFILE makes; gone at its last close. */
  public File create(int flags) {
    FileInode inode = inodes.allocate();
    inode.init();
    int mode = OpenFlags.modeOf(flags)
        | OpenFlags.MODE_NOWAIT | OpenFlags.MODE_DONTCACHE | OpenFlags.MODE_CAN_ODIRECT;
    return vfs.openFile(operations, inode, mode, flags);
  }

  /** Whether a file is one of this file system's. */
  public boolean owns(File file) {
    return file.operations() == operations;
  }

  /** RLIMIT_FSIZE of whoever writes, in bytes. */
  public void limitSize(long bytes) {
    state.sizeLimit.writeOnce(bytes);
  }

  /**
   * Forgets the file's cached pages, which must be on the disk (posix_fadvise, POSIX_FADV_DONTNEED): the next buffered read
   * waits for the disk, or fails with -EAGAIN if it must not.
   */
  public void dropCache(File file) {
    file.privateData(FileInode.class).dropCache(0, Long.MAX_VALUE);
  }

  // ---- the disk ----------------------------------------------------------------------------------------------------------

  private static final class DiskState extends KernelObject {
    private final AtomicCell requests;
    private final LongCell sizeLimit;

    DiskState(CellFactory cells) {
      super(cells);
      requests = new AtomicCell(cells, "requests");
      sizeLimit = new LongCell(cells, "rlimit_fsize");
      sizeLimit.writeOnce(Long.MAX_VALUE);
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
    long number = state.requests.fetchAdd(1, Ordering.RELAXED);
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
    private final LongCell allowed;
    private final Runnable readBody = () -> finish(false);
    private final Runnable writeBody = () -> finish(true);

    Request(CellFactory cells) {
      super(cells);
      iocb = new RefCell<>(cells, "iocb", Kiocb.class);
      number = new LongCell(cells, "number");
      allowed = new LongCell(cells, "size"); // of the file, for reads; of the transfer, for writes
    }

    private void finish(boolean writing) {
      Kiocb owner = iocb.read();
      long which = number.read();
      long most = allowed.read();
      pending.free(this);
      long result = -Errno.EIO;
      if (!fails(which)) {
        DirectTransfer transfer = new DirectTransfer(owner.file().privateData(FileInode.class), disk);
        result = writing
            ? transfer.write(owner, owner.buffer(), most, false, false)
            : transfer.read(owner, owner.buffer(), most);
      }
      owner.complete(result);
    }
  }

  private long submit(Kiocb iocb, boolean writing, long most) {
    long number = state.requests.fetchAdd(1, Ordering.RELAXED);
    Request request = pending.allocate();
    request.iocb.write(iocb);
    request.number.write(number);
    request.allowed.write(most);
    kernel.machine().spawn(
        writing ? ThreadKind.WORKER : ThreadKind.INTERRUPT,
        writing ? request.writeBody : request.readBody,
        latency(number));
    return -Errno.EIOCBQUEUED;
  }

  // ---- the file ----------------------------------------------------------------------------------------------------------

  private final class Operations extends FileOperations {

    Operations(CellFactory cells) {
      super(cells);
    }

    private boolean isDirect(Kiocb iocb) {
      return (iocb.flags() & Kiocb.DIRECT) != 0 || (iocb.file().flags() & OpenFlags.DIRECT) != 0;
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
      FileInode inode = iocb.file().privateData(FileInode.class);
      if (isDirect(iocb)) {
        return readDirectly(iocb, buffer, inode);
      }
      return inode.load(iocb, buffer);
    }

    /** __iomap_dio_rw: the end of the file, then the cache, then alignment. */
    private long readDirectly(Kiocb iocb, UserBuffer buffer, FileInode inode) {
      long position = iocb.position();
      long size = inode.size();
      if (position >= size) {
        return 0;
      }
      long bytes = buffer.length();
      // kiocb_write_and_wait
      if ((iocb.flags() & Kiocb.NOWAIT) == 0) {
        inode.writeBack(position, bytes);
      } else if (inode.isDirty(position, bytes)) {
        return -Errno.EAGAIN;
      }
      DirectTransfer transfer = new DirectTransfer(inode, disk);
      if (!transfer.needsDisk(position, bytes, false)) {
        return transfer.read(iocb, buffer, size);
      }
      if (!iocb.isSync()) {
        return submit(iocb, false, size);
      }
      long failed = waitForDisk();
      return failed != 0 ? failed : transfer.read(iocb, buffer, size);
    }

    @Override
    public boolean hasWrite() {
      return true;
    }

    @Override
    public long write(Kiocb iocb, UserBuffer buffer) {
      boolean direct = isDirect(iocb);
      if (!direct && (iocb.flags() & Kiocb.NOWAIT) != 0) {
        return -Errno.EOPNOTSUPP; // ext4_buffered_write_iter
      }
      if (buffer.length() == 0) {
        return 0;
      }
      FileInode inode = iocb.file().privateData(FileInode.class);
      long allowed = inode.check(iocb, buffer.length(), state.sizeLimit.readOnce(), disk.maximum);
      if (allowed < 0) {
        return allowed;
      }
      return direct
          ? writeDirectly(iocb, buffer, inode, allowed)
          : written(iocb, inode, inode.store(iocb, buffer, allowed));
    }

    /** generic_write_sync. */
    private long written(Kiocb iocb, FileInode inode, long result) {
      if (result <= 0 || (iocb.flags() & Kiocb.DSYNC) == 0) {
        return result;
      }
      inode.writeBack(iocb.position() - result, result);
      long failed = waitForDisk();
      return failed != 0 ? failed : result;
    }

    /** ext4_dio_write_checks, then __iomap_dio_rw: the cache, then alignment. */
    private long writeDirectly(Kiocb iocb, UserBuffer buffer, FileInode inode, long allowed) {
      long position = iocb.position();
      DirectTransfer transfer = new DirectTransfer(inode, disk);
      // ext4_extending_io
      boolean extending = position + allowed > inode.diskSize();
      boolean overwriting = !extending && transfer.isOverwrite(position, allowed);
      if ((iocb.flags() & Kiocb.NOWAIT) != 0 && (!overwriting || inode.isCached(position, allowed))) {
        return -Errno.EAGAIN;
      }
      inode.dropCache(position, allowed);
      boolean partial = (position | allowed) % inode.pageBytes() != 0;
      boolean waits = iocb.isSync() || extending || (partial && !overwriting);
      if (!transfer.needsDisk(position, allowed, true)) {
        return transfer.write(iocb, buffer, allowed, waits, extending);
      }
      if (!waits) {
        return submit(iocb, true, allowed);
      }
      long failed = waitForDisk();
      return failed != 0 ? failed : transfer.write(iocb, buffer, allowed, true, extending);
    }

    @Override
    public boolean hasFsync() {
      return true;
    }

    @Override
    public long fsync(File file, boolean dataOnly) {
      file.privateData(FileInode.class).writeBack(0, Long.MAX_VALUE);
      return waitForDisk();
    }

    @Override
    public UserPages mmap(File file, long bytes, boolean writable) {
      return mappings.allocate().init(file.privateData(FileInode.class), bytes, writable);
    }

    @Override
    public void release(File file) {
      FileInode inode = file.privateData(FileInode.class);
      inode.freePages();
      inodes.free(inode);
    }
  }
}
