package dev.regardless.litmus.axiomatic;

import dev.regardless.litmus.engine.ExplorationLimits;

/** Counts steps of a search and says when to stop. */
final class SearchBudget {
  private static final int CLOCK_EVERY = 1 << 10;

  private final long most;
  private final long deadline;
  private long visited;
  private boolean exhausted;

  SearchBudget(ExplorationLimits limits) {
    most = limits.states();
    deadline = limits.milliseconds() == 0 ? Long.MAX_VALUE : System.nanoTime() + limits.milliseconds() * 1_000_000L;
  }

  /** Notes one more step; false if the search has to stop. */
  boolean visit() {
    if (exhausted) {
      return false;
    }
    visited++;
    if (visited > most
        || (deadline != Long.MAX_VALUE && visited % CLOCK_EVERY == 0 && System.nanoTime() - deadline > 0)) {
      exhausted = true;
    }
    return !exhausted;
  }

  long visited() {
    return visited;
  }

  boolean exhausted() {
    return exhausted;
  }
}
