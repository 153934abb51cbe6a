package dev.regardless.cli;

import dev.regardless.checker.Differential;
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

/** {@code differential}: the checker against the naive explorer on random programs. */
@Command(
    name = "differential",
    mixinStandardHelpOptions = true,
    description = "Compares the checker with a naive explorer on random programs: equal sets of executions, none twice.")
final class DifferentialCommand implements Callable<Integer> {

  @Option(names = "--arch", split = ",", paramLabel = "ARCH", description = "Architectures (default: all).")
  private List<String> architectures = new ArrayList<>();

  @Option(names = "--programs", paramLabel = "N", description = "Programs for each architecture (default: 10000).")
  private long programs = 10_000;

  @Option(names = "--seed", paramLabel = "N", description = "Seed of the first program (default: 0).")
  private long seed;

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
    PrintWriter out = spec.commandLine().getOut();
    boolean same = true;
    for (Architecture architecture : all) {
      if (architectures.isEmpty() || architectures.contains(architecture.name())) {
        same &= compare(architecture, out);
      }
    }
    return same ? ExitCode.HOLDS : ExitCode.VIOLATED;
  }

  private boolean compare(Architecture architecture, PrintWriter out) {
    Differential differential = new Differential(architecture);
    boolean same = true;
    for (long program = seed; program < seed + programs && same; program++) {
      String difference = differential.compare(program);
      if (difference != null) {
        same = false;
        out.println(difference);
        out.println(
            "again: bin/regardless differential --arch %s --seed %d --programs 1".formatted(architecture.name(),
                program));
      }
    }
    out.println(
        "%s: %,d programs, %,d executions, %,d hangs, %,d programs too large for the naive explorer: %s".formatted(
            architecture.name(), differential.compared(), differential.executions(), differential.hangs(),
            differential.tooLarge(), same ? "equal" : "different"));
    return same;
  }
}
