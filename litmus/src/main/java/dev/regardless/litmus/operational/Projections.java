package dev.regardless.litmus.operational;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * What one thread can tell of the order of all writes: the writes to the cells that it accesses. Each such order has a
 * number; 0 is the empty one.
 */
final class Projections {
  private static final int FIRST_CAPACITY = 16;

  private record Extension(int parent, int cell, long value, boolean own) {}

  private final Map<Extension, Integer> numbers = new HashMap<>();
  private int[] parents = new int[FIRST_CAPACITY];
  private int[] cells = new int[FIRST_CAPACITY];
  private long[] values = new long[FIRST_CAPACITY];
  private boolean[] owns = new boolean[FIRST_CAPACITY];
  private int[] lengths = new int[FIRST_CAPACITY];
  private int size = 1;

  int size() {
    return size;
  }

  /** The order that has one more write at its end. */
  int extend(int order, int cell, long value, boolean own) {
    Integer known = numbers.putIfAbsent(new Extension(order, cell, value, own), size);
    if (known != null) {
      return known;
    }
    if (size == parents.length) {
      parents = Arrays.copyOf(parents, 2 * size);
      cells = Arrays.copyOf(cells, 2 * size);
      values = Arrays.copyOf(values, 2 * size);
      owns = Arrays.copyOf(owns, 2 * size);
      lengths = Arrays.copyOf(lengths, 2 * size);
    }
    parents[size] = order;
    cells[size] = cell;
    values[size] = value;
    owns[size] = own;
    lengths[size] = lengths[order] + 1;
    return size++;
  }

  /** How many writes an order has. */
  int length(int order) {
    return lengths[order];
  }

  /** The order without its last write. */
  int parent(int order) {
    return parents[order];
  }

  /** The cell of the last write. */
  int cell(int order) {
    return cells[order];
  }

  /** The value of the last write. */
  long value(int order) {
    return values[order];
  }

  /** Whether the thread itself made the last write. */
  boolean isOwn(int order) {
    return owns[order];
  }
}
