package dev.regardless.cli.check;

import dev.regardless.checker.CheckProgress;
import dev.regardless.checker.CheckResult;
import dev.regardless.checker.CheckSettings;
import dev.regardless.checker.Checker;
import dev.regardless.checker.Counterexample;
import dev.regardless.checker.NondeterminismException;
import dev.regardless.checker.Verdict;
import dev.regardless.cli.ExitCode;
import dev.regardless.input.BadInputException;
import dev.regardless.machine.Architecture;
import dev.regardless.machine.Architectures;
import dev.regardless.scenario.Scenario;
import dev.regardless.scenario.Scenarios;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Does what {@code check} was asked for. */
public final class CheckSession {

  private final CheckRequest request;
  private final PrintWriter out;
  private final PrintWriter err;

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
    List<Scenario> scenarios = request.scenarios().stream().map(CheckSession::scenario).toList();
    if (scenarios.size() * architectures.size() > 1
        && (request.checkpoint() != null || request.resume() != null || request.dot() != null)) {
      throw BadInputException.in(
          "check", "--checkpoint, --resume and --dot are about one check",
          "one scenario and one architecture with --arch");
    }
    List<CheckReport> reports = new ArrayList<>();
    for (Scenario scenario : scenarios) {
      checkParameters(scenario);
      for (Architecture architecture : architectures) {
        reports.add(check(scenario, architecture));
      }
    }
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

  private static Scenario scenario(String name) {
    return Scenarios.all().stream()
        .filter(scenario -> scenario.name().equals(name))
        .findFirst()
        .orElseThrow(
            () -> BadInputException.in("check", "unknown scenario '" + name + "'",
                "a name that 'regardless list' shows"));
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

  // ---- one check ----------------------------------------------------------------------------------------------------------

  private CheckReport check(Scenario scenario, Architecture architecture) {
    CheckSettings settings = request.settings();
    if (!settings.primitives().isEmpty() && !architecture.primitiveVariants().contains(settings.primitives())) {
      throw BadInputException.in(
          "--primitives", "%s has no variant '%s'".formatted(architecture.name(), settings.primitives()),
          "one of " + String.join(", ", architecture.primitiveVariants()));
    }
    Checker checker = new Checker(scenario, architecture, settings);
    try {
      Path resume = request.resume();
      if (resume != null) {
        resume(checker, resume);
      }
      Path checkpoint = request.checkpoint();
      if (checkpoint != null) {
        checker.checkpoint(checkpoint, request.checkpointSeconds() * 1000L);
      }
      checker.progress(progress(scenario, architecture));
      request.interrupts().accept(checker::interrupt);
      CheckResult result = checker.run();
      clearProgress();
      return new CheckReport(
          scenario.name(), architecture.name(), request.parameters(), result, command(scenario, architecture));
    } catch (NondeterminismException e) {
      throw BadInputException.in(scenario.name(), String.valueOf(e.getMessage()), "emulated code that can be re-run")
          .causedBy(e);
    } catch (IllegalArgumentException e) {
      throw BadInputException.in(scenario.name(), String.valueOf(e.getMessage()), "a usable value").causedBy(e);
    } catch (java.io.UncheckedIOException e) {
      throw BadInputException.in("--checkpoint", String.valueOf(e.getMessage()), "a file that can be written")
          .causedBy(e);
    }
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
    return (executions, seconds, units) -> {
      err.print(
          "\r%s on %s: %,d executions, %,.0f a second   "
              .formatted(scenario.name(), architecture.name(), executions, executions / Math.max(seconds, 0.05)));
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
    request.parameters().forEach((name, value) -> text.append(" -P ").append(name).append('=').append(value));
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
    Path dot = request.dot();
    if (dot != null) {
      try {
        Files.writeString(dot, GraphDot.of(report.scenario(), example));
      } catch (IOException e) {
        throw BadInputException.in(dot.toString(), "cannot be written", "a file name").causedBy(e);
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
