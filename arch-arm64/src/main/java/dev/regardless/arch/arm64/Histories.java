package dev.regardless.arch.arm64;

import java.util.Arrays;

/**
 * What was written to each location, in coherence order: a ring of messages per location, of which the oldest is dropped
 * when another one needs its place. Flat arrays; a message is {@link #FIELDS} numbers at its offset.
 *
 * <p>Also what each thread knows of each location: its coherence view and its forward bank (Pulte et al., PLDI 2019).
 */
final class Histories {

  /** Numbers per message, and per pair of thread and location. */
  static final int FIELDS = 4;

  static final int TIME = 0;
  static final int VALUE = 1;
  /** The latest time at which some read relied on this message's being the newest; at least its own. */
  static final int LEASE = 2;
  /** Twice the writer (-1 for an initial value), plus 1 if nothing may come between the previous message and this. */
  static final int ORIGIN = 3;

  /** coh: no write older than this may be read any more by the thread. */
  static final int COHERENCE = 0;
  /** fwdb.time: time of the thread's last write to the location, -1 for none. */
  static final int FORWARD_TIME = 1;
  /** fwdb.view: what a read of that write depends on, as its address and data did. */
  static final int FORWARD_VIEW = 2;
  /** fwdb.xcl: 1 if that write was half of a read-modify-write. */
  static final int FORWARD_ATOMIC = 3;

  private static final long INITIAL = -2;

  private final int threads;
  private final int entries;
  private final int mask;
  long[] messages = new long[0];
  long[] known = new long[0];
  private int[] newest = new int[0];
  private int[] count = new int[0];
  private boolean[] truncated = new boolean[0];
  private long[] versions = new long[0];

  Histories(int threads, int entries) {
    if (entries < 2) {
      throw new IllegalArgumentException("history entries: expected at least 2, got " + entries);
    }
    this.threads = threads;
    this.entries = Integer.highestOneBit(2 * entries - 1);
    this.mask = this.entries - 1;
  }

  /** Most messages that a location can have. */
  int entries() {
    return entries;
  }

  void ensureLocations(int locations) {
    int old = newest.length;
    if (locations <= old) {
      return;
    }
    int size = Math.max(locations, old * 2);
    messages = Arrays.copyOf(messages, Math.multiplyExact(size, entries * FIELDS));
    known = Arrays.copyOf(known, Math.multiplyExact(size, threads * FIELDS));
    newest = Arrays.copyOf(newest, size);
    count = Arrays.copyOf(count, size);
    truncated = Arrays.copyOf(truncated, size);
    versions = Arrays.copyOf(versions, size);
    for (int location = old; location < size; location++) {
      reset(location, 0);
    }
  }

  void reset(int location, long value) {
    newest[location] = 0;
    count[location] = 1;
    truncated[location] = false;
    versions[location]++;
    int message = location * entries * FIELDS;
    messages[message + TIME] = 0;
    messages[message + VALUE] = value;
    messages[message + LEASE] = 0;
    messages[message + ORIGIN] = INITIAL;
    for (int thread = 0; thread < threads; thread++) {
      int own = known(location, thread);
      known[own + COHERENCE] = 0;
      known[own + FORWARD_TIME] = -1;
    }
  }

  /** Offset in {@link #known} of what the thread knows of the location. */
  int known(int location, int thread) {
    return (location * threads + thread) * FIELDS;
  }

  /** Offset in {@link #messages} of the newest message. */
  int newest(int location) {
    return (location * entries + newest[location]) * FIELDS;
  }

  /** Offset of the message {@code back} places before the newest. */
  int message(int location, int back) {
    return (location * entries + ((newest[location] - back) & mask)) * FIELDS;
  }

  int count(int location) {
    return count[location];
  }

  /** Whether messages of the location were dropped since its reset. */
  boolean isTruncated(int location) {
    return truncated[location];
  }

  long version(int location) {
    return versions[location];
  }

  /** Number of messages, from the newest, that a read bound to have seen {@code bound} may return; at least 1. */
  int readable(int location, long bound) {
    int readable = 1;
    int all = count[location];
    while (readable < all && messages[message(location, readable - 1) + TIME] > bound) {
      readable++;
    }
    return readable;
  }

  /** The thread that wrote the message at that offset; -1 for an initial value. */
  int writer(int message) {
    return (int) (messages[message + ORIGIN] >> 1);
  }

  /** Whether nothing may come between the message at that offset and the one before it. */
  boolean isAtomic(int message) {
    return (messages[message + ORIGIN] & 1) != 0;
  }

  /** Puts a new message right after the one {@code back} places before the newest. */
  void insert(int location, int back, long time, long value, int writer, boolean atomic) {
    int ring = newest[location] + 1;
    newest[location] = ring & mask;
    for (int i = 0; i < back; i++) {
      System.arraycopy(messages, message(location, i + 1), messages, message(location, i), FIELDS);
    }
    int message = message(location, back);
    messages[message + TIME] = time;
    messages[message + VALUE] = value;
    messages[message + LEASE] = time;
    messages[message + ORIGIN] = ((long) writer << 1) | (atomic ? 1 : 0);
    if (count[location] == entries) {
      truncated[location] = true;
    } else {
      count[location]++;
    }
    if (back == 0) {
      versions[location]++;
    }
  }

  /** Places before the newest of the location's message of that time, or -1. */
  int backOf(int location, long time) {
    for (int back = 0; back < count[location]; back++) {
      if (messages[message(location, back) + TIME] == time) {
        return back;
      }
    }
    return -1;
  }
}
