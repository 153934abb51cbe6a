package dev.regardless.cli.check;

import dev.regardless.checker.CheckProgress;
import dev.regardless.checker.CheckResult;
import dev.regardless.checker.Checker;
import dev.regardless.checker.Counterexample;
import dev.regardless.checker.NondeterminismException;
import dev.regardless.checker.Verdict;
import dev.regardless.cli.ExitCode;
import dev.regardless.input.BadInputException;
import dev.regardless.machine.Architecture;
import dev.regardless.machine.Architectures;
import dev.regardless.scenario.Scenario;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Does what {@code check} was asked for. */
public final class CheckSession {

  private static final Pattern WRONG_VALUE = Pattern.compile("(.*): expected (.*), got (.*)", Pattern.DOTALL);

  private final CheckRequest request;
  private final PrintWriter out;
  private final PrintWriter err;
  private volatile boolean interrupted;
  private volatile @Nullable Checker running;

  public CheckSession(CheckRequest request, PrintWriter out, PrintWriter err) {
    this.request = request;
    this.out = out;
    this.err = err;
  }

  /**
   * Checks every scenario on every architecture.
   *
   * @return an {@link ExitCode}
   */
  public int run() {
    List<Architecture> architectures = request.architectures().stream().map(this::architecture).toList();
    List<Scenario> scenarios = request.scenarios().stream().map(Catalogue::named).toList();
    if (scenarios.size() * architectures.size() > 1
        && (request.checkpoint() != null || request.resume() != null || request.dot() != null)) {
      throw BadInputException.in(
          "check", "--checkpoint, --resume and --dot are about one check",
          "one scenario and one architecture with --arch");
    }
    Path dot = request.dot();
    if (dot != null && !(dot.toAbsolutePath().getParent() instanceof Path folder && Files.isDirectory(folder))) {
      throw BadInputException.in(dot.toString(), reason(new NoSuchFileException("")), "a file that can be written");
    }
    scenarios.forEach(this::checkParameters);
    architectures.forEach(this::checkPrimitives);
    request.interrupts().accept(this::interrupt);
    List<CheckReport> reports = new ArrayList<>();
    for (Scenario scenario : scenarios) {
      for (Architecture architecture : architectures) {
        reports.add(interrupted ? notBegun(scenario, architecture) : check(scenario, architecture));
      }
    }
    reports.forEach(this::writeDot);
    if (request.json()) {
      out.println(CheckJson.of(reports));
    } else {
      CheckReport.table(reports, out);
      for (CheckReport report : reports) {
        explain(report);
      }
    }
    return exitCode(reports);
  }

  private void interrupt() {
    interrupted = true;
    Checker checker = running;
    if (checker != null) {
      checker.interrupt();
    }
  }

  private CheckReport notBegun(Scenario scenario, Architecture architecture) {
    CheckResult nothing = new CheckResult(
        Verdict.LIMIT, 0, 0, 0, null, "interrupted before it began", 0, null, List.of(), new TreeMap<>());
    return report(scenario, architecture, nothing);
  }

  private static int exitCode(List<CheckReport> reports) {
    if (reports.stream().anyMatch(report -> report.result().verdict() == Verdict.VIOLATED)) {
      return ExitCode.VIOLATED;
    }
    boolean limit = reports.stream().anyMatch(report -> report.result().verdict() == Verdict.LIMIT);
    return limit ? ExitCode.LIMIT_REACHED : ExitCode.HOLDS;
  }

  // ---- input --------------------------------------------------------------------------------------------------------------

  private Architecture architecture(String name) {
    try {
      return Architectures.named(name);
    } catch (IllegalArgumentException e) {
      String known = Architectures.all().stream().map(Architecture::name).collect(Collectors.joining(", "));
      throw BadInputException.in("--arch", "unknown architecture '" + name + "'", "some of " + known).causedBy(e);
    }
  }

  private void checkParameters(Scenario scenario) {
    for (String name : request.parameters().keySet()) {
      if (!scenario.parameters().containsKey(name)) {
        String known = scenario.parameters().isEmpty()
            ? "none: it has no parameters"
            : "one of " + String.join(", ", scenario.parameters().keySet());
        throw BadInputException.in("-P", "scenario %s has no parameter '%s'".formatted(scenario.name(), name), known);
      }
    }
  }

  private void checkPrimitives(Architecture architecture) {
    String variant = request.settings().primitives();
    if (!variant.isEmpty() && !architecture.primitiveVariants().contains(variant)) {
      throw BadInputException.in(
          "--primitives", "%s has no variant '%s'".formatted(architecture.name(), variant),
          "one of " + String.join(", ", architecture.primitiveVariants()));
    }
  }

  // ---- one check ----------------------------------------------------------------------------------------------------------

  private CheckReport check(Scenario scenario, Architecture architecture) {
    Checker checker = new Checker(scenario, architecture, request.settings());
    try {
      Path resume = request.resume();
      if (resume != null) {
        resume(checker, resume);
      }
      Path checkpoint = request.checkpoint();
      if (checkpoint != null) {
        checker.checkpoint(checkpoint, request.checkpointMilliseconds());
      }
      checker.progress(progress(scenario, architecture));
      running = checker;
      if (interrupted) {
        checker.interrupt();
      }
      CheckResult result = checker.run();
      return report(scenario, architecture, result);
    } catch (NondeterminismException e) {
      throw BadInputException.in(scenario.name(), String.valueOf(e.getMessage()), "emulated code that can be re-run")
          .causedBy(e);
    } catch (IllegalArgumentException e) {
      throw unusable(scenario, String.valueOf(e.getMessage())).causedBy(e);
    } catch (UncheckedIOException e) {
      throw BadInputException
          .in(String.valueOf(request.checkpoint()), reason(e.getCause()), "a file that can be written")
          .causedBy(e);
    } finally {
      running = null;
      clearProgress();
    }
  }

  // Scenarios say "parameter n: expected 1 to 64, got 0".
  private static BadInputException unusable(Scenario scenario, String message) {
    Matcher matcher = WRONG_VALUE.matcher(message);
    return matcher.matches()
        ? BadInputException.in(
            "-P", "scenario %s: %s is %s".formatted(scenario.name(), matcher.group(1), matcher.group(3)),
            matcher.group(2))
        : BadInputException.in("-P", "scenario %s: %s".formatted(scenario.name(), message), "a usable value");
  }

  private static String reason(@Nullable IOException e) {
    if (e instanceof NoSuchFileException) {
      return "cannot be written: its folder does not exist";
    }
    return e instanceof AccessDeniedException ? "cannot be written: permission denied" : "cannot be written: " + e;
  }

  private CheckReport report(Scenario scenario, Architecture architecture, CheckResult result) {
    String command = command(scenario, architecture);
    Path checkpoint = request.checkpoint();
    String resume = checkpoint == null || result.verdict() != Verdict.LIMIT || result.open() == 0
        ? ""
        : "%s --checkpoint %s --resume %s".formatted(command, Shell.quoted(checkpoint), Shell.quoted(checkpoint));
    return new CheckReport(scenario.name(), architecture.name(), request.parameters(), result, command, resume);
  }

  private static void resume(Checker checker, Path file) {
    try {
      checker.resume(file);
    } catch (IOException e) {
      throw BadInputException.in(file.toString(), "cannot be read", "a checkpoint file").causedBy(e);
    } catch (IllegalArgumentException e) {
      throw BadInputException.in(file.toString(), String.valueOf(e.getMessage()), "a checkpoint of this check")
          .causedBy(e);
    }
  }

  private CheckProgress progress(Scenario scenario, Architecture architecture) {
    if (!request.terminal()) {
      return CheckProgress.NONE;
    }
    return (executions, seconds, estimate) -> {
      err.print(
          "\r%s on %s: %,d executions, %,.0f a second%s\u001b[K"
              .formatted(scenario.name(), architecture.name(), executions, executions / Math.max(seconds, 0.05),
                  estimate == null ? "" : ", " + estimate.shortText(executions)));
      err.flush();
    };
  }

  private void clearProgress() {
    if (request.terminal()) {
      err.print("\r\u001b[K");
      err.flush();
    }
  }

  /** The command that does the same check again. */
  private String command(Scenario scenario, Architecture architecture) {
    StringBuilder text = new StringBuilder(
        "bin/regardless check %s --arch %s".formatted(scenario.name(), architecture.name()));
    request.parameters().forEach((name, value) -> text.append(" -P ").append(Shell.quoted(name + "=" + value)));
    if (!request.settings().primitives().isEmpty()) {
      text.append(" --primitives ").append(request.settings().primitives());
    }
    if (!request.settings().weakened().isEmpty()) {
      text.append(" --weaken ").append(String.join(",", request.settings().weakened()));
    }
    if (request.settings().dataRaces()) {
      text.append(" --data-races");
    }
    return text.toString();
  }

  // ---- output -------------------------------------------------------------------------------------------------------------

  private void explain(CheckReport report) {
    Counterexample example = report.result().counterexample();
    if (example == null) {
      outcomes(report);
      return;
    }
    out.println();
    out.println("%s on %s violates %s:".formatted(report.scenario(), report.architecture(), example.kind().id()));
    TimelineText.of(example).forEach(out::println);
    out.println("  again: " + report.command());
  }

  private void writeDot(CheckReport report) {
    Path dot = request.dot();
    Counterexample example = report.result().counterexample();
    if (dot != null && example != null) {
      try {
        Files.writeString(dot, GraphDot.of(report.scenario(), example));
      } catch (IOException e) {
        throw BadInputException.in(dot.toString(), reason(e), "a file that can be written").causedBy(e);
      }
    }
  }

  private void outcomes(CheckReport report) {
    CheckResult result = report.result();
    if (!request.outcomes() || result.registers().isEmpty()) {
      return;
    }
    out.println();
    out.println("%s on %s, outcomes:".formatted(report.scenario(), report.architecture()));
    result.outcomes().forEach((values, count) -> {
      StringBuilder line = new StringBuilder("%,12d ".formatted(count));
      for (int i = 0; i < values.size(); i++) {
        line.append(' ').append(result.registers().get(i)).append('=').append(values.get(i)).append(';');
      }
      out.println(line);
    });
  }
}
