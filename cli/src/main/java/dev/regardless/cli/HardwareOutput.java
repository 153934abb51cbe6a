package dev.regardless.cli;

import dev.regardless.isa.UnsupportedTestException;
import dev.regardless.litmus.hardware.HardwareResult;
import dev.regardless.litmus.hardware.HardwareRun;
import dev.regardless.litmus.run.TestResult;
import dev.regardless.litmus.run.TestRun;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;

/** Runs {@code litmus --hardware}: one test after the other, since each uses all CPUs. */
final class HardwareOutput {
  private final PrintWriter out;
  private final PrintWriter err;
  private final TestRun model;
  private final long runs;
  private int ran;
  private int forbidden;
  private int notRun;
  private int weak;

  HardwareOutput(PrintWriter out, PrintWriter err, TestRun model, long runs) {
    this.out = out;
    this.err = err;
    this.model = model;
    this.runs = runs;
  }

  int run(List<Path> files) {
    HardwareRun machine;
    try {
      machine = HardwareRun.here(runs);
    } catch (UnsupportedTestException missing) {
      err.println(missing.getMessage());
      return ExitCode.LIMIT_REACHED;
    }
    for (Path file : files) {
      TestResult result = model.answer(file);
      if (result instanceof TestResult.Answered answered) {
        run(machine, answered);
      } else {
        notRun++;
        err.println(file + ": not run: the model has no answer");
      }
    }
    out.flush();
    err.println(ran + " tests run " + runs + " times each, " + weak + " showed what their condition asks for, "
        + forbidden + " showed what the model forbids, " + notRun + " not run");
    return forbidden > 0 ? ExitCode.VIOLATED : notRun > 0 ? ExitCode.LIMIT_REACHED : ExitCode.HOLDS;
  }

  private void run(HardwareRun machine, TestResult.Answered answered) {
    HardwareResult result;
    try {
      result = machine.run(answered.loaded(), answered.exploration().outcomes());
    } catch (UnsupportedTestException refused) {
      notRun++;
      err.println(refused.getMessage());
      return;
    }
    ran++;
    weak += result.satisfied() > 0 ? 1 : 0;
    forbidden += result.forbidden().isEmpty() ? 0 : 1;
    out.println("Test " + answered.entry().name() + ": " + result.seen().size() + " of "
        + answered.entry().states().size() + " allowed outcomes seen, condition satisfied " + result.satisfied()
        + " of "
        + result.runs());
    result.seen().forEach(line -> out.println("  " + line));
    result.forbidden().forEach(line -> out.println("  FORBIDDEN " + line));
    out.flush();
  }
}
