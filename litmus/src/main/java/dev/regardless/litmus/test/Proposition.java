package dev.regardless.litmus.test;

import java.util.List;

/** The formula of a condition or a filter, over the values of a test's observables. */
public sealed interface Proposition {
  /**
   * Whether it holds.
   *
   * @param values one for each observable of the test, raw 64-bit values
   */
  boolean holds(long[] values);

  /** Always true. */
  record True() implements Proposition {
    @Override
    public boolean holds(long[] values) {
      return true;
    }
  }

  /** All of them hold. */
  record And(List<Proposition> parts) implements Proposition {
    @Override
    public boolean holds(long[] values) {
      for (Proposition part : parts) {
        if (!part.holds(values)) {
          return false;
        }
      }
      return true;
    }
  }

  /** One of them holds. */
  record Or(List<Proposition> parts) implements Proposition {
    @Override
    public boolean holds(long[] values) {
      for (Proposition part : parts) {
        if (part.holds(values)) {
          return true;
        }
      }
      return false;
    }
  }

  /** It does not hold. */
  record Not(Proposition part) implements Proposition {
    @Override
    public boolean holds(long[] values) {
      return !part.holds(values);
    }
  }

  /** If the premise holds, the conclusion does. */
  record Implies(Proposition premise, Proposition conclusion) implements Proposition {
    @Override
    public boolean holds(long[] values) {
      return !premise.holds(values) || conclusion.holds(values);
    }
  }

  /**
   * An observable has a value, compared in the observable's type.
   *
   * @param observable position in {@link LitmusTest#observables()}
   */
  record HasValue(int observable, ValueType type, long value) implements Proposition {
    @Override
    public boolean holds(long[] values) {
      return type.normalise(values[observable]) == type.normalise(value);
    }
  }

  /** Two observables have the same value, compared in the wider of their types. */
  record SameValue(int left, int right, ValueType type) implements Proposition {
    @Override
    public boolean holds(long[] values) {
      return type.normalise(values[left]) == type.normalise(values[right]);
    }
  }
}
