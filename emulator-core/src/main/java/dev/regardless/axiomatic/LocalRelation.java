package dev.regardless.axiomatic;

/** Relations between at most 64 events as rows of bits: {@code rows[i]} holds what {@code i} is related to. */
public final class LocalRelation {
  private LocalRelation() {}

  /** The pairs of a relation that begin in one set and end in another. */
  public static long[] restrict(long[] rows, long domain, long range) {
    long[] result = new long[rows.length];
    for (int event = 0; event < rows.length; event++) {
      result[event] = (domain >>> event & 1) == 0 ? 0 : rows[event] & range;
    }
    return result;
  }

  /** The first relation, then the second. */
  public static long[] sequence(long[] first, long[] second) {
    long[] result = new long[first.length];
    for (int event = 0; event < first.length; event++) {
      long row = 0;
      for (long middle = first[event]; middle != 0; middle &= middle - 1) {
        row |= second[Long.numberOfTrailingZeros(middle)];
      }
      result[event] = row;
    }
    return result;
  }

  /** Adds the pairs of the second relation to the first. */
  public static void addAll(long[] target, long[] source) {
    for (int event = 0; event < target.length; event++) {
      target[event] |= source[event];
    }
  }

  /** The relation with its pairs turned round. */
  public static long[] inverse(long[] rows) {
    long[] result = new long[rows.length];
    for (int event = 0; event < rows.length; event++) {
      for (long targets = rows[event]; targets != 0; targets &= targets - 1) {
        result[Long.numberOfTrailingZeros(targets)] |= 1L << event;
      }
    }
    return result;
  }

  /** Makes a relation transitive. */
  public static void close(long[] rows) {
    for (int middle = 0; middle < rows.length; middle++) {
      long bit = 1L << middle;
      for (int event = 0; event < rows.length; event++) {
        if ((rows[event] & bit) != 0) {
          rows[event] |= rows[middle];
        }
      }
    }
  }
}
