package dev.regardless.checker;

/** Told now and then how far a check is. */
@FunctionalInterface
public interface CheckProgress {

  /** Nobody looks. */
  CheckProgress NONE = (executions, seconds, units) -> {};

  /**
   * Called a few times a second.
   *
   * @param executions met so far, by all workers, a little late
   * @param seconds since the start
   * @param units parts of the search that wait for a worker
   */
  void at(long executions, double seconds, int units);
}
