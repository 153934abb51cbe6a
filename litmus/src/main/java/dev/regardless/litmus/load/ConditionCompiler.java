package dev.regardless.litmus.load;

import dev.regardless.litmus.syntax.Constant;
import dev.regardless.litmus.syntax.Formula;
import dev.regardless.litmus.syntax.Place;
import dev.regardless.litmus.syntax.Position;
import dev.regardless.litmus.test.Proposition;
import dev.regardless.litmus.test.ValueType;
import java.util.ArrayList;
import java.util.List;

/** Turns a condition over names into one over observables. */
final class ConditionCompiler {
  /** Two places are the same if all their bits are. */
  private static final ValueType WHOLE = new ValueType(8, false, false);

  private final ObservableTable table;
  private final ValueResolver values;

  ConditionCompiler(ObservableTable table, ValueResolver values) {
    this.table = table;
    this.values = values;
  }

  Proposition compile(Formula formula) {
    if (formula instanceof Formula.Holds holds) {
      return holds(holds);
    }
    if (formula instanceof Formula.And and) {
      return and.parts().isEmpty() ? new Proposition.True() : new Proposition.And(all(and.parts()));
    }
    if (formula instanceof Formula.Or or) {
      return new Proposition.Or(all(or.parts()));
    }
    if (formula instanceof Formula.Not not) {
      return new Proposition.Not(compile(not.part()));
    }
    if (formula instanceof Formula.Implies implies) {
      return new Proposition.Implies(compile(implies.premise()), compile(implies.conclusion()));
    }
    Formula.Same same = (Formula.Same) formula;
    return same(table.item(same.left(), same.position()), table.item(same.right(), same.position()), same.position());
  }

  private List<Proposition> all(List<Formula> formulas) {
    List<Proposition> parts = new ArrayList<>();
    for (Formula formula : formulas) {
      parts.add(compile(formula));
    }
    return List.copyOf(parts);
  }

  private Proposition holds(Formula.Holds holds) {
    ShownItem item = table.item(holds.place(), holds.position());
    if (holds.value() instanceof Constant.Vector vector) {
      return vector(holds.place(), item, vector, holds.position());
    }
    if (item.vector()) {
      throw holds.position().error("one value for the array '" + holds.place() + "'", "values in braces");
    }
    long value = values.resolve(holds.value());
    if (item.first() == ShownItem.CONSTANT_ZERO) {
      return constant(item.type().normalise(value) == 0);
    }
    return new Proposition.HasValue(item.first(), item.type(), value);
  }

  private Proposition vector(Place place, ShownItem item, Constant.Vector vector, Position position) {
    if (!item.vector() || item.length() != vector.elements().size()) {
      throw position.error(vector.elements().size() + " values for '" + place + "'",
          item.vector() ? item.length() + ", the array's length" : "one value");
    }
    List<Proposition> parts = new ArrayList<>();
    for (int index = 0; index < item.length(); index++) {
      long value = values.resolve(vector.elements().get(index));
      parts.add(new Proposition.HasValue(item.first() + index, item.type(), value));
    }
    return new Proposition.And(List.copyOf(parts));
  }

  private static Proposition same(ShownItem left, ShownItem right, Position position) {
    if (left.length() != right.length()) {
      throw position.error("an array compared with something of another length", "arrays of one length");
    }
    if (left.first() == ShownItem.CONSTANT_ZERO || right.first() == ShownItem.CONSTANT_ZERO) {
      ShownItem other = left.first() == ShownItem.CONSTANT_ZERO ? right : left;
      return other.first() == ShownItem.CONSTANT_ZERO
          ? constant(true)
          : new Proposition.HasValue(other.first(), WHOLE, 0);
    }
    List<Proposition> parts = new ArrayList<>();
    for (int index = 0; index < left.length(); index++) {
      parts.add(new Proposition.SameValue(left.first() + index, right.first() + index, WHOLE));
    }
    return parts.size() == 1 ? parts.getFirst() : new Proposition.And(List.copyOf(parts));
  }

  private static Proposition constant(boolean value) {
    return value ? new Proposition.True() : new Proposition.Or(List.of());
  }
}
