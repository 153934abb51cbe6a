package dev.regardless.litmus.syntax;

import java.util.List;

/**
 * A statement about one final state.
 *
 * <p>Its readers ask with {@code instanceof} rather than with a switch over types: the JDK makes a class at run time for
 * each such switch, and a run on one small test would spend a quarter of its time on that.
 */
public sealed interface Formula {
  /** Takes the places that a formula names. */
  @FunctionalInterface
  interface PlaceVisitor {
    /** A place, and where the formula names it. */
    void visit(Place place, Position position);
  }

  /** Shows all places to the visitor, from left to right. */
  void places(PlaceVisitor visitor);

  /** The conjunction of nothing. */
  Formula TRUE = new And(List.of());
  /** The disjunction of nothing. */
  Formula FALSE = new Or(List.of());

  /** True if every part is. */
  record And(List<Formula> parts) implements Formula {
    public And {
      parts = List.copyOf(parts);
    }

    @Override
    public void places(PlaceVisitor visitor) {
      for (Formula part : parts) {
        part.places(visitor);
      }
    }
  }

  /** True if some part is. */
  record Or(List<Formula> parts) implements Formula {
    public Or {
      parts = List.copyOf(parts);
    }

    @Override
    public void places(PlaceVisitor visitor) {
      for (Formula part : parts) {
        part.places(visitor);
      }
    }
  }

  /** True if the part is not. */
  record Not(Formula part) implements Formula {
    @Override
    public void places(PlaceVisitor visitor) {
      part.places(visitor);
    }
  }

  /** True unless the premise is and the conclusion is not. */
  record Implies(Formula premise, Formula conclusion) implements Formula {
    @Override
    public void places(PlaceVisitor visitor) {
      premise.places(visitor);
      conclusion.places(visitor);
    }
  }

  /** True if the place holds the value, compared in the width of the place's type. */
  record Holds(Place place, Constant value, Position position) implements Formula {
    @Override
    public void places(PlaceVisitor visitor) {
      visitor.visit(place, position);
    }
  }

  /** True if both places hold the same. */
  record Same(Place left, Place right, Position position) implements Formula {
    @Override
    public void places(PlaceVisitor visitor) {
      visitor.visit(left, position);
      visitor.visit(right, position);
    }
  }
}
