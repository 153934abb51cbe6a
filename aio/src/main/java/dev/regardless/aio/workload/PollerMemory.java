package dev.regardless.aio.workload;

import dev.regardless.aio.IocbLayout;
import dev.regardless.memory.CellFactory;
import dev.regardless.memory.LongCell;
import dev.regardless.vfs.UserPages;

/**
 * The memory of one poller: {@code depth} iocbs, the array of pointers that io_submit takes, and for each iocb whether it is
 * in flight and which file it polls. Whoever reaps an event finds the iocb by the event's obj and frees it here.
 */
final class PollerMemory extends UserPages {

  private static final int IOCB_BYTES = IocbLayout.WORDS * Long.BYTES;

  private final int depth;
  private final int batch;

  PollerMemory(CellFactory cells, int depth, int batch) {
    super(cells, depth * IocbLayout.WORDS + batch + 2 * depth);
    this.depth = depth;
    this.batch = batch;
  }

  /** Byte offset of an iocb. */
  static long offsetOf(int slot) {
    return (long) slot * IOCB_BYTES;
  }

  /** The iocb at a byte offset. */
  static int slotAt(long offset) {
    return (int) (offset / IOCB_BYTES);
  }

  LongCell iocb(int slot, int word) {
    return word(slot * IocbLayout.WORDS + word);
  }

  /** Byte offset of the array of pointers. */
  long pointersOffset() {
    return offsetOf(depth);
  }

  LongCell pointer(int index) {
    return word(depth * IocbLayout.WORDS + index);
  }

  /** 1 while the iocb is in flight. */
  LongCell inFlight(int slot) {
    return word(depth * IocbLayout.WORDS + batch + slot);
  }

  /** Index of the file that the iocb polls. */
  LongCell file(int slot) {
    return word(depth * IocbLayout.WORDS + batch + depth + slot);
  }
}
