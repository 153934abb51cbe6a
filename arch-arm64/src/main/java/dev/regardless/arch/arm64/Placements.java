package dev.regardless.arch.arm64;

/**
 * The ways in which one write, or read-modify-write, can be done other than the plainest (last of all, after reading the
 * newest value): a list that is made anew for each access that considers them.
 */
final class Placements {

  private final Histories histories;
  private final Timeline timeline;
  private final int[] back;
  private final int[] gap;
  private int size;

  Placements(Histories histories, Timeline timeline) {
    this.histories = histories;
    this.timeline = timeline;
    int most = histories.entries() + timeline.window() + 1;
    this.back = new int[most];
    this.gap = new int[most];
  }

  void clear() {
    size = 0;
  }

  int size() {
    return size;
  }

  /** Places before the newest of the message that the write follows, or that is read. */
  int back(int i) {
    return back[i];
  }

  /** Gap of the timeline that the write goes into: 0 for the end, or -1 if nothing is written. */
  int gap(int i) {
    return gap[i];
  }

  /** Adds a message that a compare-and-exchange may read without writing. */
  void addReadOnly(int messageBack) {
    add(messageBack, -1);
  }

  /**
   * Adds the gaps in which a write can directly follow the location's message {@code messageBack}: later than {@code
   * lower}, than that message, and than all reads that relied on it; before the next message.
   */
  void addAfter(int location, int messageBack, long lower) {
    int message = histories.message(location, messageBack);
    long floor = Math.max(lower, histories.messages[message + Histories.LEASE]);
    int first = 1;
    if (messageBack > 0) {
      int next = histories.message(location, messageBack - 1);
      if (histories.isAtomic(next)) {
        return;
      }
      long before = histories.messages[next + Histories.TIME];
      while (first <= timeline.gaps() && timeline.time(first - 1) > before) {
        first++;
      }
    }
    for (int i = first; i <= timeline.gaps() && timeline.time(i) >= floor; i++) {
      if (timeline.hasRoom(i)) {
        add(messageBack, i);
      }
    }
  }

  private void add(int messageBack, int timelineGap) {
    back[size] = messageBack;
    gap[size++] = timelineGap;
  }
}
