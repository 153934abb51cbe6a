package dev.regardless.litmus.operational;

import dev.regardless.isa.UnsupportedTestException;
import dev.regardless.litmus.outcome.Outcome;
import dev.regardless.litmus.outcome.OutcomeSet;
import dev.regardless.litmus.test.LitmusTest;
import java.util.Arrays;

/** Collects final states that pass the test's filter. */
final class FinalStates {
  private final LitmusTest test;
  private final OutcomeSet outcomes = new OutcomeSet();
  private final long[] values;

  FinalStates(LitmusTest test) {
    this.test = test;
    values = new long[test.observables().size()];
  }

  /** Where to put the next final state's values, one for each observable. */
  long[] values() {
    return values;
  }

  /** Adds the state in {@link #values}; {@code wild} if a thread stopped at an access to no cell. */
  void add(boolean wild) {
    if (test.filter().isPresent() && !test.filter().get().holds(values)) {
      return;
    }
    if (wild) {
      throw new UnsupportedTestException(
          test.source() + ": not supported: an execution accesses memory outside every location");
    }
    outcomes.add(new Outcome(Arrays.copyOf(values, test.shown())), 0);
  }

  OutcomeSet outcomes() {
    return outcomes;
  }
}
