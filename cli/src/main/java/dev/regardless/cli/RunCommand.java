package dev.regardless.cli;

import dev.regardless.cli.run.RunSession;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** {@code run CONF}: emulates a workload. Declared without annotations, whose reading would be half of its start. */
final class RunCommand implements Callable<Integer> {
  private static final String OVERRIDE = "-D";

  private final CommandSpec spec = CommandSpec.wrapWithoutInspection(this);

  private RunCommand() {}

  /** The command, ready to be parsed. */
  static CommandSpec spec() {
    CommandSpec spec = new RunCommand().spec;
    spec.usageMessage()
        .description("Emulates a workload along one seeded schedule, as a configuration file describes it.");
    spec.addPositional(
        PositionalParamSpec.builder().index("0").arity("1").required(true).paramLabel("CONF").type(String.class)
            .description("Configuration file (HOCON); see conf/ for ready ones.").build());
    OptionSpec.Builder override = OptionSpec.builder(OVERRIDE).paramLabel("KEY=VALUE").arity("1").type(Map.class)
        .auxiliaryTypes(String.class, String.class)
        .description("Sets a key of the configuration, over what the file says. May be repeated.");
    override.mapFallbackValue("");
    spec.addOption(override.build());
    return Commands.addHelp(spec.addOption(Commands.json()));
  }

  @Override
  public Integer call() {
    ParseResult parsed = spec.commandLine().getParseResult();
    Path file = Path.of(parsed.matchedPositionalValue(0, ""));
    Map<String, String> overrides = parsed.matchedOptionValue(OVERRIDE, Map.of());
    return new RunSession(spec.commandLine().getOut(), spec.commandLine().getErr(), Commands.isJson(parsed)).run(file,
        overrides, System.getenv());
  }
}
