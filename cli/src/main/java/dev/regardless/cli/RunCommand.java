package dev.regardless.cli;

import dev.regardless.cli.run.RunSession;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code run CONF}: emulates what a configuration file describes. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    description = "Emulates a workload along one seeded schedule, as a configuration file describes it.")
final class RunCommand implements Callable<Integer> {

  @Parameters(index = "0", paramLabel = "CONF", description = "Configuration file (HOCON); see conf/ for ready ones.")
  private Path file = Path.of("");

  @Option(
      names = "-D",
      mapFallbackValue = "",
      paramLabel = "KEY=VALUE",
      description = "Sets a key of the configuration, over what the file says. May be repeated.")
  private Map<String, String> overrides = new LinkedHashMap<>();

  @Option(names = "--json", description = "Print the summary as JSON.")
  private boolean json;

  @Spec
  private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    return new RunSession(spec.commandLine().getOut(), spec.commandLine().getErr(), json).run(file, overrides,
        System.getenv());
  }
}
