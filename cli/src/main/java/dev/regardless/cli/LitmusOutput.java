package dev.regardless.cli;

import dev.regardless.litmus.graph.ExecutionDrawing;
import dev.regardless.litmus.report.HerdLog;
import dev.regardless.litmus.report.LogComparison;
import dev.regardless.litmus.report.LogEntry;
import dev.regardless.litmus.run.TestResult;
import dev.regardless.litmus.run.TestResult.Answered;
import dev.regardless.litmus.test.Quantifier;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes the results of {@code litmus} as they come: log or differences to the output, the rest to the error stream. */
final class LitmusOutput {
  private final PrintWriter out;
  private final PrintWriter err;
  private final Optional<Map<String, LogEntry>> expected;
  private final Optional<Map<String, Quantifier>> kinds;
  private final Optional<Path> graph;
  private final Optional<LitmusJson> json;
  private final LitmusSummary summary = new LitmusSummary();
  private final Progress progress = new Progress();

  /**
   * An output for one run.
   *
   * @param json     whether a report is printed at the end instead of a log
   * @param expected what to compare with, by test
   * @param kinds    what must hold, by test
   * @param graph    the folder for drawings
   */
  LitmusOutput(PrintWriter out, PrintWriter err, boolean json, Optional<Map<String, LogEntry>> expected,
      Optional<Map<String, Quantifier>> kinds, Optional<Path> graph) {
    this.out = out;
    this.err = err;
    this.expected = expected;
    this.kinds = kinds;
    this.graph = graph;
    this.json = json ? Optional.of(new LitmusJson()) : Optional.empty();
  }

  void begin(int tests) {
    progress.begin(tests);
  }

  void accept(TestResult result) {
    progress.step();
    List<String> differences = result instanceof Answered answered ? missed(answered) : List.of();
    summary.add(result, !differences.isEmpty());
    json.ifPresent(report -> report.add(result, differences));
    if (json.isEmpty()) {
      print(result, differences);
    }
    if (result instanceof Answered answered && graph.isPresent()) {
      draw(answered, graph.get());
    }
  }

  private void print(TestResult result, List<String> differences) {
    if (result instanceof Answered answered) {
      if (expected.isEmpty()) {
        progress.clear();
        out.print(HerdLog.text(answered.entry()));
      }
      answered.notes().forEach(this::tell);
      differences.forEach(line -> {
        progress.clear();
        out.println(answered.entry().name() + ": " + line);
      });
    } else if (result instanceof TestResult.Malformed malformed) {
      tell(malformed.message());
    } else if (result instanceof TestResult.Refused refused) {
      tell(refused.message());
    } else if (result instanceof TestResult.GaveUp gaveUp) {
      tell(gaveUp.message() + "; no answer");
    } else if (result instanceof TestResult.Disagreed disagreed) {
      disagreed.differences()
          .forEach(line -> tell(disagreed.loaded().test().name() + ": the engines disagree: " + line));
    } else if (result instanceof TestResult.Failed failed) {
      tell(FailureReport.write(failed.failure(),
          new String[] {"litmus", failed.file().toString()}));
    }
  }

  private List<String> missed(Answered answered) {
    List<String> lines = new ArrayList<>();
    LogEntry entry = answered.entry();
    if (expected.isPresent()) {
      LogEntry other = expected.get().get(entry.name());
      if (other == null) {
        lines.add("not in the expected log");
      } else {
        lines.addAll(LogComparison.differences(entry, other, answered.exploration().countsExecutions()));
      }
    }
    if (kinds.isPresent() && !kinds.get().containsKey(entry.name())) {
      lines.add("not in the kinds file");
    } else if (kinds.isPresent() && !entry.validated()) {
      lines.add("is not " + entry.kind() + ": observed " + entry.observation());
    }
    return lines;
  }

  private void draw(Answered answered, Path folder) {
    ExecutionDrawing.write(answered.loaded(), answered.exploration(), folder).ifPresent(this::tell);
  }

  private void tell(String line) {
    progress.clear();
    out.flush();
    err.println(line);
  }

  /** Prints what comes last and returns the exit code. */
  int finish() {
    progress.clear();
    json.ifPresent(report -> out.println(report.text()));
    out.flush();
    if (summary.tests() > 1 || expected.isPresent() || kinds.isPresent()) {
      summary.lines().forEach(err::println);
    }
    err.flush();
    return summary.exitCode();
  }
}
