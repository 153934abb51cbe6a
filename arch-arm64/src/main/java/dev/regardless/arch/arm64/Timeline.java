package dev.regardless.arch.arm64;

/**
 * The order of all writes: the times of the newest ones, of whatever location. Times are dense enough for later writes to
 * be placed between earlier ones. Time 0 is that of all initial values.
 */
final class Timeline {

  /** Distance of appended times: 20 times a write can be placed right before another one, in the same gap. */
  private static final long DISTANCE = 1L << 20;

  private final int window;
  private final int mask;
  private final long[] times;
  private int head;
  private int size;

  /** How many of the newest writes float: others go before them unless they must not. */
  private int floating;

  /** Keeps the newest {@code window} gaps between writes. */
  Timeline(int window) {
    if (window < 1) {
      throw new IllegalArgumentException("store buffer entries: expected at least 1, got " + window);
    }
    this.window = window;
    int ring = Integer.highestOneBit(2 * window + 1);
    this.mask = ring - 1;
    this.times = new long[ring];
    restart();
  }

  void restart() {
    head = 0;
    size = 1;
    floating = 0;
    times[0] = 0;
  }

  /** The newest time. */
  long latest() {
    return times[head];
  }

  /** How many gaps there are to place a write in; gap {@code i} is the one before the {@code i}-th newest, from 1. */
  int gaps() {
    return size - 1;
  }

  /** Number of gaps that may ever be there. */
  int window() {
    return window;
  }

  /** Time of the write {@code back} places before the newest. */
  long time(int back) {
    return times[(head - back) & mask];
  }

  /** Whether there is still a time between the two writes around the gap. */
  boolean hasRoom(int gap) {
    return time(gap - 1) - time(gap) > 1;
  }

  /** The gap that a write goes into by default: before those that float. */
  int defaultGap() {
    return floating;
  }

  /** Lets the write just placed in the {@link #defaultGap} float. */
  void letFloat() {
    floating++;
  }

  /** Nothing floats any more. */
  void settle() {
    floating = 0;
  }

  /** The time of a new write placed in that gap, or after all others if it is 0. */
  long place(int gap) {
    floating = Math.min(floating, gap);
    return gap == 0 ? append() : insert(gap);
  }

  private long append() {
    long time = times[head] + DISTANCE;
    if (time < 0) {
      throw new IllegalStateException("more than 2^43 writes in one run");
    }
    head = (head + 1) & mask;
    times[head] = time;
    if (size <= window) {
      size++;
    }
    return time;
  }

  private long insert(int gap) {
    long time = time(gap) + (time(gap - 1) - time(gap)) / 2;
    for (int back = 0; back < gap; back++) {
      times[(head + 1 - back) & mask] = time(back);
    }
    times[(head + 1 - gap) & mask] = time;
    head = (head + 1) & mask;
    if (size <= window) {
      size++;
    }
    return time;
  }
}
