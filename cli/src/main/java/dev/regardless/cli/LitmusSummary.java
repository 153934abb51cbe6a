package dev.regardless.cli;

import dev.regardless.litmus.report.LogEntry;
import dev.regardless.litmus.run.TestResult;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeMap;

/** Counts the results of a run of litmus tests. */
final class LitmusSummary {
  private static final int SLOWEST = 5;
  private static final double SLOW_SECONDS = 0.1;

  private final Map<String, Integer> verdicts = new TreeMap<>();
  private final PriorityQueue<LogEntry> slowest = new PriorityQueue<>(
      (left, right) -> Double.compare(left.seconds(), right.seconds()));
  private int tests;
  private int answered;
  private int missed;
  private int malformed;
  private int refused;
  private int gaveUp;
  private int disagreed;
  private int failed;

  void add(TestResult result, boolean expectationMissed) {
    tests++;
    if (result instanceof TestResult.Answered answer) {
      answered++;
      missed += expectationMissed ? 1 : 0;
      gaveUp += answer.notes().isEmpty() ? 0 : 1;
      count(answer.entry());
    } else if (result instanceof TestResult.Malformed) {
      malformed++;
    } else if (result instanceof TestResult.Refused) {
      refused++;
    } else if (result instanceof TestResult.GaveUp) {
      gaveUp++;
    } else if (result instanceof TestResult.Disagreed) {
      disagreed++;
    } else if (result instanceof TestResult.Failed) {
      failed++;
    }
  }

  private void count(LogEntry entry) {
    verdicts.merge(entry.kind() + " " + (entry.validated() ? "Ok" : "No") + " (" + entry.observation() + ")", 1,
        Integer::sum);
    slowest.add(entry);
    if (slowest.size() > SLOWEST) {
      slowest.remove();
    }
  }

  int tests() {
    return tests;
  }

  List<String> lines() {
    List<String> lines = new ArrayList<>();
    StringBuilder first = new StringBuilder();
    first.append(tests).append(tests == 1 ? " test: " : " tests: ").append(answered).append(" answered");
    append(first, missed, "missed what was expected");
    append(first, disagreed, "on which the engines disagree");
    append(first, malformed, "malformed");
    append(first, refused, "not supported");
    append(first, gaveUp, "stopped at a limit");
    append(first, failed, "failed");
    lines.add(first.toString());
    verdicts.forEach((verdict, count) -> lines.add("  " + verdict + ": " + count));
    slowest.stream().filter(entry -> entry.seconds() >= SLOW_SECONDS)
        .sorted(Comparator.comparingDouble(LogEntry::seconds).reversed())
        .forEach(entry -> lines.add(String.format(Locale.ROOT, "  slowest: %s %.2f s", entry.name(),
            entry.seconds())));
    return lines;
  }

  private static void append(StringBuilder line, int count, String what) {
    if (count > 0) {
      line.append(", ").append(count).append(' ').append(what);
    }
  }

  int exitCode() {
    if (failed > 0) {
      return ExitCode.INTERNAL_ERROR;
    }
    if (malformed > 0) {
      return ExitCode.BAD_INPUT;
    }
    if (missed > 0 || disagreed > 0) {
      return ExitCode.VIOLATED;
    }
    return refused > 0 || gaveUp > 0 ? ExitCode.LIMIT_REACHED : ExitCode.HOLDS;
  }
}
