package dev.regardless.cli;

import dev.regardless.isa.UnsupportedTestException;
import dev.regardless.litmus.engine.Exploration;
import dev.regardless.litmus.engine.ExplorationLimits;
import dev.regardless.litmus.engine.LitmusEngines;
import dev.regardless.litmus.hardware.CompiledTests;
import dev.regardless.litmus.hardware.HardwareResult;
import dev.regardless.litmus.hardware.HardwareResult.Seen;
import dev.regardless.litmus.hardware.HardwareRun;
import dev.regardless.litmus.run.TestResult;
import dev.regardless.litmus.run.TestRun;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs {@code litmus --hardware}: one test after the other, since each uses all CPUs; many to a program. */
final class HardwareOutput {
  /** Tests that are compiled together; the C compiler takes longer to start than to translate one. */
  private static final int TOGETHER = 100;

  private final PrintWriter out;
  private final PrintWriter err;
  private final TestRun model;
  private final long runs;
  private int ran;
  private int notRun;
  private int withWeak;
  private int showedWeak;
  private int satisfied;
  private int forbidden;
  private int malformed;

  HardwareOutput(PrintWriter out, PrintWriter err, TestRun model, long runs) {
    this.out = out;
    this.err = err;
    this.model = model;
    this.runs = runs;
  }

  int run(List<Path> files, String compiler) {
    try {
      HardwareRun machine = HardwareRun.here(compiler);
      for (int from = 0; from < files.size(); from += TOGETHER) {
        runTogether(machine, answered(files.subList(from, Math.min(files.size(), from + TOGETHER))));
      }
    } catch (UnsupportedTestException missing) {
      out.flush();
      err.println(missing.getMessage());
      return ExitCode.LIMIT_REACHED;
    }
    out.flush();
    err.println(ran + " tests, " + runs + " runs each: " + withWeak + " have weak outcomes, " + showedWeak
        + " showed one, " + satisfied + " showed what their condition asks for, " + forbidden
        + " showed what the model forbids; " + notRun + " tests not run");
    if (forbidden > 0) {
      return ExitCode.VIOLATED;
    }
    return malformed > 0 ? ExitCode.BAD_INPUT : notRun > 0 ? ExitCode.LIMIT_REACHED : ExitCode.HOLDS;
  }

  private List<TestResult.Answered> answered(List<Path> files) {
    List<TestResult.Answered> answers = new ArrayList<>();
    for (Path file : files) {
      switch (model.answer(file)) {
        case TestResult.Answered answer -> answers.add(answer);
        case TestResult.Malformed bad -> {
          malformed++;
          notRun(bad.message());
        }
        case TestResult.Refused refused -> notRun(refused.message());
        case TestResult other -> notRun(other.file() + ": not run: the model has no answer");
      }
    }
    return answers;
  }

  private void notRun(String reason) {
    notRun++;
    err.println(reason);
  }

  private void runTogether(HardwareRun machine, List<TestResult.Answered> answers) {
    try (CompiledTests compiled = machine.compile(answers.stream().map(TestResult.Answered::loaded).toList())) {
      for (int index = 0; index < answers.size(); index++) {
        TestResult.Answered answer = answers.get(index);
        Exploration sequential = LitmusEngines.named(answer.engine()).getFirst().explore(answer.loaded().test(), "sc",
            ExplorationLimits.DEFAULT);
        if (!sequential.complete()) {
          notRun(answer.file() + ": not run: the model has no answer");
          continue;
        }
        try {
          report(answer.entry().name(),
              compiled.run(index, runs, answer.exploration().outcomes(), sequential.outcomes()));
        } catch (UnsupportedTestException refused) {
          notRun(String.valueOf(refused.getMessage()));
        }
      }
    }
  }

  private void report(String name, HardwareResult result) {
    ran++;
    withWeak += result.weak() > 0 ? 1 : 0;
    showedWeak += result.different(Seen::weak) > 0 ? 1 : 0;
    satisfied += result.runsWith(Seen::satisfies) > 0 ? 1 : 0;
    forbidden += result.different(seen -> !seen.allowed()) > 0 ? 1 : 0;
    out.println("Test " + name + ": " + result.different(Seen::allowed) + " of " + result.allowed()
        + " allowed outcomes seen, " + result.different(seen -> seen.weak() && seen.allowed()) + " of " + result.weak()
        + " weak; weak in " + result.runsWith(Seen::weak) + ", condition satisfied in "
        + result.runsWith(Seen::satisfies) + " of " + result.runs() + " runs");
    for (Seen seen : result.seen()) {
      out.println("  " + seen.count() + " " + seen.state()
          + (seen.allowed() ? seen.weak() ? " weak" : "" : " FORBIDDEN"));
    }
    out.flush();
  }
}
