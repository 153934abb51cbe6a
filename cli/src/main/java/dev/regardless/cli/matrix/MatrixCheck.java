package dev.regardless.cli.matrix;

import dev.regardless.checker.CheckResult;
import dev.regardless.checker.CheckSettings;
import dev.regardless.checker.Checker;
import dev.regardless.checker.Counterexample;
import dev.regardless.cli.matrix.Matrix.Column;
import dev.regardless.cli.matrix.Matrix.Row;
import dev.regardless.input.BadInputException;
import dev.regardless.machine.Architecture;
import dev.regardless.scenario.Scenario;
import dev.regardless.scenario.Scenarios;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Checks all cells of a matrix, several at a time, each with one worker, so that every number is the same each time. */
public final class MatrixCheck {

  private final Matrix matrix;
  private final List<Architecture> architectures;
  private final int workers;
  private final long limitExecutions;
  private final long limitSeconds;
  private final Map<String, Scenario> scenarios = new TreeMap<>();

  /**
   * A check.
   *
   * @param workers cells checked at the same time
   * @param limitExecutions of each cell; {@link CheckSettings#UNLIMITED} for none
   * @param limitSeconds of each cell; {@link CheckSettings#UNLIMITED} for none
   */
  public MatrixCheck(
      Matrix matrix, List<Architecture> architectures, int workers, long limitExecutions, long limitSeconds) {
    this.matrix = matrix;
    this.architectures = List.copyOf(architectures);
    this.workers = workers;
    this.limitExecutions = limitExecutions;
    this.limitSeconds = limitSeconds;
    Scenarios.all().forEach(scenario -> scenarios.put(scenario.name(), scenario));
  }

  /**
   * The findings: row by row, in it column by column, in it architecture by architecture.
   *
   * @throws BadInputException if a scenario or a value is unknown
   */
  public List<Finding> run() {
    List<Future<Finding>> promised = new ArrayList<>();
    try (ExecutorService pool = Executors.newFixedThreadPool(workers)) {
      for (Row row : matrix.rows()) {
        Scenario scenario = scenarios.get(row.scenario());
        if (scenario == null) {
          throw BadInputException.in(matrix.name(), "unknown scenario '" + row.scenario() + "'",
              "a name that 'regardless list' shows");
        }
        for (Column column : matrix.columns()) {
          for (Architecture architecture : architectures) {
            promised.add(pool.submit(() -> check(row, scenario, column, architecture)));
          }
        }
      }
      List<Finding> findings = new ArrayList<>();
      for (Future<Finding> each : promised) {
        findings.add(each.get());
      }
      return findings;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IllegalArgumentException bad) {
        throw BadInputException.in(matrix.name(), String.valueOf(bad.getMessage()), "a usable value").causedBy(bad);
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** The scenario's parameters in a cell: those of the column that it has, and over them those of the row. */
  public static SortedMap<String, String> parameters(Row row, Scenario scenario, Column column) {
    SortedMap<String, String> parameters = new TreeMap<>();
    column.parameters().forEach((name, value) -> {
      if (scenario.parameters().containsKey(name)) {
        parameters.put(name, value);
      }
    });
    parameters.putAll(row.parameters());
    return parameters;
  }

  private Finding check(Row row, Scenario scenario, Column column, Architecture architecture) {
    SortedMap<String, String> parameters = parameters(row, scenario, column);
    CheckSettings settings = new CheckSettings("", row.weakened(), parameters, 1, limitExecutions, limitSeconds,
        CheckSettings.UNLIMITED, false);
    long start = System.nanoTime();
    CheckResult result = new Checker(scenario, architecture, settings).run();
    double seconds = (System.nanoTime() - start) / 1e9;
    Counterexample example = result.counterexample();
    return new Finding(
        row,
        column,
        architecture.name(),
        example == null ? result.verdict().text() : example.kind().id(),
        example == null ? result.limit() : example.message(),
        result.executions(),
        result.blocked(),
        seconds,
        matrix.expectation(row, column),
        command(row, parameters, architecture));
  }

  /** The command that does the same check again and shows what it finds. */
  static String command(Row row, SortedMap<String, String> parameters, Architecture architecture) {
    StringBuilder text = new StringBuilder("bin/regardless check %s --arch %s"
        .formatted(row.scenario(), architecture.name()));
    parameters.forEach((name, value) -> {
      String quoted = value.contains(" ") || value.contains("=") ? "'%s=%s'" : "%s=%s";
      text.append(" -P ").append(quoted.formatted(name, value));
    });
    if (!row.weakened().isEmpty()) {
      text.append(" --weaken ").append(String.join(",", row.weakened()));
    }
    return text.toString();
  }
}
