package dev.regardless.emulation;

import java.util.Arrays;

/** Threads waiting for one CPU, first come first served; can be looked through without an iterator's allocation. */
final class RunQueue {
  private EmulatedThread[] ring = new EmulatedThread[16];
  private int first;
  private int size;

  boolean isEmpty() {
    return size == 0;
  }

  int size() {
    return size;
  }

  /** The thread with {@code index} threads before it, {@code 0 <= index < size()}. */
  EmulatedThread at(int index) {
    return ring[(first + index) & (ring.length - 1)];
  }

  void addLast(EmulatedThread thread) {
    if (size == ring.length) {
      grow();
    }
    ring[(first + size++) & (ring.length - 1)] = thread;
  }

  /** The first thread, which must exist. */
  EmulatedThread removeFirst() {
    EmulatedThread thread = ring[first];
    first = (first + 1) & (ring.length - 1);
    size--;
    return thread;
  }

  void clear() {
    first = 0;
    size = 0;
  }

  private void grow() {
    EmulatedThread[] larger = Arrays.copyOf(ring, 2 * ring.length);
    System.arraycopy(ring, 0, larger, ring.length, first);
    ring = larger;
  }
}
