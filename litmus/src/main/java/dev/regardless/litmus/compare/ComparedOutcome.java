package dev.regardless.litmus.compare;

import java.util.List;

/**
 * An outcome: a row of the matrix.
 *
 * @param text         the final state, registers by the names of the compared test
 * @param satisfies    whether it satisfies the condition's proposition
 * @param allowed      for each model whether it allows the outcome
 * @param explanations one line for each model that allows it beyond sequential consistency
 */
public record ComparedOutcome(String text, boolean satisfies, List<Boolean> allowed, List<String> explanations) {
  public ComparedOutcome {
    allowed = List.copyOf(allowed);
    explanations = List.copyOf(explanations);
  }
}
