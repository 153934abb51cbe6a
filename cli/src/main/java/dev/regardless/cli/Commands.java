package dev.regardless.cli;

import dev.regardless.input.BadInputException;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/**
 * The list of all commands, and the parser that finds the one asked for.
 *
 * <p>A command is a class of this package, either annotated with {@code @Command} or, where a start must be short,
 * declaring itself in code. It implements {@code Callable<Integer>}, returns an {@link ExitCode}, and throws {@link
 * BadInputException} for whatever a person got wrong. It is listed in {@link #ALL} with its name; only the command that
 * is asked for is created, because reading the annotations of all of them would be the longest part of a start.
 */
final class Commands {
  /** A command's name, and how to create it: as an annotated object, or as a specification. */
  private record Entry(String name, Supplier<?> command) {
    CommandSpec specification() {
      Object created = command.get();
      return created instanceof CommandSpec declared ? declared : CommandSpec.forAnnotatedObject(created);
    }
  }

  private static final List<Entry> ALL = List.of(
      new Entry("run", RunCommand::spec),
      new Entry("replay", ReplayCommand::spec),
      new Entry("litmus", LitmusCommand::spec),
      new Entry("compare", CompareCommand::new),
      new Entry("bench", BenchCommand::new),
      new Entry("check", CheckCommand::new),
      new Entry("list", ListCommand::new),
      new Entry("differential", DifferentialCommand::new));

  private Commands() {}

  /**
   * A parser for one command line.
   *
   * @param arguments the command line; decides which commands the parser knows
   * @param ending    turns the failure of a command into an exit code
   */
  static CommandLine parser(String[] arguments, ToIntFunction<Throwable> ending) {
    CommandSpec root = CommandSpec.create().name("regardless");
    root.usageMessage().synopsisSubcommandLabel("COMMAND")
        .description("Runs kernel code on emulated CPUs, along one seeded schedule or along all of them.");
    addHelp(root);
    for (Entry entry : relevant(arguments)) {
      root.addSubcommand(entry.name(), entry.specification());
    }
    CommandLine parser = new CommandLine(root);
    parser.setExecutionStrategy(Commands::execute);
    parser.setParameterExceptionHandler((failure, _) -> ending.applyAsInt(badArgument(failure)));
    parser.setExecutionExceptionHandler((failure, _, _) -> ending.applyAsInt(failure));
    return parser;
  }

  /** Gives a command the options that all have. */
  static CommandSpec addHelp(CommandSpec spec) {
    return spec.version(Version.line())
        .addOption(OptionSpec.builder("-h", "--help").usageHelp(true).description("Show this help and exit.").build())
        .addOption(
            OptionSpec.builder("-V", "--version").versionHelp(true).description("Print the version and exit.").build());
  }

  /** The option {@code --json}; {@link #isJson} tells whether it was given. */
  static OptionSpec json() {
    return OptionSpec.builder("--json").description("Print the summary as JSON.").build();
  }

  static boolean isJson(CommandLine.ParseResult parsed) {
    return parsed.hasMatchedOption("--json");
  }

  private static List<Entry> relevant(String[] arguments) {
    String first = arguments.length == 0 ? "" : arguments[0];
    List<Entry> named = ALL.stream().filter(entry -> entry.name().equals(first)).toList();
    return named.isEmpty() ? ALL : named;
  }

  /** Without a command there is nothing to run: shows the help instead. */
  private static int execute(CommandLine.ParseResult parsed) {
    CommandLine parser = parsed.commandSpec().commandLine();
    if (!parsed.hasSubcommand() && !parsed.isUsageHelpRequested() && !parsed.isVersionHelpRequested()) {
      parser.usage(parser.getOut());
      return ExitCode.HOLDS;
    }
    return new CommandLine.RunLast().execute(parsed);
  }

  private static BadInputException badArgument(ParameterException failure) {
    String command = failure.getCommandLine().getCommandSpec().qualifiedName();
    String found = String.valueOf(failure.getMessage());
    return BadInputException.in(command, found, "what '" + command + " --help' lists");
  }
}
