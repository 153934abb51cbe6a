package dev.regardless.cli.matrix;

import dev.regardless.cli.matrix.Matrix.Column;
import dev.regardless.cli.matrix.Matrix.Expectation;
import dev.regardless.cli.matrix.Matrix.Row;

/**
 * What was found in one cell on one architecture.
 *
 * @param row the scenario
 * @param column what it is about
 * @param architecture its name
 * @param verdict {@code holds}, {@code limit reached}, or the id of the property that is violated
 * @param message what is wrong, or which limit; empty if it holds
 * @param executions complete executions without a violation
 * @param blocked executions in which some thread waited for a value that it would see later
 * @param seconds how long it took
 * @param expected what was expected in the cell
 * @param command the command that finds it again and shows the execution
 */
public record Finding(
    Row row,
    Column column,
    String architecture,
    String verdict,
    String message,
    long executions,
    long blocked,
    double seconds,
    Expectation expected,
    String command) {

  /** Whether that was expected. */
  public boolean isExpected() {
    return verdict.equals(expected.on(architecture));
  }

  boolean isViolated() {
    return !verdict.equals(MatrixFile.HOLDS) && !isLimit();
  }

  boolean isLimit() {
    return verdict.equals(dev.regardless.checker.Verdict.LIMIT.text());
  }
}
