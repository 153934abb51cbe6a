package dev.regardless.cli;

import dev.regardless.cli.check.Catalogue;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code list [NAME...]}: what there is to run and check. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description = "Lists scenarios, architectures and properties; with names, those scenarios and their parameters.")
final class ListCommand implements Callable<Integer> {

  @Parameters(arity = "0..*", paramLabel = "NAME", description = "Scenarios to show with their parameters.")
  private List<String> names = new ArrayList<>();

  @Spec
  private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    if (names.isEmpty()) {
      Catalogue.print(spec.commandLine().getOut());
    } else {
      Catalogue.print(names, spec.commandLine().getOut());
    }
    return ExitCode.HOLDS;
  }
}
