package dev.regardless.emulation;

/** Lets each enabled CPU run for a fixed number of accesses in turn. */
public final class RoundRobinScheduler implements Scheduler {

  private final int quantum;

  public RoundRobinScheduler(int quantum) {
    this.quantum = quantum;
  }

  @Override
  public int pick(long enabled, int current) {
    long above = current < 0 || current == 63 ? enabled : enabled & (-1L << (current + 1));
    return Long.numberOfTrailingZeros(above != 0 ? above : enabled);
  }

  @Override
  public int quantum() {
    return quantum;
  }

  @Override
  public void restart(long seed) {
    // Nothing is random here.
  }
}
