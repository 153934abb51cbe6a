package dev.regardless.cli.matrix;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A table of verdicts: scenarios by the things that they are about, with what is expected in each cell. Read from resources
 * by {@link MatrixFile}.
 *
 * @param name by which {@code check} knows it
 * @param description one line
 * @param rows what is checked
 * @param columns what it is checked of
 * @param expected by row and column, complete
 */
public record Matrix(
    String name, String description, List<Row> rows, List<Column> columns, Map<Cell, Expectation> expected) {

  public Matrix {
    rows = List.copyOf(rows);
    columns = List.copyOf(columns);
    expected = Map.copyOf(expected);
  }

  /** What is expected in a cell. */
  public Expectation expectation(Row row, Column column) {
    return Objects.requireNonNull(expected.get(new Cell(row.name(), column.name())));
  }

  /** A place in the table. */
  public record Cell(String row, String column) {}

  /**
   * A scenario.
   *
   * @param name in the table
   * @param scenario its name
   * @param parameters values for it, over those of the column
   * @param weakened primitives that are broken
   * @param fact what it is about, e.g. {@code B7}
   */
  public record Row(
      String name, String scenario, SortedMap<String, String> parameters, List<String> weakened, String fact) {

    public Row {
      parameters = new TreeMap<>(parameters);
      weakened = List.copyOf(weakened);
    }
  }

  /**
   * What scenarios are about.
   *
   * @param name in the table
   * @param parameters values for the scenarios that have such parameters
   */
  public record Column(String name, SortedMap<String, String> parameters) {

    public Column {
      parameters = new TreeMap<>(parameters);
    }
  }

  /**
   * What is expected.
   *
   * @param verdicts by architecture: {@code holds}, {@code limit reached}, or the id of the property that is violated; the
   *     key {@code *} is for those not named
   * @param reason why, in one sentence; empty where the scenario holds
   * @param source where that is from, e.g. a commit; empty where the scenario holds
   */
  public record Expectation(SortedMap<String, String> verdicts, String reason, String source) {

    /** Architectures that are not named. */
    static final String OTHERS = "*";

    public Expectation {
      verdicts = new TreeMap<>(verdicts);
    }

    /** What is expected on an architecture. */
    public String on(String architecture) {
      return verdicts.getOrDefault(architecture, verdicts.getOrDefault(OTHERS, ""));
    }
  }
}
