package dev.regardless.cli.check;

import dev.regardless.checker.CheckResult;
import dev.regardless.checker.Counterexample;
import dev.regardless.checker.Estimate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One row of the table of verdicts.
 *
 * @param scenario its name
 * @param architecture its name
 * @param parameters those that were set
 * @param result what was found
 * @param command the command that finds it again
 * @param resume the command that goes on from a checkpoint; empty if there is none
 */
record CheckReport(
    String scenario,
    String architecture,
    Map<String, String> parameters,
    CheckResult result,
    String command,
    String resume) {

  /** What the table says. */
  String verdict() {
    Counterexample example = result.counterexample();
    return example == null ? result.verdict().text() : "violated: " + example.kind().id();
  }

  /** The table, with a line for what needs more words. */
  static void table(List<CheckReport> reports, java.io.PrintWriter out) {
    int scenario = width(reports.stream().map(CheckReport::scenario).toList(), "scenario");
    int architecture = width(reports.stream().map(CheckReport::architecture).toList(), "arch");
    int verdict = width(reports.stream().map(CheckReport::verdict).toList(), "verdict");
    String format = "%-" + scenario + "s  %-" + architecture + "s  %-" + verdict + "s  %12s  %9s";
    out.println(format.formatted("scenario", "arch", "verdict", "executions", "blocked"));
    for (CheckReport report : reports) {
      CheckResult result = report.result;
      out.println(
          format.formatted(report.scenario, report.architecture, report.verdict(),
              "%,d".formatted(result.executions()), "%,d".formatted(result.blocked())));
      report.limits().forEach(line -> out.println("  " + line));
    }
  }

  /** What is not known, why, and how to go on. */
  private List<String> limits() {
    if (result.limit().isEmpty()) {
      return List.of();
    }
    List<String> lines = new ArrayList<>();
    lines.add("not everything was explored: " + result.limit()
        + (result.open() == 0 ? "" : "; %,d open branches remain".formatted(result.open())));
    Estimate estimate = result.estimate();
    if (estimate != null) {
      lines.add(estimate.text(result.executions() + result.blocked() + result.cut()));
    }
    if (!resume.isEmpty()) {
      lines.add("go on: " + resume);
    }
    return lines;
  }

  private static int width(List<String> cells, String head) {
    return Math.max(head.length(), cells.stream().mapToInt(String::length).max().orElse(0));
  }
}
