package dev.regardless.litmus.load;

import dev.regardless.litmus.syntax.Constant;
import dev.regardless.litmus.syntax.Formula;
import dev.regardless.litmus.syntax.Place;
import dev.regardless.litmus.syntax.Position;
import dev.regardless.litmus.test.Quantifier;
import java.util.List;

/** Prints a condition as herd does: canonical register names, brackets round variables, as few parentheses as needed. */
final class ConditionText {
  /** What surrounds a part, from loosest to tightest. */
  private enum Context {
    TOP, IMPLICATION, CONJUNCTION, DISJUNCTION
  }

  private final ObservableTable table;

  ConditionText(ObservableTable table) {
    this.table = table;
  }

  String text(Quantifier quantifier, Formula formula) {
    String keyword = switch (quantifier) {
      case EXISTS -> "exists";
      case NOT_EXISTS -> "~exists";
      case FORALL -> "forall";
    };
    return keyword + " (" + text(formula, Context.TOP) + ")";
  }

  private String text(Formula formula, Context context) {
    if (formula instanceof Formula.Holds holds) {
      return place(holds.place(), holds.value(), holds.position()) + "=" + holds.value();
    }
    if (formula instanceof Formula.And and) {
      return and.parts().isEmpty()
          ? "true"
          : enclose(join(and.parts(), " /\\ ", Context.CONJUNCTION), context == Context.IMPLICATION);
    }
    if (formula instanceof Formula.Or or) {
      return or.parts().isEmpty()
          ? "false"
          : enclose(join(or.parts(), " \\/ ", Context.DISJUNCTION),
              context == Context.IMPLICATION || context == Context.CONJUNCTION);
    }
    if (formula instanceof Formula.Not not) {
      return "not (" + text(not.part(), Context.TOP) + ")";
    }
    if (formula instanceof Formula.Implies implies) {
      return enclose(text(implies.premise(), Context.IMPLICATION) + " => "
          + text(implies.conclusion(), Context.IMPLICATION),
          context == Context.CONJUNCTION || context == Context.DISJUNCTION);
    }
    Formula.Same same = (Formula.Same) formula;
    return name(same.left(), same.position()) + "=" + name(same.right(), same.position());
  }

  private String join(List<Formula> parts, String operator, Context context) {
    StringBuilder text = new StringBuilder();
    for (Formula part : parts) {
      text.append(text.isEmpty() ? "" : operator).append(text(part, context));
    }
    return text.toString();
  }

  private static String enclose(String text, boolean parentheses) {
    return parentheses ? "(" + text + ")" : text;
  }

  private String place(Place place, Constant value, Position position) {
    return value instanceof Constant.Vector ? place.toString() : name(place, position);
  }

  private String name(Place place, Position position) {
    return place instanceof Place.Variable variable ? "[" + variable.name() + "]" : table.item(place, position).text();
  }

}
