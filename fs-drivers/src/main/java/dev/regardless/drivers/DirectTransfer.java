package dev.regardless.drivers;

import dev.regardless.memory.LongCell;
import dev.regardless.vfs.Errno;
import dev.regardless.vfs.Kiocb;
import dev.regardless.vfs.UserBuffer;
import dev.regardless.vfs.UserCopy;

/**
 * What a direct transfer moves between a file's blocks and user memory, extent by extent, once the disk has answered. An
 * extent here is a stretch of pages that all are there, or all are not. Source: fs/iomap/direct-io.c (__iomap_dio_rw,
 * iomap_dio_bio_iter, iomap_dio_hole_iter), fs/ext4/file.c (ext4_dio_write_iter) and block/blk-merge.c (bio_split_io_at) of
 * 6.18, for blocks of one page.
 */
final class DirectTransfer {

  private final FileInode inode;
  private final RegularFile.Disk disk;

  DirectTransfer(FileInode inode, RegularFile.Disk disk) {
    this.inode = inode;
    this.disk = disk;
  }

  /** Whether the disk has to do with it at all; holes are read, and what is not aligned is refused, without it. */
  boolean needsDisk(long position, long bytes, boolean writing) {
    return position % disk.block() == 0 && extent(position, bytes) % disk.block() == 0
        && (writing || !inode.pages().range(position, bytes).isEmpty());
  }

  /** ext4_overwrite_io: whether the disk has all blocks of a range. */
  boolean isOverwrite(long position, long bytes) {
    long page = inode.pageBytes();
    long blocks = (position + bytes - 1) / page - position / page + 1;
    return inode.pages().range(position, bytes).stream().filter(each -> !each.isDirty()).count() == blocks;
  }

  private boolean isHole(long position) {
    return inode.pages().find(position) == null;
  }

  /** Bytes of the extent that begins at a position, at most {@code bytes}. */
  private long extent(long position, long bytes) {
    long page = inode.pageBytes();
    boolean hole = isHole(position);
    long end = position - position % page + page;
    while (end < position + bytes && isHole(end) == hole) {
      end += page;
    }
    return Math.min(bytes, end - position);
  }

  /** How much of an extent the disk can be told to transfer: 0 or more bytes, or -EINVAL. */
  private long transferable(UserBuffer buffer, long position, long done, long bytes, long reachable) {
    if (position % disk.block() != 0 || bytes % disk.block() != 0) {
      return -Errno.EINVAL;
    }
    long there = Math.clamp(reachable - done, 0, bytes);
    there -= there % disk.block();
    return there > 0 && !buffer.isDeviceAligned(done, there, disk.memoryAlignment()) ? -Errno.EINVAL : there;
  }

  // ---- reads -----------------------------------------------------------------------------------------------------------

  /**
   * Reads. What lies beyond the end of the file is read too, as zeros, but not counted.
   *
   * @param size of the file when the transfer began
   * @return bytes, or a negated errno, after some bytes perhaps
   */
  long read(Kiocb iocb, UserBuffer buffer, long size) {
    long position = iocb.position();
    long length = buffer.length();
    long done = 0;
    long error = 0;
    while (done < length && error == 0) {
      long at = position + done;
      long bytes = extent(at, length - done);
      long most = isHole(at) ? bytes : transferable(buffer, at, done, bytes, buffer.writable());
      if (most < 0) {
        error = most;
      } else {
        long copied = copyOut(buffer, at, done, most);
        done += copied;
        error = copied < bytes ? -Errno.EFAULT : 0;
      }
    }
    if (error != 0) {
      return error;
    }
    long result = Math.min(done, size - position);
    iocb.setPosition(position + result);
    return result;
  }

  private long copyOut(UserBuffer buffer, long position, long from, long bytes) {
    long done = 0;
    while (done < bytes) {
      long at = position + done;
      long start = at % inode.pageBytes();
      long wanted = Math.min(bytes - done, inode.pageBytes() - start);
      LongCell[] words = inode.pages().orHole(at).words;
      long copied = UserCopy.toUser(buffer, from + done, words, start, wanted);
      done += copied;
      if (copied < wanted) {
        break;
      }
    }
    return done;
  }

  // ---- writes ----------------------------------------------------------------------------------------------------------

  /**
   * Writes the first {@code most} bytes. A fault ends it. Within a block that is new or beyond the end of the file the rest
   * of that block is zeroed then, whose result replaces -EFAULT: what was written before counts, and if the caller has
   * waited, the rest is written through the page cache, up to the byte that faults.
   *
   * @param waited IOMAP_DIO_FORCE_WAIT, or a synchronous call
   * @param extending whether it went beyond the file's size, or its size on the disk, when it began
   */
  long write(Kiocb iocb, UserBuffer buffer, long most, boolean waited, boolean extending) {
    inode.lock();
    long position = iocb.position();
    long length = Math.min(most, buffer.length());
    long size = inode.size();
    long done = 0;
    long error = 0;
    boolean forgiven = false;
    while (done < length && error == 0 && !forgiven) {
      long at = position + done;
      long bytes = extent(at, length - done);
      long there = transferable(buffer, at, done, bytes, buffer.accessible());
      if (there < 0) {
        error = there;
      } else {
        long end = at + there;
        boolean fault = there < bytes;
        forgiven = fault && end % inode.pageBytes() != 0 && (isHole(at) || end >= size);
        error = fault && !forgiven ? -Errno.EFAULT : 0;
        done += there;
      }
    }
    long result = error == 0 ? succeed(buffer, position, done) : fail(buffer, position, done, extending, error);
    if (forgiven && waited && result >= 0) {
      result = writeRest(buffer, position, done, length);
    }
    inode.unlock();
    if (result > 0) {
      iocb.setPosition(position + result);
    }
    return result;
  }

  /** ext4_handle_inode_extension. */
  private long succeed(UserBuffer buffer, long position, long bytes) {
    long copied = bytes == 0 ? 0 : inode.copy(buffer, position, 0, bytes, false);
    if (copied > 0) {
      inode.growTo(position + copied);
    }
    return copied;
  }

  /** New blocks stay unwritten and what is beyond the end is cut off; blocks that were there have the new bytes. */
  private long fail(UserBuffer buffer, long position, long bytes, boolean extending, long error) {
    long size = inode.size();
    long page = inode.pageBytes();
    long end = Math.min(position + bytes, size);
    for (long at = position; at < end; at = at - at % page + page) {
      if (!isHole(at)) {
        inode.copy(buffer, at, at - position, Math.min(end - at, page - at % page), false);
      }
    }
    if (extending) {
      // ext4_inode_extension_cleanup
      inode.zeroTail();
    }
    return error;
  }

  /** ext4_buffered_write_iter of what is left, whose pages are written back and dropped at once. */
  private long writeRest(UserBuffer buffer, long position, long done, long length) {
    long there = Math.min(length, buffer.accessible()) - done;
    if (there <= 0) {
      // ext4_write_begin has the page by now, and nobody drops it after an error.
      inode.fault(position + done);
      inode.growTo(position + done);
      return -Errno.EFAULT;
    }
    long copied = inode.copy(buffer, position + done, done, there, false);
    if (copied < 0) {
      return copied;
    }
    long end = position + done + copied;
    if (copied == there && done + there < length && end % inode.pageBytes() == 0) {
      inode.fault(end);
    }
    inode.growTo(end);
    return done + copied;
  }
}
