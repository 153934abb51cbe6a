package dev.regardless.cli;

import dev.regardless.isa.UnsupportedTestException;
import dev.regardless.litmus.compare.ComparedModel;
import dev.regardless.litmus.compare.ComparedOutcome;
import dev.regardless.litmus.compare.ModelComparison;
import dev.regardless.litmus.compare.ModelComparison.Comparison;
import dev.regardless.litmus.engine.ExplorationLimits;
import dev.regardless.litmus.engine.LitmusEngine;
import dev.regardless.litmus.engine.LitmusEngines;
import dev.regardless.litmus.run.TestFiles;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code compare}: the outcomes of one test under several memory models, side by side, with the reason for each. */
@Command(name = "compare", mixinStandardHelpOptions = true,
    description = "Shows which outcomes of a litmus test each memory model allows, and why. A test whose architecture is "
        + "'Generic' is mapped to every architecture; any other runs under its own model and under sequential consistency.")
final class CompareCommand implements Callable<Integer> {
  @Spec
  private CommandSpec spec = CommandSpec.create();

  @Parameters(arity = "1..*", paramLabel = "FILE|DIR|@LIST", description = "Litmus files, folders of them, or lists.")
  private List<String> inputs = List.of();

  @Override
  public Integer call() {
    LitmusEngine engine = LitmusEngines.named("axiomatic").getFirst();
    PrintWriter out = spec.commandLine().getOut();
    int code = ExitCode.HOLDS;
    for (Path file : TestFiles.of(inputs)) {
      try {
        print(ModelComparison.of(file, engine, ExplorationLimits.DEFAULT), out);
      } catch (UnsupportedTestException refused) {
        out.flush();
        spec.commandLine().getErr().println(refused.getMessage());
        code = ExitCode.LIMIT_REACHED;
      }
    }
    out.flush();
    return code;
  }

  private static void print(Comparison comparison, PrintWriter out) {
    out.println("Test " + comparison.name() + "   " + comparison.condition());
    int width = comparison.outcomes().stream().mapToInt(outcome -> outcome.text().length()).max().orElse(0);
    StringBuilder header = new StringBuilder("  " + " ".repeat(width + 1));
    for (ComparedModel model : comparison.models()) {
      header.append("  ").append(model.label()).append(" ".repeat(columnWidth(model) - model.label().length()));
    }
    out.println(header.toString().stripTrailing());
    for (ComparedOutcome outcome : comparison.outcomes()) {
      StringBuilder row = new StringBuilder();
      row.append(outcome.satisfies() ? "* " : "  ").append(outcome.text())
          .append(" ".repeat(width - outcome.text().length() + 1));
      for (int model = 0; model < comparison.models().size(); model++) {
        String cell = outcome.allowed().get(model) ? "yes" : "-";
        row.append("  ").append(cell).append(" ".repeat(columnWidth(comparison.models().get(model)) - cell.length()));
      }
      out.println(row.toString().stripTrailing());
    }
    for (ComparedOutcome outcome : comparison.outcomes()) {
      for (String explanation : outcome.explanations()) {
        out.println("  " + outcome.text());
        out.println("    " + explanation);
      }
    }
    out.println();
  }

  private static int columnWidth(ComparedModel model) {
    return Math.max(model.label().length(), "yes".length());
  }
}
