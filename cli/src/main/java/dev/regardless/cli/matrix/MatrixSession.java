package dev.regardless.cli.matrix;

import dev.regardless.cli.ExitCode;
import dev.regardless.input.BadInputException;
import dev.regardless.machine.Architecture;
import dev.regardless.machine.Architectures;
import java.io.PrintWriter;
import java.util.List;

/**
 * Does what {@code check NAME} was asked for if the name is that of a matrix: checks all its cells, prints them, and says
 * whether they are as expected.
 *
 * @param name the matrix's name
 * @param architectures names of those to check on
 * @param workers cells checked at the same time
 * @param limitExecutions of each cell
 * @param limitSeconds of each cell
 * @param format how to print
 * @param times whether to print how long each cell took
 */
public record MatrixSession(
    String name,
    List<String> architectures,
    int workers,
    long limitExecutions,
    long limitSeconds,
    Format format,
    boolean times) {

  /** How to print. */
  public enum Format {
    TEXT,
    MARKDOWN,
    JSON
  }

  public MatrixSession {
    architectures = List.copyOf(architectures);
  }

  /**
   * Checks and prints.
   *
   * @return an {@link ExitCode}: {@link ExitCode#HOLDS} if all is as expected, violations included
   * @throws BadInputException if an architecture is unknown
   */
  public int run(PrintWriter out) {
    Matrix matrix = MatrixFile.read(name);
    List<Architecture> chosen = architectures.stream().map(MatrixSession::architecture).toList();
    List<Finding> findings = new MatrixCheck(matrix, chosen, workers, limitExecutions, limitSeconds).run();
    MatrixReport report = new MatrixReport(matrix, findings, times);
    switch (format) {
      case TEXT -> report.text().forEach(out::println);
      case MARKDOWN -> report.markdown().forEach(out::println);
      case JSON -> out.println(report.json());
    }
    if (findings.stream().allMatch(Finding::isExpected)) {
      return ExitCode.HOLDS;
    }
    boolean limits = findings.stream().filter(each -> !each.isExpected()).allMatch(Finding::isLimit);
    return limits ? ExitCode.LIMIT_REACHED : ExitCode.VIOLATED;
  }

  private static Architecture architecture(String name) {
    try {
      return Architectures.named(name);
    } catch (IllegalArgumentException e) {
      throw BadInputException.in("--arch", String.valueOf(e.getMessage()), "a known architecture").causedBy(e);
    }
  }
}
