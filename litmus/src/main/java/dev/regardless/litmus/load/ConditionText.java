package dev.regardless.litmus.load;

import dev.regardless.litmus.syntax.Constant;
import dev.regardless.litmus.syntax.Formula;
import dev.regardless.litmus.syntax.Place;
import dev.regardless.litmus.syntax.Position;
import dev.regardless.litmus.test.Quantifier;
import java.util.List;
import java.util.stream.Collectors;

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
    return switch (formula) {
      case Formula.And and -> and.parts().isEmpty()
          ? "true"
          : enclose(join(and.parts(), " /\\ ", Context.CONJUNCTION),
              context == Context.IMPLICATION);
      case Formula.Or or -> or.parts().isEmpty()
          ? "false"
          : enclose(join(or.parts(), " \\/ ", Context.DISJUNCTION),
              context == Context.IMPLICATION || context == Context.CONJUNCTION);
      case Formula.Not not -> "not (" + text(not.part(), Context.TOP) + ")";
      case Formula.Implies implies -> enclose(text(implies.premise(), Context.IMPLICATION) + " => "
          + text(implies.conclusion(), Context.IMPLICATION),
          context == Context.CONJUNCTION || context == Context.DISJUNCTION);
      case Formula.Holds holds -> place(holds.place(), holds.value(), holds.position()) + "=" + holds.value();
      case Formula.Same same -> name(same.left(), same.position()) + "=" + name(same.right(), same.position());
    };
  }

  private String join(List<Formula> parts, String operator, Context context) {
    return parts.stream().map(part -> text(part, context)).collect(Collectors.joining(operator));
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
