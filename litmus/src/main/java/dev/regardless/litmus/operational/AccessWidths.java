package dev.regardless.litmus.operational;

import dev.regardless.isa.MicroOp;
import dev.regardless.isa.UnsupportedTestException;
import dev.regardless.litmus.test.LitmusTest;
import dev.regardless.litmus.test.MemoryCell;
import dev.regardless.litmus.test.MemoryLayout;

/**
 * The widths at which a test's threads access each cell. Memory is not modelled byte by byte, so a test is refused, as the
 * axiomatic engine refuses it, if accesses of different widths meet in one cell that is written, or if one is wider than
 * the array element it hits.
 */
final class AccessWidths {
  private final LitmusTest test;
  private final int[] accessed;
  private final int[] written;

  AccessWidths(LitmusTest test) {
    this.test = test;
    accessed = new int[test.memory().cells().size()];
    written = new int[accessed.length];
  }

  /**
   * Notes an access.
   *
   * @param cell {@link MemoryLayout#NONE} is let pass
   * @throws UnsupportedTestException if the widths do not fit together
   */
  void note(int cell, MicroOp access) {
    if (cell == MemoryLayout.NONE) {
      return;
    }
    accessed[cell] |= access.width;
    written[cell] |= access.kind == MicroOp.Kind.STORE ? access.width : 0;
    MemoryCell place = test.memory().cells().get(cell);
    boolean mixed = written[cell] != 0 && Integer.bitCount(accessed[cell]) > 1;
    if (mixed || (place.element() >= 0 && access.width > place.type().bytes())) {
      throw new UnsupportedTestException(
          test.source() + ": not supported: accesses of different sizes to one location");
    }
  }
}
