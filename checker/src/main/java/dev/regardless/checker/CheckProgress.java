package dev.regardless.checker;

import org.jspecify.annotations.Nullable;

/** Told now and then how far a check is. */
@FunctionalInterface
public interface CheckProgress {

  /** Nobody looks. */
  CheckProgress NONE = (executions, seconds, estimate) -> {};

  /**
   * Called a few times a second.
   *
   * @param executions met so far, by all workers, a little late
   * @param seconds since the start
   * @param estimate how many there are in all; null while nothing is known
   */
  void at(long executions, double seconds, @Nullable Estimate estimate);
}
