package dev.regardless.vfs;

import dev.regardless.memory.CellFactory;
import dev.regardless.memory.KernelObject;
import dev.regardless.memory.LongCell;
import dev.regardless.memory.RefCell;

/**
 * struct kiocb (include/linux/fs.h, 6.x): one read or write in progress. Aio requests and synchronous calls each embed
 * their own kind.
 */
public abstract class Kiocb extends KernelObject {

  /** IOCB_DSYNC: what is written must be on the disk. */
  public static final long DSYNC = 1 << 1;

  /** IOCB_NOWAIT: -EAGAIN rather than wait. */
  public static final long NOWAIT = 1 << 3;

  /** IOCB_APPEND. */
  public static final long APPEND = 1 << 4;

  /** IOCB_DIRECT. */
  public static final long DIRECT = 1 << 17;

  /** IOCB_AIO_RW: a read or write that fs/aio.c submitted (b820de741ae4, 6.8; its number changed later). */
  public static final long AIO_RW = 1 << 23;

  /** Words of the struct itself; what it is embedded in has its own after them. */
  public static final int WORDS = 4;

  /** IOCB_NOSIGNAL: a write to what nobody reads sends no SIGPIPE. */
  public static final long NOSIGNAL = 0x100;

  private final RefCell<File> file;
  private final LongCell position;
  private final LongCell flags;
  private final RefCell<KernelObject> privateData;

  protected Kiocb(CellFactory cells) {
    super(cells);
    this.file = new RefCell<>(cells, "ki_filp", File.class);
    this.position = new LongCell(cells, "ki_pos");
    this.flags = new LongCell(cells, "ki_flags");
    this.privateData = new RefCell<>(cells, "private", KernelObject.class);
  }

  /** Fills in all fields but private, which is the driver's. */
  public final void init(File newFile, long newPosition, long newFlags) {
    file.write(newFile);
    position.write(newPosition);
    flags.write(newFlags);
  }

  /** ki_filp. */
  public final File file() {
    return file.read();
  }

  /** ki_pos, in bytes. */
  public final long position() {
    return position.read();
  }

  public final void setPosition(long value) {
    position.write(value);
  }

  /** ki_flags. */
  public final long flags() {
    return flags.read();
  }

  /** private: what the driver keeps with the request. */
  public final <T extends KernelObject> T privateData(Class<T> type) {
    return type.cast(privateData.read());
  }

  public final void setPrivateData(KernelObject value) {
    privateData.write(value);
  }

  /** Whether the operation must not wait: IOCB_NOWAIT or the file's O_NONBLOCK. */
  public final boolean isNonblocking() {
    return (flags() & NOWAIT) != 0 || (file().flags() & OpenFlags.NONBLOCK) != 0;
  }

  /** is_sync_kiocb: the caller waits, so -EIOCBQUEUED must not be returned. */
  public abstract boolean isSync();

  /** The transfer's user memory, for what happens after -EIOCBQUEUED was returned; never asked of synchronous ones. */
  public abstract UserBuffer buffer();

  /** ki_complete: the result of an operation that returned -{@link Errno#EIOCBQUEUED}. */
  public abstract void complete(long result);
}
