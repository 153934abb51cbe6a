package dev.regardless.emulation;

/** Picks uniformly among the enabled CPUs before every single access. */
public final class RandomScheduler implements Scheduler {

  private final RandomChooser random;

  public RandomScheduler(long seed) {
    this.random = new RandomChooser(seed);
  }

  @Override
  public int pick(long enabled, int current) {
    return CpuSets.nth(enabled, random.choose(Long.bitCount(enabled)));
  }

  @Override
  public int quantum() {
    return 1;
  }

  @Override
  public void restart(long seed) {
    random.reseed(seed);
  }
}
