package dev.regardless.tests.memory;

import java.util.function.IntPredicate;

/** A relation on at most 64 events, with the operators of the cat language. Immutable. */
record Relation(long[] rows) {

  interface Pairs {
    boolean test(int from, int to);
  }

  static Relation of(int events, Pairs pairs) {
    long[] rows = new long[events];
    for (int from = 0; from < events; from++) {
      for (int to = 0; to < events; to++) {
        if (pairs.test(from, to)) {
          rows[from] |= 1L << to;
        }
      }
    }
    return new Relation(rows);
  }

  boolean has(int from, int to) {
    return (rows[from] >>> to & 1) != 0;
  }

  /** Union. */
  Relation or(Relation... others) {
    long[] result = rows.clone();
    for (Relation other : others) {
      for (int i = 0; i < result.length; i++) {
        result[i] |= other.rows[i];
      }
    }
    return new Relation(result);
  }

  Relation and(Relation other) {
    long[] result = rows.clone();
    for (int i = 0; i < result.length; i++) {
      result[i] &= other.rows[i];
    }
    return new Relation(result);
  }

  Relation minus(Relation other) {
    long[] result = rows.clone();
    for (int i = 0; i < result.length; i++) {
      result[i] &= ~other.rows[i];
    }
    return new Relation(result);
  }

  /** Composition: {@code this ; other}. */
  Relation then(Relation other) {
    long[] result = new long[rows.length];
    for (int i = 0; i < result.length; i++) {
      for (long rest = rows[i]; rest != 0; rest &= rest - 1) {
        result[i] |= other.rows[Long.numberOfTrailingZeros(rest)];
      }
    }
    return new Relation(result);
  }

  /** {@code [first] ; this ; [last]}. */
  Relation between(IntPredicate first, IntPredicate last) {
    return of(rows.length, (from, to) -> has(from, to) && first.test(from) && last.test(to));
  }

  Relation inverse() {
    return of(rows.length, (from, to) -> has(to, from));
  }

  Relation closure() {
    long[] result = rows.clone();
    for (int middle = 0; middle < result.length; middle++) {
      for (int from = 0; from < result.length; from++) {
        if ((result[from] >>> middle & 1) != 0) {
          result[from] |= result[middle];
        }
      }
    }
    return new Relation(result);
  }

  boolean isEmpty() {
    for (long row : rows) {
      if (row != 0) {
        return false;
      }
    }
    return true;
  }

  boolean isIrreflexive() {
    for (int i = 0; i < rows.length; i++) {
      if (has(i, i)) {
        return false;
      }
    }
    return true;
  }

  boolean isAcyclic() {
    return closure().isIrreflexive();
  }
}
