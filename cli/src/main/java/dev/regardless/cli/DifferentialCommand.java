package dev.regardless.cli;

import dev.regardless.checker.Differential;
import dev.regardless.checker.EmulatedDifferential;
import dev.regardless.input.BadInputException;
import dev.regardless.machine.Architecture;
import dev.regardless.machine.Architectures;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code differential}: the checker against the naive explorer, or against emulation, on random programs. */
@Command(
    name = "differential",
    mixinStandardHelpOptions = true,
    description = "Compares the checker with a naive explorer on random programs: equal sets of executions, none twice;"
        + " or with emulation: equal sets of outcomes, or fewer where there are grace periods.")
final class DifferentialCommand implements Callable<Integer> {

  private static final int LEAST_RUNS = 60;

  @Option(names = "--arch", split = ",", paramLabel = "ARCH", description = "Architectures (default: all).")
  private List<String> architectures = new ArrayList<>();

  @Option(names = "--programs", paramLabel = "N", description = "Programs for each architecture (default: 10000).")
  private long programs = 10_000;

  @Option(names = "--seed", paramLabel = "N",
      description = "Seed of the first program; negative ones use many pointers (default: 0).")
  private long seed;

  @Option(names = "--emulated", description = "Compare with emulation.")
  private boolean emulated;

  @Option(names = "--runs", paramLabel = "N",
      description = "With --emulated: most runs of each program (default: 100000).")
  private int runs = 100_000;

  @Spec
  private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    List<Architecture> all = Architectures.all();
    List<String> known = all.stream().map(Architecture::name).toList();
    for (String name : architectures) {
      if (!known.contains(name)) {
        throw BadInputException.in(
            "--arch", "unknown architecture '" + name + "'",
            "some of " + known.stream().collect(Collectors.joining(", ")));
      }
    }
    if (programs < 1) {
      throw BadInputException.in("--programs", "got " + programs, "at least 1");
    }
    if (runs < 1) {
      throw BadInputException.in("--runs", "got " + runs, "at least 1");
    }
    PrintWriter out = spec.commandLine().getOut();
    int worst = ExitCode.HOLDS;
    for (Architecture architecture : all) {
      if (architectures.isEmpty() || architectures.contains(architecture.name())) {
        int code = emulated ? emulate(architecture, out) : compare(architecture, out);
        worst = worst == ExitCode.VIOLATED || code == ExitCode.HOLDS ? worst : code;
      }
    }
    return worst;
  }

  private int emulate(Architecture architecture, PrintWriter out) {
    EmulatedDifferential differential = new EmulatedDifferential(architecture, Math.min(runs, LEAST_RUNS), runs);
    boolean same = true;
    for (long program = seed; program < seed + programs && same; program++) {
      String difference = differential.compare(program);
      if (difference != null) {
        same = false;
        out.println(difference);
        again(architecture, program, " --emulated", out);
      }
    }
    out.println(
        "%s: %,d programs, %,d outcomes, %,d of the programs shown whole in %,d runs: %s".formatted(
            architecture.name(), differential.programs(), differential.outcomes(), differential.complete(),
            differential.runs(), same ? "none too many" : "different"));
    if (same && !differential.unsaturated().isEmpty()) {
      out.println("%s: not all shown of the programs %s: more runs?".formatted(
          architecture.name(), differential.unsaturated()));
      return ExitCode.LIMIT_REACHED;
    }
    return same ? ExitCode.HOLDS : ExitCode.VIOLATED;
  }

  private static void again(Architecture architecture, long program, String how, PrintWriter out) {
    out.println("again: bin/regardless differential --arch %s --seed %d --programs 1%s".formatted(
        architecture.name(), program, how));
  }

  private int compare(Architecture architecture, PrintWriter out) {
    Differential differential = new Differential(architecture);
    boolean same = true;
    for (long program = seed; program < seed + programs && same; program++) {
      String difference = differential.compare(program);
      if (difference != null) {
        same = false;
        out.println(difference);
        again(architecture, program, "", out);
      }
    }
    out.println(
        "%s: %,d programs, %,d executions, %,d hangs, %,d programs with violations, %,d too large for the naive explorer: %s"
            .formatted(architecture.name(), differential.compared(), differential.executions(), differential.hangs(),
                differential.violated(), differential.tooLarge(), same ? "equal" : "different"));
    return same ? ExitCode.HOLDS : ExitCode.VIOLATED;
  }
}
