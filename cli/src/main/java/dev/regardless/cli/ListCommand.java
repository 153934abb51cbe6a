package dev.regardless.cli;

import dev.regardless.cli.check.Catalogue;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code list}: what there is to run and check. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description = "Lists scenarios with their parameters, architectures and properties.")
final class ListCommand implements Callable<Integer> {

  @Spec
  private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    Catalogue.print(spec.commandLine().getOut());
    return ExitCode.HOLDS;
  }
}
