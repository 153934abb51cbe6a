package dev.regardless.litmus.outcome;

import java.util.Arrays;

/**
 * One final state: the raw 64-bit values of the shown observables, in their order. Comparing is by value; the array is
 * not to be changed.
 *
 * @param values one for each shown observable
 */
public record Outcome(long[] values) {
  @Override
  public boolean equals(Object other) {
    return other instanceof Outcome outcome && Arrays.equals(values, outcome.values);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return Arrays.toString(values);
  }
}
