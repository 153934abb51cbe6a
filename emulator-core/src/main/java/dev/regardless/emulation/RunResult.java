package dev.regardless.emulation;

import java.util.List;

/**
 * What one run showed.
 *
 * @param violations violated properties; the run stopped at the first
 * @param limitReached whether it was cut by the access limit
 * @param registers the outcome, in the order of {@link Emulator#registerNames}
 * @param counters what was done; reused by the machine's next run
 * @param cycles virtual time at the end
 * @param misses cache misses of the cost model
 * @param forcedForward reads that lost alternatives because a location's history was full
 * @param allocated objects allocated while running
 * @param freed objects freed while running
 */
public record RunResult(
    List<Violation> violations,
    boolean limitReached,
    long[] registers,
    Counters counters,
    long cycles,
    long misses,
    long forcedForward,
    long allocated,
    long freed) {

  public RunResult {
    violations = List.copyOf(violations);
  }

  /** Whether everything ran to its end and all watched properties held. */
  public boolean holds() {
    return violations.isEmpty() && !limitReached;
  }
}
