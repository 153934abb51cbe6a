package dev.regardless.litmus.axiomatic;

import dev.regardless.isa.UnsupportedTestException;
import dev.regardless.litmus.test.LitmusTest;

/** One path of every thread, put together: accesses of thread after thread, numbered from 0, at most 64. */
final class Combination {
  private static final int LIMIT = 64;

  final LitmusTest test;
  final CompiledPath[] paths;
  final int count;
  final int[] offsets;
  final int[] threads;
  final int[] cells;
  final long writes;
  final long[] order;
  final long[] sameCellBefore;
  final long[] sameCellAfter;
  final int[] follower;
  final long[] united;
  final long[] hazards;
  final long[] writtenReads;
  /** For each cell its writes. */
  final long[] writesOfCell;
  /** All conditions of all paths: the reads each needs. */
  final long[] conditionReads;
  final int[] conditionThread;
  final int[] conditionIndex;

  Combination(LitmusTest test, CompiledPath[] paths) {
    this.test = test;
    this.paths = paths;
    offsets = new int[paths.length];
    int accesses = 0;
    int conditions = 0;
    for (int thread = 0; thread < paths.length; thread++) {
      offsets[thread] = accesses;
      accesses += paths[thread].count;
      conditions += paths[thread].conditionReads.length;
    }
    count = accesses;
    if (count > LIMIT) {
      throw new UnsupportedTestException(
          test.source() + ": not supported: an execution with more than " + LIMIT + " memory accesses");
    }
    threads = new int[count];
    cells = new int[count];
    order = new long[count];
    sameCellBefore = new long[count];
    sameCellAfter = new long[count];
    follower = new int[count];
    united = new long[count];
    hazards = new long[count];
    writtenReads = new long[count];
    writesOfCell = new long[test.memory().cells().size()];
    conditionReads = new long[conditions];
    conditionThread = new int[conditions];
    conditionIndex = new int[conditions];
    long writeMask = 0;
    int condition = 0;
    for (int thread = 0; thread < paths.length; thread++) {
      CompiledPath path = paths[thread];
      int offset = offsets[thread];
      for (int access = 0; access < path.count; access++) {
        int event = offset + access;
        threads[event] = thread;
        cells[event] = path.cells[access];
        order[event] = path.order[access] << offset;
        sameCellBefore[event] = path.sameCellBefore[access] << offset;
        sameCellAfter[event] = path.sameCellAfter[access] << offset;
        united[event] = path.united[access] << offset;
        hazards[event] = path.hazards[access] << offset;
        follower[event] = path.follower[access] < 0 ? -1 : path.follower[access] + offset;
        writtenReads[event] = path.writtenReads[access] << offset;
      }
      writeMask |= path.count == 0 ? 0 : path.writes << offset;
      for (int index = 0; index < path.conditionReads.length; index++) {
        conditionReads[condition] = path.conditionReads[index] << offset;
        conditionThread[condition] = thread;
        conditionIndex[condition++] = index;
      }
    }
    writes = writeMask;
    for (long rest = writes; rest != 0; rest &= rest - 1) {
      int write = Long.numberOfTrailingZeros(rest);
      writesOfCell[cells[write]] |= 1L << write;
    }
  }

  /** The access' number among all events of its thread's path. */
  int original(int access) {
    int thread = threads[access];
    return paths[thread].original[access - offsets[thread]];
  }

  /** The value that a write stores, when the reads it needs are known. */
  long written(int write, long[][] values) {
    CompiledPath path = paths[threads[write]];
    return path.path.expressions().evaluate(path.written[write - offsets[threads[write]]], values[threads[write]]);
  }

  /** What a read of its width makes of a cell's value. */
  long narrowed(int read, long value) {
    int width = width(read);
    return width == Long.BYTES ? value : value & ((1L << (8 * width)) - 1);
  }

  /** Whether a condition is as its path needs it. */
  boolean conditionHolds(int condition, long[][] values) {
    int thread = conditionThread[condition];
    ThreadPath path = paths[thread].path;
    int index = conditionIndex[condition];
    return path.expressions().evaluate(path.conditions()[index], values[thread]) != 0 == path.mustHold()[index];
  }

  /**
   * Whether accesses of different widths meet in one cell that is written, or an access is wider than the array element
   * it hits: memory is not modelled byte by byte.
   */
  boolean mixesSizes() {
    for (int write = 0; write < count; write++) {
      for (int access = 0; access < count && (writes & 1L << write) != 0; access++) {
        if (cells[access] == cells[write] && width(access) != width(write)) {
          return true;
        }
      }
      if (test.memory().cells().get(cells[write]).element() >= 0
          && width(write) > test.memory().cells().get(cells[write]).type().bytes()) {
        return true;
      }
    }
    return false;
  }

  private int width(int access) {
    return paths[threads[access]].widths[access - offsets[threads[access]]];
  }

  /** Whether some thread ends at an access to no memory cell. */
  boolean wild() {
    for (CompiledPath path : paths) {
      if (path.path.wild()) {
        return true;
      }
    }
    return false;
  }
}
