package dev.regardless.litmus.load;

import dev.regardless.litmus.syntax.ParsedTest;
import dev.regardless.litmus.test.LitmusTest;
import java.util.List;

/**
 * A test ready to run, with what is needed to write about it.
 *
 * @param source        what the file says
 * @param test          what engines run
 * @param shown         how to print a final state: the items in herd's order
 * @param conditionText the condition as herd prints it, with its quantifier
 */
public record LoadedTest(ParsedTest source, LitmusTest test, List<ShownItem> shown, String conditionText) {
  public LoadedTest {
    shown = List.copyOf(shown);
  }
}
