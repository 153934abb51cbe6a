package dev.regardless.aio;

import dev.regardless.memory.CellFactory;
import dev.regardless.memory.KernelObject;
import dev.regardless.memory.LongCell;
import dev.regardless.vfs.UserSpace;

/** The kernel's copy of an array of struct iovec: where in user memory one transfer's bytes are. */
final class IoVector extends KernelObject {

  private static final int PAGE = 4096;

  private final LongCell count;
  private final LongCell[] bases;
  private final LongCell[] lengths;

  /** Room for {@code most} segments. */
  IoVector(CellFactory cells, int most) {
    super(cells);
    count = new LongCell(cells, "nr_segs");
    bases = new LongCell[most];
    lengths = new LongCell[most];
    for (int i = 0; i < most; i++) {
      bases[i] = new LongCell(cells, "iov[" + i + "].iov_base");
      lengths[i] = new LongCell(cells, "iov[" + i + "].iov_len");
    }
  }

  void set(int index, long base, long length) {
    bases[index].write(base);
    lengths[index].write(length);
  }

  void setCount(int segments) {
    count.write(segments);
  }

  /** Bytes up to the first that is not mapped, at most {@code length}. */
  long accessible(UserSpace space, long length) {
    return reach(space, length, false);
  }

  /** Bytes up to the first that cannot be stored to, at most {@code length}. */
  long writable(UserSpace space, long length) {
    return reach(space, length, true);
  }

  private long reach(UserSpace space, long length, boolean storing) {
    long done = 0;
    for (int i = 0; i < count.read() && done < length; i++) {
      long wanted = Math.min(lengths[i].read(), length - done);
      long base = bases[i].read();
      long there = storing ? space.writable(base, wanted) : space.accessible(base, wanted);
      done += there;
      if (there < wanted) {
        break;
      }
    }
    return done;
  }

  /** {@link dev.regardless.vfs.UserBuffer#isDeviceAligned}: segments that meet within a page are one stretch. */
  boolean isDeviceAligned(long offset, long bytes, int alignment) {
    long done = 0;
    long stretches = 0;
    long end = 0;
    boolean aligned = true;
    while (done < bytes) {
      long at = address(offset + done);
      long length = Math.min(Math.min(contiguous(offset + done), PAGE - at % PAGE), bytes - done);
      if (stretches == 0 || at != end || at % PAGE == 0) {
        // Where the one before ends is where this one begins.
        aligned &= at % alignment == 0 && end % alignment == 0;
        stretches++;
      }
      end = at + length;
      done += length;
    }
    return stretches == 1 || (aligned && end % alignment == 0);
  }

  /** Bytes that are left at {@code offset} of the segment that it is in. */
  private long contiguous(long offset) {
    long left = offset;
    int index = 0;
    while (left >= lengths[index].read()) {
      left -= lengths[index].read();
      index++;
    }
    return lengths[index].read() - left;
  }

  /** The 8 bytes at {@code offset} of the transfer, or as many as belong to it. */
  long load(UserSpace space, long length, long offset) {
    long value = 0;
    for (int i = 0; i < Long.BYTES && offset + i < length; i++) {
      long address = address(offset + i);
      if (space.covers(address, 1)) {
        value |= space.load(address, 1) << (8 * i);
      }
    }
    return value;
  }

  /** Stores 8 bytes at {@code offset} of the transfer, or as many as belong to it. */
  void store(UserSpace space, long length, long offset, long value) {
    for (int i = 0; i < Long.BYTES && offset + i < length; i++) {
      long address = address(offset + i);
      if (space.writable(address, 1) == 1) {
        space.store(address, 1, value >>> (8 * i));
      }
    }
  }

  private long address(long offset) {
    long left = offset;
    int index = 0;
    while (left >= lengths[index].read()) {
      left -= lengths[index].read();
      index++;
    }
    return bases[index].read() + left;
  }
}
