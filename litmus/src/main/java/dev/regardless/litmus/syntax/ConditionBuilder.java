package dev.regardless.litmus.syntax;

import dev.regardless.litmus.syntax.LitmusParser.AtomContext;
import dev.regardless.litmus.syntax.LitmusParser.ConditionContext;
import dev.regardless.litmus.syntax.LitmusParser.ConjunctionContext;
import dev.regardless.litmus.syntax.LitmusParser.FaultContext;
import dev.regardless.litmus.syntax.LitmusParser.ImplicationContext;
import dev.regardless.litmus.syntax.LitmusParser.LabelContext;
import dev.regardless.litmus.syntax.LitmusParser.LocationItemContext;
import dev.regardless.litmus.syntax.LitmusParser.NegationContext;
import dev.regardless.litmus.syntax.LitmusParser.OperandContext;
import dev.regardless.litmus.syntax.LitmusParser.PropositionContext;
import dev.regardless.litmus.syntax.LitmusParser.QuantifiedContext;
import dev.regardless.litmus.syntax.LitmusParser.TermContext;
import dev.regardless.litmus.test.Quantifier;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Turns the parse tree of a test's last part into places to show, a filter and a {@link Formula}. */
final class ConditionBuilder {
  private final StateBuilder states;

  ConditionBuilder(StateBuilder states) {
    this.states = states;
  }

  List<Place> locations(ConditionContext context) {
    List<Place> places = new ArrayList<>();
    if (context.locations() != null) {
      for (LocationItemContext item : context.locations().locationItem()) {
        if (item.fault() != null) {
          throw faults(item.fault());
        }
        places.add(term(item.term()));
      }
    }
    return places;
  }

  Formula filter(ConditionContext context) {
    return context.filter() == null ? Formula.TRUE : proposition(context.filter().proposition());
  }

  Quantifier quantifier(ConditionContext context) {
    QuantifiedContext quantified = context.quantified();
    if (quantified == null || quantified.FORALL() != null) {
      return Quantifier.FORALL;
    }
    return quantified.NOT_EXISTS() == null ? Quantifier.EXISTS : Quantifier.NOT_EXISTS;
  }

  Formula proposition(ConditionContext context) {
    return context.quantified() == null ? Formula.TRUE : proposition(context.quantified().proposition());
  }

  private Formula proposition(PropositionContext context) {
    List<Formula> parts = context.conjunction().stream().map(this::conjunction).toList();
    return parts.size() == 1 ? parts.getFirst() : new Formula.Or(parts);
  }

  private Formula conjunction(ConjunctionContext context) {
    List<Formula> parts = context.implication().stream().map(this::implication).toList();
    return parts.size() == 1 ? parts.getFirst() : new Formula.And(parts);
  }

  private Formula implication(ImplicationContext context) {
    Formula premise = negation(context.negation());
    return context.implication() == null
        ? premise
        : new Formula.Implies(premise, implication(context.implication()));
  }

  private Formula negation(NegationContext context) {
    if (context.NOT() != null) {
      return new Formula.Not(negation(context.negation()));
    }
    if (context.proposition() != null) {
      return proposition(context.proposition());
    }
    if (context.TRUE() != null) {
      return Formula.TRUE;
    }
    if (context.FALSE() != null) {
      return Formula.FALSE;
    }
    if (context.fault() != null) {
      throw faults(context.fault());
    }
    return atom(context.atom());
  }

  private Formula atom(AtomContext context) {
    Position position = states.position(context);
    Place left = term(context.term());
    Place right = place(context.operand());
    Formula equality = right == null
        ? new Formula.Holds(left, constant(context.operand()), position)
        : new Formula.Same(left, right, position);
    return context.NOT_EQUAL() == null ? equality : new Formula.Not(equality);
  }

  private Place term(TermContext context) {
    Place place = states.place(context.place());
    if (context.size() == null) {
      return place;
    }
    if (place instanceof Place.Variable variable) {
      return new Place.Element(variable.name(), states.index(context.size()));
    }
    throw states.position(context).error("index on register " + place, "an array");
  }

  /** The place whose content an operand names, or null if the operand is a value. */
  private @Nullable Place place(OperandContext context) {
    if (context.register() != null) {
      return states.register(context.register());
    }
    if (context.NAME() != null) {
      return new Place.Variable(context.NAME().getText());
    }
    if (context.DOLLAR_NAME() != null) {
      return new Place.Register(states.thread(context.thread()), context.DOLLAR_NAME().getText());
    }
    if (context.SYMBOLIC_REGISTER() != null) {
      throw states.position(context).error("register " + context.getText() + " without a thread",
          "a thread in front, such as 0:" + context.getText());
    }
    if (context.value() instanceof LabelContext label && label.thread() != null
        && label.thread().PROCESSOR() == null) {
      return new Place.Register(states.thread(label.thread()), label.NAME().getText());
    }
    return null;
  }

  private Constant constant(OperandContext context) {
    return context.vector() == null ? states.value(context.value(), false) : states.vector(context.vector());
  }

  private RuntimeException faults(FaultContext context) {
    return states.position(context).error("'" + context.getText() + "'",
        "registers and variables only: faults are not modelled");
  }
}
