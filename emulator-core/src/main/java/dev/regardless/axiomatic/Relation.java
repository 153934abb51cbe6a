package dev.regardless.axiomatic;

import java.util.BitSet;
import java.util.function.BiPredicate;
import java.util.function.IntFunction;

/** A relation between the events of one execution, immutable, with the operators of the cat language. */
public final class Relation {
  private final BitSet[] rows;

  private Relation(BitSet[] rows) {
    this.rows = rows;
  }

  /** The pairs of events that a predicate accepts. */
  public static Relation of(int events, BiPredicate<Integer, Integer> accepts) {
    BitSet[] rows = new BitSet[events];
    for (int from = 0; from < events; from++) {
      rows[from] = new BitSet(events);
      for (int to = 0; to < events; to++) {
        rows[from].set(to, accepts.test(from, to));
      }
    }
    return new Relation(rows);
  }

  /** Each event of the set related to itself: {@code [S]}. */
  public static Relation identity(int events, BitSet set) {
    return of(events, (from, to) -> from.equals(to) && set.get(from));
  }

  private Relation map(IntFunction<BitSet> row) {
    BitSet[] result = new BitSet[rows.length];
    for (int from = 0; from < rows.length; from++) {
      result[from] = row.apply(from);
    }
    return new Relation(result);
  }

  private BitSet copy(int from) {
    return (BitSet) rows[from].clone();
  }

  /** {@code this | others}. */
  public Relation or(Relation... others) {
    return map(from -> {
      BitSet row = copy(from);
      for (Relation other : others) {
        row.or(other.rows[from]);
      }
      return row;
    });
  }

  /** {@code this & other}. */
  public Relation and(Relation other) {
    return map(from -> {
      BitSet row = copy(from);
      row.and(other.rows[from]);
      return row;
    });
  }

  /** {@code this \ other}. */
  public Relation minus(Relation other) {
    return map(from -> {
      BitSet row = copy(from);
      row.andNot(other.rows[from]);
      return row;
    });
  }

  /** {@code this; other}. */
  public Relation then(Relation other) {
    return map(from -> {
      BitSet row = new BitSet(rows.length);
      rows[from].stream().forEach(middle -> row.or(other.rows[middle]));
      return row;
    });
  }

  /** {@code this; [S]}. */
  public Relation into(BitSet set) {
    return map(from -> {
      BitSet row = copy(from);
      row.and(set);
      return row;
    });
  }

  /** {@code [S]; this}. */
  public Relation from(BitSet set) {
    return map(from -> set.get(from) ? copy(from) : new BitSet(rows.length));
  }

  /** {@code this^-1}. */
  public Relation inverse() {
    return of(rows.length, (from, to) -> rows[to].get(from));
  }

  /** {@code this?}: with every event related to itself. */
  public Relation optional() {
    return map(from -> {
      BitSet row = copy(from);
      row.set(from);
      return row;
    });
  }

  /** {@code this+}. */
  public Relation closure() {
    BitSet[] result = new BitSet[rows.length];
    for (int from = 0; from < rows.length; from++) {
      result[from] = copy(from);
    }
    for (int middle = 0; middle < rows.length; middle++) {
      for (BitSet row : result) {
        if (row.get(middle)) {
          row.or(result[middle]);
        }
      }
    }
    return new Relation(result);
  }

  /** The events that something is related to. */
  public BitSet range() {
    BitSet range = new BitSet(rows.length);
    for (BitSet row : rows) {
      range.or(row);
    }
    return range;
  }

  /** Whether no event is related to itself. */
  public boolean isIrreflexive() {
    for (int event = 0; event < rows.length; event++) {
      if (rows[event].get(event)) {
        return false;
      }
    }
    return true;
  }

  /** Whether its closure is irreflexive. */
  public boolean isAcyclic() {
    return closure().isIrreflexive();
  }

  /** Whether nothing is related. */
  public boolean isEmpty() {
    for (BitSet row : rows) {
      if (!row.isEmpty()) {
        return false;
      }
    }
    return true;
  }
}
