package dev.regardless.litmus.outcome;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The outcomes of a test with the number of executions (herd's witnesses) that end in each. An engine that does not
 * count executions records 0 for what it has reached.
 */
public final class OutcomeSet {
  private final Map<Outcome, Long> witnesses = new LinkedHashMap<>();

  /** Adds executions that end in an outcome. */
  public void add(Outcome outcome, long executions) {
    witnesses.merge(outcome, executions, Math::addExact);
  }

  /** The outcomes, in the order in which they were found. */
  public Set<Outcome> outcomes() {
    return Collections.unmodifiableSet(witnesses.keySet());
  }

  /** The number of executions that end in an outcome; 0 if none does. */
  public long witnesses(Outcome outcome) {
    return witnesses.getOrDefault(outcome, 0L);
  }

  /** How many outcomes there are. */
  public int size() {
    return witnesses.size();
  }
}
