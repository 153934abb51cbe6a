package dev.regardless.litmus.operational;

import java.util.Arrays;

/** Where a thread stands in its code, and what its registers hold; mutable, copied at choices. */
final class ThreadState {
  long address;
  int step;
  /** Registers, then temporaries. */
  final long[] values;
  /** Whether a value came from memory, so that a branch on it is a choice. */
  final long[] fromMemory;
  /** The views of registers and temporaries, if the model has any. */
  final int[] views;
  int steps;
  /** The highest view of a condition that had to hold without anything being ordered after it. */
  int unordered;
  /** How many choices were made before now; see {@link LocalSteps}. */
  int forks;
  /** For each counted jump backwards: its address, how often it was taken, how many choices came before. */
  long[] jumps = NO_JUMPS;

  private static final long[] NO_JUMPS = new long[0];
  private static final int JUMP_FIELDS = 3;

  ThreadState(long address, int registers, int viewWidth) {
    this.address = address;
    values = new long[registers];
    fromMemory = new long[(registers + Long.SIZE - 1) / Long.SIZE];
    views = new int[registers * viewWidth];
  }

  ThreadState(ThreadState other) {
    address = other.address;
    step = other.step;
    values = other.values.clone();
    fromMemory = other.fromMemory.clone();
    views = other.views.length == 0 ? other.views : other.views.clone();
    steps = other.steps;
    unordered = other.unordered;
    forks = other.forks;
    jumps = other.jumps;
  }

  boolean isFromMemory(int register) {
    return register >= 0 && (fromMemory[register >> 6] >>> register & 1) != 0;
  }

  void set(int register, long value, boolean unknown) {
    values[register] = value;
    long bit = 1L << register;
    if (unknown) {
      fromMemory[register >> 6] |= bit;
    } else {
      fromMemory[register >> 6] &= ~bit;
    }
  }

  long value(int register) {
    return register < 0 ? 0 : values[register];
  }

  /** Forgets registers from this number on. */
  void forget(int first) {
    Arrays.fill(values, first, values.length, 0);
    int width = views.length / values.length;
    Arrays.fill(views, first * width, views.length, 0);
    for (int register = first; register < values.length; register++) {
      fromMemory[register >> 6] &= ~(1L << register);
    }
  }

  /** The highest of a register's views. */
  int highestView(int register) {
    int highest = 0;
    int width = views.length / values.length;
    for (int part = 0; register >= 0 && part < width; part++) {
      highest = Math.max(highest, views[register * width + part]);
    }
    return highest;
  }

  /** Counts a jump backwards if a choice was made since it was last counted; returns how often it was counted. */
  int countJump() {
    for (int index = 0; index < jumps.length; index += JUMP_FIELDS) {
      if (jumps[index] == address) {
        if (jumps[index + 2] < forks) {
          jumps = jumps.clone();
          jumps[index + 1]++;
          jumps[index + 2] = forks;
        }
        return (int) jumps[index + 1];
      }
    }
    int end = jumps.length;
    jumps = Arrays.copyOf(jumps, end + JUMP_FIELDS);
    jumps[end] = address;
    jumps[end + 1] = 1;
    jumps[end + 2] = forks;
    return 1;
  }
}
