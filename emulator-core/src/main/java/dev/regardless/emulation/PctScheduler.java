package dev.regardless.emulation;

/**
 * Probabilistic concurrency testing (Burckhardt et al., "A Randomized Scheduler with Probabilistic Guarantees of Finding
 * Bugs", ASPLOS 2010): CPUs have random priorities, the highest enabled one runs, and at random change points the running
 * one falls to the lowest. Runs here are unbounded, so change points come at a rate instead of a number per run, and
 * every so often all priorities are drawn anew.
 */
public final class PctScheduler implements Scheduler {

  private static final int CHANGES_PER_RESHUFFLE = 16;

  private final RandomChooser random;
  private final int meanDistance;
  private final long[] priority = new long[64];
  private long lowest;
  private int changes;
  private int lastPick = -1;
  private boolean expired;

  /**
   * @param meanDistance mean number of accesses between change points, at least 1
   */
  public PctScheduler(long seed, int meanDistance) {
    this.random = new RandomChooser(seed);
    this.meanDistance = meanDistance;
    shuffle();
  }

  @Override
  public int pick(long enabled, int current) {
    if (expired && current >= 0 && current == lastPick) {
      if (++changes % CHANGES_PER_RESHUFFLE == 0) {
        shuffle();
      } else {
        priority[current] = --lowest;
      }
    }
    int best = -1;
    for (long rest = enabled; rest != 0; rest &= rest - 1) {
      int cpu = Long.numberOfTrailingZeros(rest);
      if (best < 0 || priority[cpu] > priority[best]) {
        best = cpu;
      }
    }
    lastPick = best;
    expired = true;
    return best;
  }

  @Override
  public int quantum() {
    return 1 + random.choose(2 * meanDistance - 1);
  }

  @Override
  public void restart(long seed) {
    random.reseed(seed);
    changes = 0;
    lastPick = -1;
    expired = false;
    shuffle();
  }

  private void shuffle() {
    lowest = 0;
    for (int cpu = 0; cpu < priority.length; cpu++) {
      priority[cpu] = random.choose(1 << 30);
    }
  }
}
