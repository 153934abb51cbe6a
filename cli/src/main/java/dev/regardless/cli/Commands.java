package dev.regardless.cli;

import dev.regardless.input.BadInputException;
import java.util.function.ToIntFunction;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The root command and the list of all commands.
 *
 * <p>A command is a class of this package that implements {@code Callable<Integer>}, returns an {@link ExitCode}, throws
 * {@link BadInputException} for whatever a person got wrong, and is listed in {@code subcommands} below.
 */
@Command(name = "regardless", mixinStandardHelpOptions = true, versionProvider = Commands.VersionLine.class,
    synopsisSubcommandLabel = "COMMAND",
    description = "Runs kernel code on emulated CPUs, along one seeded schedule or along all of them.",
    subcommands = {})
final class Commands implements Runnable {
  @Spec
  private CommandSpec spec = CommandSpec.create();

  /** A parser ready to execute; however a command fails, {@code ending} turns the failure into an exit code. */
  static CommandLine commandLine(ToIntFunction<Throwable> ending) {
    CommandLine commandLine = new CommandLine(new Commands());
    commandLine.setParameterExceptionHandler((failure, arguments) -> ending.applyAsInt(badArgument(failure)));
    commandLine.setExecutionExceptionHandler((failure, command, parsed) -> ending.applyAsInt(failure));
    return commandLine;
  }

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  private static BadInputException badArgument(ParameterException failure) {
    String command = failure.getCommandLine().getCommandSpec().qualifiedName();
    String found = String.valueOf(failure.getMessage());
    return BadInputException.in(command, found, "what '" + command + " --help' lists");
  }

  static final class VersionLine implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {Version.line()};
    }
  }
}
