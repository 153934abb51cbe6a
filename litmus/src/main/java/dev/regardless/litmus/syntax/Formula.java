package dev.regardless.litmus.syntax;

import java.util.List;

/** A statement about one final state. */
public sealed interface Formula {
  /** The conjunction of nothing. */
  Formula TRUE = new And(List.of());
  /** The disjunction of nothing. */
  Formula FALSE = new Or(List.of());

  /** True if every part is. */
  record And(List<Formula> parts) implements Formula {
    public And {
      parts = List.copyOf(parts);
    }
  }

  /** True if some part is. */
  record Or(List<Formula> parts) implements Formula {
    public Or {
      parts = List.copyOf(parts);
    }
  }

  /** True if the part is not. */
  record Not(Formula part) implements Formula {}

  /** True unless the premise is and the conclusion is not. */
  record Implies(Formula premise, Formula conclusion) implements Formula {}

  /** True if the place holds the value, compared in the width of the place's type. */
  record Holds(Place place, Constant value, Position position) implements Formula {}

  /** True if both places hold the same. */
  record Same(Place left, Place right, Position position) implements Formula {}
}
