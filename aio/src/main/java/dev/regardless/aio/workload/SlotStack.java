package dev.regardless.aio.workload;

/** The free iocbs that a poller knows of: a local variable of its program, made anew for each run. */
final class SlotStack {

  private final int[] slots;
  private final int[] size = new int[1];

  /** Room for {@code capacity} slots; empty. */
  SlotStack(int capacity) {
    slots = new int[capacity];
  }

  void push(int slot) {
    slots[size[0]++] = slot;
  }

  boolean isEmpty() {
    return size[0] == 0;
  }

  int size() {
    return size[0];
  }

  int pop() {
    return slots[--size[0]];
  }
}
