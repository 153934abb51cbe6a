package dev.regardless.tests.verdict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.regardless.checker.CheckSettings;
import dev.regardless.cli.matrix.Finding;
import dev.regardless.cli.matrix.Matrix;
import dev.regardless.cli.matrix.MatrixCheck;
import dev.regardless.cli.matrix.MatrixFile;
import dev.regardless.cli.matrix.MatrixReport;
import dev.regardless.machine.Architectures;
import dev.regardless.tests.rules.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The matrix of aio poll designs: each cell is what its data file says, and the account shows what the matrix shows. */
class MatrixTest {

  private static final String BEGIN = "<!-- generated: bin/regardless check aio-poll --markdown -->";
  private static final String END = "<!-- end -->";

  private static Matrix matrix;
  private static List<Finding> findings;

  @BeforeAll
  static void check() {
    matrix = MatrixFile.read("aio-poll");
    findings = new MatrixCheck(matrix,
        Stream.of("sc", "x86", "arm64").map(Architectures::named).toList(), 2, CheckSettings.UNLIMITED,
        CheckSettings.UNLIMITED).run();
  }

  @Test
  void everyCellIsAsExpected() {
    assertEquals(List.of(), findings.stream().filter(each -> !each.isExpected())
        .map(each -> each.verdict() + " instead of " + each.expected().on(each.architecture()) + ": " + each.command())
        .toList());
    assertEquals(3 * matrix.rows().size() * matrix.columns().size(), findings.size());
  }

  /** A row in which nothing ever fails, or a column in which nothing does, would say little. */
  @Test
  void everyDesignFailsSomewhere() {
    for (Matrix.Column column : matrix.columns()) {
      assertTrue(findings.stream().anyMatch(
          each -> each.column().equals(column) && each.row().weakened().isEmpty() && !each.verdict().equals("holds")),
          column.name());
    }
  }

  @Test
  void everyFailureHasAReason() {
    for (Finding each : findings) {
      assertEquals(each.verdict().equals("holds") && each.expected().verdicts().size() == 1,
          each.expected().reason().isEmpty(), each::command);
    }
  }

  @Test
  void theAccountShowsTheMatrix() throws IOException {
    List<String> lines = Files.readAllLines(Repository.find().root().resolve("docs/aio-poll-verdict.md"));
    int begin = lines.indexOf(BEGIN);
    int end = lines.indexOf(END);
    assertTrue(begin >= 0 && begin < end, "the account has " + BEGIN + " and " + END);
    List<String> shown = new MatrixReport(matrix, findings, false).markdown();
    assertEquals(shown, lines.subList(begin + 1, end));
    assertFalse(shown.isEmpty());
  }

  @Test
  void whatIsExpectedMustBeKnown() {
    assertEquals("holds", new Matrix.Expectation(new java.util.TreeMap<>(java.util.Map.of("*", "holds", "x86", "hang")),
        "", "").on("arm64"));
    assertTrue(Arrays.asList("sc", "x86", "arm64").stream().allMatch(name -> Architectures.named(name) != null));
  }
}
