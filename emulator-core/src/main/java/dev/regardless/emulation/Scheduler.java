package dev.regardless.emulation;

/**
 * Decides which CPU performs the next accesses. Found by name in configuration; further ones can be added through {@link
 * java.util.ServiceLoader} ({@link SchedulerProvider}).
 */
public interface Scheduler {

  /**
   * Picks a CPU.
   *
   * @param enabled bit set of CPUs that can run, never empty
   * @param current the CPU that ran last, or -1
   * @return the number of a bit in {@code enabled}
   */
  int pick(long enabled, int current);

  /** For how many accesses the CPU just picked may run before the next decision; at least 1. */
  int quantum();

  /** Starts over with another seed. */
  void restart(long seed);
}
