package dev.regardless.litmus.operational;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A set of equally long tuples of numbers, numbered in the order of their arrival; kept in pages, so growth copies little. */
final class TupleSet {
  private static final int PAGE_BITS = 13;
  private static final int PAGE_MASK = (1 << PAGE_BITS) - 1;
  private static final int FIRST_CAPACITY = 64;

  private final int width;
  private final List<int[]> pages = new ArrayList<>();
  private int[] table = new int[FIRST_CAPACITY];
  private int size;

  TupleSet(int width) {
    this.width = width;
  }

  int size() {
    return size;
  }

  /** Bytes that the set takes, roughly. */
  long bytes() {
    return (long) pages.size() * ((Integer.BYTES * width) << PAGE_BITS) + (long) table.length * Integer.BYTES;
  }

  /** Copies a tuple out. */
  void read(int number, int[] target) {
    System.arraycopy(pages.get(number >> PAGE_BITS), (number & PAGE_MASK) * width, target, 0, width);
  }

  /** Adds a tuple. Returns its number if it is new, else -1. */
  int add(int[] tuple) {
    int mask = table.length - 1;
    int slot = hash(tuple) & mask;
    while (table[slot] != 0) {
      if (equal(table[slot] - 1, tuple)) {
        return -1;
      }
      slot = (slot + 1) & mask;
    }
    int number = size++;
    if (number >> PAGE_BITS == pages.size()) {
      pages.add(new int[width << PAGE_BITS]);
    }
    System.arraycopy(tuple, 0, pages.get(number >> PAGE_BITS), (number & PAGE_MASK) * width, width);
    table[slot] = size;
    if (2 * size > table.length) {
      grow();
    }
    return number;
  }

  private void grow() {
    table = new int[2 * table.length];
    int mask = table.length - 1;
    int[] tuple = new int[width];
    for (int number = 0; number < size; number++) {
      read(number, tuple);
      int slot = hash(tuple) & mask;
      while (table[slot] != 0) {
        slot = (slot + 1) & mask;
      }
      table[slot] = number + 1;
    }
  }

  private boolean equal(int number, int[] tuple) {
    int from = (number & PAGE_MASK) * width;
    return Arrays.equals(pages.get(number >> PAGE_BITS), from, from + width, tuple, 0, width);
  }

  private int hash(int[] tuple) {
    int hash = 0;
    for (int index = 0; index < width; index++) {
      hash = (hash ^ tuple[index]) * 0x9E37_79B1;
      hash ^= hash >>> 15;
    }
    return hash;
  }
}
