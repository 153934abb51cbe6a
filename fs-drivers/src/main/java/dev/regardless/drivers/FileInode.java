package dev.regardless.drivers;

import dev.regardless.drivers.FileContents.Page;
import dev.regardless.kernel.Kernel;
import dev.regardless.kernel.Mutex;
import dev.regardless.memory.CellFactory;
import dev.regardless.memory.KernelObject;
import dev.regardless.memory.LongCell;
import dev.regardless.vfs.Errno;
import dev.regardless.vfs.Kiocb;
import dev.regardless.vfs.OpenFlags;
import dev.regardless.vfs.UserBuffer;
import dev.regardless.vfs.UserCopy;

/**
 * struct inode of a regular file: its size, its pages, and what a transfer does to them. Source: mm/filemap.c
 * (generic_perform_write, filemap_read), fs/read_write.c (generic_write_checks) of 6.18.
 */
final class FileInode extends KernelObject {

  private static final int SIGXFSZ = 25;

  private final Kernel kernel;
  private final FileContents contents;
  private final FileContents.Table pages;
  private final Mutex writing;
  private final LongCell size;
  private final LongCell cached;
  private final LongCell dirty;

  FileInode(Kernel kernel, FileContents contents, CellFactory cells) {
    super(cells);
    this.kernel = kernel;
    this.contents = contents;
    writing = new Mutex(kernel, cells.embedded(this, "i_rwsem"));
    size = new LongCell(cells, "i_size");
    cached = new LongCell(cells, "i_mapping");
    dirty = new LongCell(cells, "dirty");
    pages = contents.new Table(cells);
  }

  void init() {
    writing.init();
    size.write(0);
    cached.write(1);
    dirty.write(0);
    pages.init();
  }

  void freePages() {
    pages.free();
  }

  /** i_size_read. */
  long size() {
    return size.loadAcquire();
  }

  boolean isCached() {
    return cached.readOnce() != 0;
  }

  void setCached(boolean there) {
    cached.writeOnce(there ? 1 : 0);
  }

  /** Whether the page cache has what the disk does not: filemap_range_needs_writeback, for the whole file. */
  boolean isDirty() {
    return dirty.readOnce() != 0;
  }

  void setDirty(boolean is) {
    dirty.writeOnce(is ? 1 : 0);
  }

  /** The end of the last page that a mapping shows. */
  long mappableBytes() {
    long page = contents.pageBytes();
    return (size() + page - 1) / page * page;
  }

  LongCell wordAt(long offset) {
    return word(pages.orHole(offset), offset);
  }

  /** A mapping's word to store to: within the size every page is there, or is made if there is room. */
  LongCell wordToStore(long offset) {
    setDirty(true);
    Page page = pages.make(offset);
    return word(page == null ? pages.orHole(offset) : page, offset);
  }

  private LongCell word(Page page, long offset) {
    return page.words[(int) (offset % contents.pageBytes() / Long.BYTES)];
  }

  // ---- transfers -------------------------------------------------------------------------------------------------------

  /** Bytes read at the transfer's position, or -EFAULT. */
  long load(Kiocb iocb, UserBuffer buffer) {
    long position = iocb.position();
    long bytes = Math.min(buffer.length(), size() - position);
    if (bytes <= 0) {
      return 0;
    }
    long done = 0;
    while (done < bytes) {
      long at = position + done;
      long wanted = Math.min(bytes - done, contents.pageBytes() - at % contents.pageBytes());
      long copied = UserCopy.toUser(
          buffer, done, pages.orHole(at).words, at % contents.pageBytes(), wanted);
      done += copied;
      if (copied < wanted) {
        break;
      }
    }
    return advance(iocb, done);
  }

  /**
   * generic_write_checks: moves an appending transfer to the end.
   *
   * @param limit RLIMIT_FSIZE
   * @param maximum s_maxbytes
   * @return bytes that may be written, or -EFBIG
   */
  long check(Kiocb iocb, long wanted, long limit, long maximum) {
    writing.lock();
    boolean append = (iocb.file().flags() & OpenFlags.APPEND) != 0 || (iocb.flags() & Kiocb.APPEND) != 0;
    if (append) {
      iocb.setPosition(size.read());
    }
    writing.unlock();
    long position = iocb.position();
    if (position >= limit) {
      kernel.current().sendSignal(SIGXFSZ);
      return -Errno.EFBIG;
    }
    return position >= maximum ? -Errno.EFBIG : Math.min(wanted, Math.min(limit, maximum) - position);
  }

  /** Bytes written of the first {@code most}, or -EFAULT or -ENOSPC. */
  long store(Kiocb iocb, UserBuffer buffer, long most) {
    writing.lock();
    if ((iocb.file().flags() & OpenFlags.APPEND) != 0 || (iocb.flags() & Kiocb.APPEND) != 0) {
      iocb.setPosition(size.read());
    }
    long result = storeLocked(iocb, buffer, Math.min(most, buffer.length()));
    writing.unlock();
    return result;
  }

  private long storeLocked(Kiocb iocb, UserBuffer buffer, long bytes) {
    long position = iocb.position();
    if (bytes == 0) {
      return 0;
    }
    long copied = 0;
    long available = Math.min(bytes, buffer.accessible());
    boolean full = false;
    while (copied < available && !full) {
      Page page = pages.make(position + copied);
      full = page == null;
      if (page != null) {
        copied += storeWord(word(page, position + copied), buffer, position + copied, copied, available - copied);
      }
    }
    if (copied == 0 && full) {
      return -Errno.ENOSPC;
    }
    if (position + copied > size.read()) {
      size.storeRelease(position + copied);
    }
    return advance(iocb, copied);
  }

  /** Up to the end of one word: bytes before it in the word stay. */
  private static long storeWord(LongCell word, UserBuffer buffer, long position, long offset, long left) {
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
