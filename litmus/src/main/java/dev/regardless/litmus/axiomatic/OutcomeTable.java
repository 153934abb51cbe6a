package dev.regardless.litmus.axiomatic;

import dev.regardless.isa.UnsupportedTestException;
import dev.regardless.litmus.engine.ExecutionExample;
import dev.regardless.litmus.outcome.Outcome;
import dev.regardless.litmus.outcome.OutcomeSet;
import dev.regardless.litmus.test.LitmusTest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Final states and how many executions end in each, in an open hash table of long values. */
final class OutcomeTable {
  private static final int FIRST_CAPACITY = 16;

  private final LitmusTest test;
  private final int width;
  private final int shown;
  private final int mostExamples;
  private final long[] scratch;
  private final List<ExecutionExample> examples = new ArrayList<>();
  private long[] states;
  private long[] counts;
  private int size;
  private int satisfying;
  private int violating;

  OutcomeTable(LitmusTest test, int mostExamples) {
    this.test = test;
    this.mostExamples = mostExamples;
    width = test.observables().size();
    shown = test.shown();
    scratch = new long[width];
    states = new long[FIRST_CAPACITY * Math.max(1, shown)];
    counts = new long[FIRST_CAPACITY];
  }

  /** Where to put the values of the next final state, one for each observable. */
  long[] scratch() {
    return scratch;
  }

  /** Adds executions that end in the state in {@link #scratch}. */
  void add(long executions, Combination combination, ExampleBuilder builder) {
    if (test.filter().isPresent() && !test.filter().get().holds(scratch)) {
      return;
    }
    if (combination.wild()) {
      throw new UnsupportedTestException(
          test.source() + ": not supported: an execution accesses memory outside every location");
    }
    if (combination.mixesSizes()) {
      throw new UnsupportedTestException(
          test.source() + ": not supported: accesses of different sizes to one location");
    }
    insert(scratch, 0, executions);
    if (mostExamples > 0) {
      example(builder);
    }
  }

  private void example(ExampleBuilder builder) {
    boolean satisfies = test.condition().holds(scratch);
    int kept = satisfies ? satisfying : violating;
    if (kept >= mostExamples) {
      return;
    }
    if (satisfies) {
      satisfying++;
    } else {
      violating++;
    }
    Outcome outcome = new Outcome(Arrays.copyOf(scratch, shown));
    examples.add(builder.build(outcome, satisfies));
  }

  private void insert(long[] from, int offset, long executions) {
    if (4 * (size + 1) > 3 * counts.length) {
      grow();
    }
    int slot = find(from, offset);
    if (counts[slot] == 0) {
      System.arraycopy(from, offset, states, slot * shown, shown);
      size++;
    }
    counts[slot] = Math.addExact(counts[slot], executions);
  }

  private int find(long[] from, int offset) {
    long hash = 1;
    for (int index = 0; index < shown; index++) {
      hash = (hash ^ from[offset + index]) * 0x9E37_79B9_7F4A_7C15L;
      hash ^= hash >>> 29;
    }
    int mask = counts.length - 1;
    int slot = (int) (hash >>> 3) & mask;
    while (counts[slot] != 0
        && !Arrays.equals(states, slot * shown, slot * shown + shown, from, offset, offset + shown)) {
      slot = slot + 1 & mask;
    }
    return slot;
  }

  private void grow() {
    long[] oldStates = states;
    long[] oldCounts = counts;
    counts = new long[2 * oldCounts.length];
    states = new long[counts.length * Math.max(1, shown)];
    size = 0;
    for (int slot = 0; slot < oldCounts.length; slot++) {
      if (oldCounts[slot] != 0) {
        insert(oldStates, slot * shown, oldCounts[slot]);
      }
    }
  }

  OutcomeSet outcomes() {
    OutcomeSet set = new OutcomeSet();
    for (int slot = 0; slot < counts.length; slot++) {
      if (counts[slot] != 0) {
        set.add(new Outcome(Arrays.copyOfRange(states, slot * shown, slot * shown + shown)), counts[slot]);
      }
    }
    return set;
  }

  List<ExecutionExample> examples() {
    return examples;
  }
}
