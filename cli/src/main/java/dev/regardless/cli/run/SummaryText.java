package dev.regardless.cli.run;

import dev.regardless.cli.run.RunSummary.Distribution;
import dev.regardless.emulation.Violation;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Prints summaries as one table, one column an architecture. */
final class SummaryText {

  private static final int NAME_WIDTH = 34;
  private static final int COLUMN_WIDTH = 18;

  private final PrintWriter out;
  private final List<RunSummary> summaries;

  SummaryText(PrintWriter out, List<RunSummary> summaries) {
    this.out = out;
    this.summaries = summaries;
  }

  void print() {
    RunSummary first = summaries.getFirst();
    out.printf(
        Locale.ROOT,
        "%s, %d %s, %s scheduler, seed %d%n",
        first.scenario(),
        first.cpus(),
        first.cpus() == 1 ? "CPU" : "CPUs",
        first.scheduler(),
        first.seed());
    out.println();
    row("", summary -> summary.architecture() + " (" + summary.primitives() + ")");
    row("verdict", RunSummary::verdict);
    row("runs", summary -> number(summary.runs()));
    for (String name : union(summary -> summary.counts().keySet())) {
      row(name, summary -> number(summary.counts().get(name)));
    }
    printCosts();
    for (String name : union(summary -> summary.durations().keySet())) {
      printDurations(name);
    }
    for (String outcome : union(summary -> summary.outcomes().keySet())) {
      row(outcome, summary -> number(summary.outcomes().getOrDefault(outcome, 0L)));
    }
    summaries.forEach(this::printNotes);
    summaries.forEach(this::printViolations);
  }

  private void printCosts() {
    RunSummary first = summaries.getFirst();
    if (first.unit().isEmpty()) {
      return;
    }
    out.println();
    out.printf("per %s%n", first.unit());
    for (String cost : RunSummary.COSTS) {
      row("  " + cost, summary -> decimal(summary.perUnit(Map.entry(cost, summary.counts().getOrDefault(cost, 0L)))));
    }
  }

  private void printDurations(String name) {
    out.println();
    out.printf("%s, emulated cycles%n", name);
    duration(name, "median", Distribution::median);
    duration(name, "90 %", Distribution::p90);
    duration(name, "99 %", Distribution::p99);
    duration(name, "99.9 %", Distribution::p999);
    duration(name, "maximum", Distribution::maximum);
  }

  private void duration(String name, String label, Function<Distribution, Long> part) {
    row("  " + label, summary -> {
      Distribution distribution = summary.durations().get(name);
      return distribution == null ? "-" : number(part.apply(distribution));
    });
  }

  private void printNotes(RunSummary summary) {
    if (!summary.notes().isEmpty()) {
      out.println();
      summary.notes().forEach(note -> out.printf("note, %s: %s%n", summary.architecture(), note));
    }
  }

  private void printViolations(RunSummary summary) {
    for (Violation violation : summary.violations()) {
      out.println();
      out.printf(
          Locale.ROOT,
          "%s on %s, seed %d: %s%n",
          violation.kind().id(),
          summary.architecture(),
          summary.seed(),
          violation.message());
      if (!violation.thread().isEmpty()) {
        out.printf(
            Locale.ROOT,
            "  in thread %s, after %,d accesses, at cycle %,d%n",
            violation.thread(),
            violation.access(),
            violation.cycles());
      }
      violation.frames().forEach(frame -> out.printf("    %s%n", frame));
    }
  }

  private List<String> union(Function<RunSummary, Set<String>> names) {
    Set<String> all = new LinkedHashSet<>();
    summaries.forEach(summary -> all.addAll(names.apply(summary)));
    return new ArrayList<>(all);
  }

  private void row(String name, Function<RunSummary, String> value) {
    StringBuilder line = new StringBuilder(name);
    pad(line, NAME_WIDTH);
    for (int i = 0; i < summaries.size(); i++) {
      String text = value.apply(summaries.get(i));
      line.append(" ".repeat(Math.max(1, COLUMN_WIDTH - text.length()))).append(text);
    }
    out.println(line.toString().stripTrailing());
  }

  private static void pad(StringBuilder line, int width) {
    while (line.length() < width) {
      line.append(' ');
    }
  }

  private static String number(@Nullable Long value) {
    return value == null ? "-" : String.format(Locale.ROOT, "%,d", value);
  }

  private static String decimal(double value) {
    return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%.2f", value);
  }
}
