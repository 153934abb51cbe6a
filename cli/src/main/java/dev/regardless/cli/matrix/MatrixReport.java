package dev.regardless.cli.matrix;

import dev.regardless.cli.matrix.Matrix.Cell;
import dev.regardless.cli.matrix.Matrix.Column;
import dev.regardless.cli.matrix.Matrix.Row;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Findings as text, as Markdown and as JSON. */
public final class MatrixReport {

  private final Matrix matrix;
  private final List<Finding> findings;
  private final boolean times;
  private final Map<Cell, List<Finding>> cells = new LinkedHashMap<>();

  /** A report; {@code times}: with seconds, which differ from run to run. */
  public MatrixReport(Matrix matrix, List<Finding> findings, boolean times) {
    this.matrix = matrix;
    this.findings = List.copyOf(findings);
    this.times = times;
    for (Finding finding : findings) {
      cells.computeIfAbsent(new Cell(finding.row().name(), finding.column().name()), cell -> new ArrayList<>())
          .add(finding);
    }
  }

  /** One line for each finding, then what is not as expected, then totals. */
  public List<String> text() {
    List<String> lines = new ArrayList<>();
    int row = findings.stream().mapToInt(each -> each.row().name().length()).max().orElse(0);
    int column = findings.stream().mapToInt(each -> each.column().name().length()).max().orElse(0);
    int verdict = findings.stream().mapToInt(each -> verdict(each).length()).max().orElse(0);
    String format = "%-" + row + "s  %-" + column + "s  %-6s  %-" + verdict + "s  %10s";
    lines.add(format.formatted("scenario", "design", "arch", "verdict", "executions") + (times ? "  seconds" : ""));
    for (Finding each : findings) {
      String time = times ? "  %7.2f".formatted(each.seconds()) : "";
      lines.add(format.formatted(each.row().name(), each.column().name(), each.architecture(), verdict(each),
          "%,d".formatted(each.executions())) + time);
      if (each.isViolated()) {
        lines.add("  " + each.command());
      }
    }
    lines.add("");
    findings.stream().filter(each -> !each.isExpected()).forEach(each -> lines.add(unexpected(each)));
    lines.add(summary());
    return lines;
  }

  private static String verdict(Finding finding) {
    return finding.isViolated() ? "violated: " + finding.verdict() : finding.verdict();
  }

  private static String unexpected(Finding finding) {
    return "not as expected: %s of %s on %s: %s instead of %s; %s".formatted(finding.row().name(),
        finding.column().name(), finding.architecture(), finding.verdict(),
        finding.expected().on(finding.architecture()), finding.command());
  }

  private String summary() {
    return "%s; %,d executions".formatted(totals(), findings.stream().mapToLong(Finding::executions).sum());
  }

  private String totals() {
    long violated = findings.stream().filter(Finding::isViolated).count();
    long limits = findings.stream().filter(Finding::isLimit).count();
    long unexpected = findings.stream().filter(each -> !each.isExpected()).count();
    return "%,d checks: %,d hold, %,d violated, %,d reached a limit; %,d not as expected"
        .formatted(findings.size(), findings.size() - violated - limits, violated, limits, unexpected);
  }

  /** The table, what is behind its violations, and totals. */
  public List<String> markdown() {
    List<String> lines = new ArrayList<>(table());
    lines.add("");
    lines.addAll(reasons());
    lines.add("");
    lines.add(totals() + ".");
    return lines;
  }

  /**
   * A table with one line for each row, one column for each column. A cell is what all architectures share, or what each
   * shows.
   */
  private List<String> table() {
    List<String> lines = new ArrayList<>();
    StringBuilder head = new StringBuilder("| scenario | fact |");
    StringBuilder rule = new StringBuilder("|---|---|");
    for (Column column : matrix.columns()) {
      head.append(' ').append(column.name()).append(" |");
      rule.append("---|");
    }
    lines.add(head.toString());
    lines.add(rule.toString());
    for (Row row : matrix.rows()) {
      StringBuilder line = new StringBuilder("| %s | %s |".formatted(row.name(), row.fact()));
      for (Column column : matrix.columns()) {
        line.append(' ').append(cell(cells.getOrDefault(new Cell(row.name(), column.name()), List.of()))).append(" |");
      }
      lines.add(line.toString());
    }
    return lines;
  }

  private static String cell(List<Finding> found) {
    Map<String, List<String>> architectures = new LinkedHashMap<>();
    for (Finding each : found) {
      architectures.computeIfAbsent(each.verdict(), verdict -> new ArrayList<>()).add(each.architecture());
    }
    List<String> parts = new ArrayList<>();
    architectures.forEach((verdict, names) -> {
      String shown = verdict.equals(MatrixFile.HOLDS) ? verdict : "**" + verdict + "**";
      parts.add(architectures.size() == 1 ? shown : "%s on %s".formatted(shown, String.join(", ", names)));
    });
    return String.join("; ", parts);
  }

  /** The reasons and sources of all that is violated, a line each. */
  private List<String> reasons() {
    List<String> lines = new ArrayList<>();
    lines.add("| scenario | design | why | source | counterexample |");
    lines.add("|---|---|---|---|---|");
    cells.forEach((cell, found) -> found.stream().filter(each -> !each.verdict().equals(MatrixFile.HOLDS)).findFirst()
        .ifPresent(each -> lines.add("| %s | %s | %s | %s | `%s` |".formatted(cell.row(), cell.column(),
            each.expected().reason(), each.expected().source(), each.command()))));
    return lines;
  }

  /** An array with one object for each finding. */
  public String json() {
    List<Map<String, Object>> array = new ArrayList<>();
    for (Finding each : findings) {
      Map<String, Object> object = new LinkedHashMap<>();
      object.put("row", each.row().name());
      object.put("scenario", each.row().scenario());
      object.put("fact", each.row().fact());
      object.put("column", each.column().name());
      object.put("parameters", new TreeMap<>(each.column().parameters()));
      object.put("architecture", each.architecture());
      object.put("verdict", each.isViolated() ? "violated" : each.verdict());
      if (each.isViolated()) {
        object.put("property", each.verdict());
      }
      if (!each.message().isEmpty()) {
        object.put("message", each.message());
      }
      object.put("executions", each.executions());
      object.put("blocked", each.blocked());
      if (times) {
        object.put("seconds", Math.round(each.seconds() * 1000) / 1000.0);
      }
      object.put("expected", each.expected().on(each.architecture()));
      object.put("asExpected", each.isExpected());
      object.put("command", each.command());
      array.add(object);
    }
    return JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build().writeValueAsString(array);
  }
}
