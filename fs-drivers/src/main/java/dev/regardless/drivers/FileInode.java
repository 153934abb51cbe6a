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
import java.util.function.LongSupplier;

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
  private final LongSupplier disk;

  /** {@code disk}: waits for it; 0 or -EIO. */
  FileInode(Kernel kernel, FileContents contents, LongSupplier disk, CellFactory cells) {
    super(cells);
    this.kernel = kernel;
    this.contents = contents;
    this.disk = disk;
    writing = new Mutex(kernel, cells.embedded(this, "i_rwsem"));
    size = new LongCell(cells, "i_size");
    pages = contents.new Table(cells);
  }

  void init() {
    writing.init();
    size.write(0);
    pages.init();
  }

  void freePages() {
    pages.free();
  }

  /** i_size_read. */
  long size() {
    return size.loadAcquire();
  }

  FileContents.Table pages() {
    return pages;
  }

  int pageBytes() {
    return contents.pageBytes();
  }

  /** Whether the page cache has what the disk does not: filemap_range_needs_writeback. */
  boolean isDirty(long position, long bytes) {
    return pages.range(position, bytes).stream().anyMatch(Page::isDirty);
  }

  /** filemap_range_has_page, of blocks that are there. */
  boolean isCached(long position, long bytes) {
    return pages.range(position, bytes).stream().anyMatch(Page::isCached);
  }

  /** i_disksize: the size without the pages at the end that have no blocks yet. */
  long diskSize() {
    long end = size();
    while (end > 0) {
      Page last = pages.find(end - 1);
      if (last == null || !last.isDelayed()) {
        return end;
      }
      end -= (end - 1) % contents.pageBytes() + 1;
    }
    return 0;
  }

  /** filemap_write_and_wait_range: what the page cache has, it keeps. */
  void writeBack(long position, long bytes) {
    for (Page page : pages.range(position, bytes)) {
      if (page.isDirty()) {
        page.setState(true, false);
      }
    }
  }

  /** invalidate_inode_pages2_range, of what is on the disk. */
  void dropCache(long position, long bytes) {
    pages.range(position, bytes).forEach(page -> page.setState(false, false));
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
    Page page = pages.make(offset);
    if (page != null) {
      page.setState(true, true);
    }
    return word(page == null ? pages.orHole(offset) : page, offset);
  }

  private LongCell word(Page page, long offset) {
    return page.words[(int) (offset % contents.pageBytes() / Long.BYTES)];
  }

  // ---- transfers -------------------------------------------------------------------------------------------------------

  /** Bytes read at the transfer's position through the page cache, or -EFAULT, or -EAGAIN if it must not wait. */
  long load(Kiocb iocb, UserBuffer buffer) {
    long position = iocb.position();
    long bytes = Math.min(buffer.length(), size() - position);
    if (bytes <= 0) {
      return 0;
    }
    long done = 0;
    while (done < bytes) {
      long at = position + done;
      Page page = pages.orHole(at);
      long failed = fill(iocb, page);
      if (failed != 0) {
        return done == 0 ? failed : advance(iocb, done);
      }
      long wanted = Math.min(bytes - done, contents.pageBytes() - at % contents.pageBytes());
      long copied = UserCopy.toUser(buffer, done, page.words, at % contents.pageBytes(), wanted);
      done += copied;
      if (copied < wanted) {
        break;
      }
    }
    return advance(iocb, done);
  }

  /** Reads a page into the cache. Who must not wait starts that too, but gets -EAGAIN. */
  private long fill(Kiocb iocb, Page page) {
    if (page.isCached()) {
      return 0;
    }
    boolean mayWait = (iocb.flags() & Kiocb.NOWAIT) == 0;
    long failed = mayWait ? disk.getAsLong() : 0;
    if (failed == 0) {
      page.setState(true, false);
    }
    return mayWait ? failed : -Errno.EAGAIN;
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
    if (appends(iocb)) {
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

  /** IOCB_APPEND. Synchronous calls take it from the file; a request has its own, which RWF_NOAPPEND may have taken away. */
  private static boolean appends(Kiocb iocb) {
    return (iocb.flags() & Kiocb.APPEND) != 0
        || (iocb.isSync() && (iocb.file().flags() & OpenFlags.APPEND) != 0);
  }

  /** Bytes written of the first {@code most}, or -EFAULT or -ENOSPC. */
  long store(Kiocb iocb, UserBuffer buffer, long most) {
    writing.lock();
    if (appends(iocb)) {
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
    long available = Math.min(bytes, buffer.accessible());
    long copied = copy(buffer, position, 0, available, true);
    if (copied < 0) {
      return copied;
    }
    if (copied == available && available < bytes) {
      fault(position + copied);
    }
    if (position > size.read()) {
      zeroTail();
    }
    growTo(position + copied);
    return advance(iocb, copied);
  }

  /**
   * What a copy of no bytes leaves, since user memory is only faulted in after that (6.18): a new page is zeroed and dirty
   * (block_write_end), one that the disk has is read in, and the file reaches up to there (ext4_da_do_write_end).
   */
  void fault(long position) {
    Page there = pages.find(position);
    if (there != null) {
      there.setState(true, there.isDirty());
      return;
    }
    Page made = pages.make(position);
    if (made != null) {
      made.setState(true, true);
    }
  }

  /**
   * Zeroes what follows the end of the file in its last page, in the page cache: ext4_zero_partial_blocks when somebody writes
   * further behind, ext4_block_truncate_page when a direct write that would have made the file longer has failed.
   */
  void zeroTail() {
    long end = size.read();
    Page last = end % contents.pageBytes() == 0 ? null : pages.find(end);
    if (last != null) {
      last.setState(true, true);
    }
  }

  /** inode_lock, for whoever writes around the page cache. */
  void lock() {
    writing.lock();
  }

  void unlock() {
    writing.unlock();
  }

  /**
   * Copies into pages that are made if need be.
   *
   * @param position in the file of byte {@code from} of the buffer
   * @param caching whether the pages are then in the page cache and dirty, else only on the disk
   * @return bytes, or -ENOSPC
   */
  long copy(UserBuffer buffer, long position, long from, long bytes, boolean caching) {
    long copied = 0;
    boolean full = false;
    while (copied < bytes && !full) {
      long at = position + copied;
      Page page = pages.make(at);
      full = page == null;
      if (page != null) {
        page.setState(caching, caching);
        long end = Math.min(bytes, copied + contents.pageBytes() - at % contents.pageBytes());
        while (copied < end) {
          copied += storeWord(word(page, position + copied), buffer, position + copied, from + copied, end - copied);
        }
      }
    }
    return copied == 0 && full ? -Errno.ENOSPC : copied;
  }

  /** i_size_write, with the inode locked. */
  void growTo(long end) {
    if (end > size.read()) {
      size.storeRelease(end);
    }
  }

  /** Up to the end of one word: bytes before it in the word stay. */
  private static long storeWord(LongCell word, UserBuffer buffer, long position, long offset, long left) {
    long start = position % Long.BYTES;
    if (start == 0 && offset % Long.BYTES == 0 && left >= Long.BYTES) {
      word.write(buffer.load(offset));
      return Long.BYTES;
    }
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
