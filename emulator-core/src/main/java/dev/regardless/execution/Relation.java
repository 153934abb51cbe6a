package dev.regardless.execution;

import java.util.function.IntPredicate;

/** A binary relation over the events {@code 0 .. size - 1} of one execution; immutable; at most 64 events. */
public final class Relation {

  private final long[] successors;

  private Relation(long[] successors) {
    this.successors = successors;
  }

  /** Whether a pair of events is related. */
  @FunctionalInterface
  public interface Pairs {
    boolean related(int from, int to);
  }

  /**
   * The relation of all pairs for which {@code pairs} holds.
   *
   * @throws IllegalArgumentException for more than 64 events
   */
  public static Relation of(int size, Pairs pairs) {
    if (size > Long.SIZE) {
      throw new IllegalArgumentException("a literal axiom over %d events; at most 64".formatted(size));
    }
    long[] successors = new long[size];
    for (int from = 0; from < size; from++) {
      for (int to = 0; to < size; to++) {
        if (pairs.related(from, to)) {
          successors[from] |= 1L << to;
        }
      }
    }
    return new Relation(successors);
  }

  /** [S]: each event of the set with itself. */
  public static Relation identity(int size, IntPredicate set) {
    return of(size, (from, to) -> from == to && set.test(from));
  }

  public boolean contains(int from, int to) {
    return (successors[from] & 1L << to) != 0;
  }

  public Relation or(Relation other) {
    return of(successors.length, (from, to) -> contains(from, to) || other.contains(from, to));
  }

  public Relation and(Relation other) {
    return of(successors.length, (from, to) -> contains(from, to) && other.contains(from, to));
  }

  public Relation minus(Relation other) {
    return of(successors.length, (from, to) -> contains(from, to) && !other.contains(from, to));
  }

  /** Sequential composition, {@code this;other}. */
  public Relation then(Relation other) {
    long[] result = new long[successors.length];
    for (int from = 0; from < result.length; from++) {
      for (long rest = successors[from]; rest != 0; rest &= rest - 1) {
        result[from] |= other.successors[Long.numberOfTrailingZeros(rest)];
      }
    }
    return new Relation(result);
  }

  public Relation inverse() {
    return of(successors.length, (from, to) -> contains(to, from));
  }

  /** The transitive closure. */
  public Relation closure() {
    long[] result = successors.clone();
    for (int middle = 0; middle < result.length; middle++) {
      for (int from = 0; from < result.length; from++) {
        if ((result[from] & 1L << middle) != 0) {
          result[from] |= result[middle];
        }
      }
    }
    return new Relation(result);
  }

  public boolean isEmpty() {
    for (long row : successors) {
      if (row != 0) {
        return false;
      }
    }
    return true;
  }

  public boolean isIrreflexive() {
    for (int event = 0; event < successors.length; event++) {
      if (contains(event, event)) {
        return false;
      }
    }
    return true;
  }

  public boolean isAcyclic() {
    return closure().isIrreflexive();
  }
}
