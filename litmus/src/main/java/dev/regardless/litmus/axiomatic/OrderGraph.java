package dev.regardless.litmus.axiomatic;

/**
 * What is known of the order of one execution: the model's order between accesses, kept transitive, and the coherence
 * order between the writes of each cell. Every method that adds something returns false if that is contradictory; the
 * graph is then worthless and must be {@linkplain #copyFrom restored}.
 *
 * <p>A write and the reads that read it move together in coherence order: if write {@code s} comes before write
 * {@code t}, then everything in the group of {@code s} is ordered before {@code t}.
 */
final class OrderGraph {
  private final int count;
  /** For each access those ordered after it. */
  private final long[] after;
  /** For each access those ordered before it. */
  private final long[] before;
  /** For each write the writes of its cell that are coherence-after it. */
  private final long[] later;
  /** For each write the writes of its cell that are coherence-before it. */
  private final long[] earlier;
  /** For each write its readers and itself. */
  private final long[] group;
  /** For each write the write that must directly follow it, or -1. */
  private final int[] follower;
  /** For each write the write that it must directly follow, or -1; the initial write is not a write here. */
  private final int[] leader;
  private Combination combination;

  OrderGraph(Combination combination) {
    this.combination = combination;
    count = combination.count;
    after = new long[count];
    before = new long[count];
    later = new long[count];
    earlier = new long[count];
    group = new long[count];
    follower = new int[count];
    leader = new int[count];
  }

  int count() {
    return count;
  }

  void copyFrom(OrderGraph other) {
    combination = other.combination;
    System.arraycopy(other.after, 0, after, 0, count);
    System.arraycopy(other.before, 0, before, 0, count);
    System.arraycopy(other.later, 0, later, 0, count);
    System.arraycopy(other.earlier, 0, earlier, 0, count);
    System.arraycopy(other.group, 0, group, 0, count);
    System.arraycopy(other.follower, 0, follower, 0, count);
    System.arraycopy(other.leader, 0, leader, 0, count);
  }

  /** Empties the graph and gives it an order that is transitive already. */
  void start(Combination next) {
    combination = next;
    long[] rows = next.order;
    for (int access = 0; access < count; access++) {
      after[access] = rows[access];
      before[access] = 0;
      later[access] = 0;
      earlier[access] = 0;
      group[access] = 1L << access;
      follower[access] = -1;
      leader[access] = -1;
    }
    for (int access = 0; access < count; access++) {
      for (long rest = rows[access]; rest != 0; rest &= rest - 1) {
        before[Long.numberOfTrailingZeros(rest)] |= 1L << access;
      }
    }
  }

  long after(int access) {
    return after[access];
  }

  long later(int write) {
    return later[write];
  }

  long earlier(int write) {
    return earlier[write];
  }

  long group(int write) {
    return group[write];
  }

  int follower(int write) {
    return follower[write];
  }

  int leader(int write) {
    return leader[write];
  }

  /** Orders one access before another. */
  boolean order(int first, int second) {
    if (first == second || (after[second] >>> first & 1) != 0) {
      return false;
    }
    if ((after[first] >>> second & 1) != 0) {
      return true;
    }
    long targets = after[second] | 1L << second;
    long sources = before[first] | 1L << first;
    for (long rest = sources; rest != 0; rest &= rest - 1) {
      after[Long.numberOfTrailingZeros(rest)] |= targets;
    }
    for (long rest = targets; rest != 0; rest &= rest - 1) {
      before[Long.numberOfTrailingZeros(rest)] |= sources;
    }
    return true;
  }

  /** Orders an access before one of another thread or of a later write, and before all that is united with that. */
  private boolean communicate(int first, int second) {
    if (!order(first, second)) {
      return false;
    }
    for (long rest = combination.united[second]; rest != 0; rest &= rest - 1) {
      if (!order(first, Long.numberOfTrailingZeros(rest))) {
        return false;
      }
    }
    return true;
  }

  /** Orders a member of a write's group before a write that comes later. */
  private boolean precede(int member, int write) {
    if (!communicate(member, write)) {
      return false;
    }
    if (combination.threads[member] == combination.threads[write]) {
      return true;
    }
    for (long rest = combination.hazards[member]; rest != 0; rest &= rest - 1) {
      if (!communicate(Long.numberOfTrailingZeros(rest), write)) {
        return false;
      }
    }
    return true;
  }

  /** What an order of two groups would put first: the members of the earlier group, and hazards. */
  long sources(int earlierWrite, int laterWrite) {
    long sources = group[earlierWrite];
    for (long rest = group[earlierWrite]; rest != 0; rest &= rest - 1) {
      int member = Long.numberOfTrailingZeros(rest);
      if (combination.threads[member] != combination.threads[laterWrite]) {
        sources |= combination.hazards[member];
      }
    }
    return sources;
  }

  /** What is ordered after a write or after what is united with it. */
  long afterUnited(int write) {
    long result = after[write];
    for (long rest = combination.united[write]; rest != 0; rest &= rest - 1) {
      result |= after[Long.numberOfTrailingZeros(rest)];
    }
    return result;
  }

  /** Puts one write of a cell before another in coherence order. */
  boolean coherent(int first, int second) {
    if (first == second || (later[second] >>> first & 1) != 0) {
      return false;
    }
    if ((later[first] >>> second & 1) != 0) {
      return true;
    }
    for (long rest = group[first]; rest != 0; rest &= rest - 1) {
      if (!precede(Long.numberOfTrailingZeros(rest), second)) {
        return false;
      }
    }
    long seconds = later[second] | 1L << second;
    long firsts = earlier[first] | 1L << first;
    for (long rest = firsts; rest != 0; rest &= rest - 1) {
      int write = Long.numberOfTrailingZeros(rest);
      later[write] |= seconds;
    }
    for (long rest = seconds; rest != 0; rest &= rest - 1) {
      int write = Long.numberOfTrailingZeros(rest);
      earlier[write] |= firsts;
    }
    return keepsTogether(firsts, seconds);
  }

  /** Nothing comes between a write and the one that must directly follow it. */
  private boolean keepsTogether(long firsts, long seconds) {
    for (long rest = firsts; rest != 0; rest &= rest - 1) {
      int next = follower[Long.numberOfTrailingZeros(rest)];
      if (next >= 0) {
        for (long others = seconds & ~(1L << next) & ~later[next]; others != 0; others &= others - 1) {
          if (!coherent(next, Long.numberOfTrailingZeros(others))) {
            return false;
          }
        }
      }
    }
    for (long rest = seconds; rest != 0; rest &= rest - 1) {
      int previous = leader[Long.numberOfTrailingZeros(rest)];
      if (previous >= 0) {
        for (long others = firsts & ~(1L << previous) & ~earlier[previous]; others != 0; others &= others - 1) {
          if (!coherent(Long.numberOfTrailingZeros(others), previous)) {
            return false;
          }
        }
      }
    }
    return true;
  }

  /** Adds a reader to a write's group; its order before later writes follows. */
  boolean join(int read, int write, boolean sameThread) {
    if (!sameThread && !communicate(write, read)) {
      return false;
    }
    group[write] |= 1L << read;
    for (long rest = later[write]; rest != 0; rest &= rest - 1) {
      if (!precede(read, Long.numberOfTrailingZeros(rest))) {
        return false;
      }
    }
    return true;
  }

  /** Adds a reader of the initial value, which comes before every write of the cell. */
  boolean joinInitial(int read, long writes) {
    for (long rest = writes; rest != 0; rest &= rest - 1) {
      if (!precede(read, Long.numberOfTrailingZeros(rest))) {
        return false;
      }
    }
    return true;
  }

  /** Requires that nothing comes between two writes in coherence order. */
  boolean follow(int write, int next) {
    if (follower[write] >= 0) {
      return false;
    }
    follower[write] = next;
    leader[next] = write;
    if (!coherent(write, next)) {
      return false;
    }
    return keepsTogether(1L << write, later[write]) && keepsTogether(earlier[next], 1L << next);
  }
}
