package dev.regardless.cli;

import dev.regardless.input.BadInputException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code bench}: measures this machine, with JMH. */
@Command(name = "bench", mixinStandardHelpOptions = true, sortOptions = false,
    description = "Measures how fast the engines are on this machine.")
final class BenchCommand implements Callable<Integer> {
  @Spec
  private CommandSpec spec = CommandSpec.create();

  @Parameters(arity = "0..*", paramLabel = "PATTERN",
      description = "Only benchmarks whose name contains one of these regular expressions.")
  private List<String> patterns = List.of();

  @Option(names = "--list", description = "List the benchmarks instead of running them.")
  private boolean list;

  @Option(names = "--quick", description = "One short trial each: an impression, not a measurement.")
  private boolean quick;

  @Option(names = {"-p", "--parameter"}, paramLabel = "NAME=VALUES",
      description = "Only these values of a benchmark's parameter, separated by commas, e.g. architecture=arm64.")
  private List<String> parameters = List.of();

  @Option(names = "--json", paramLabel = "FILE", description = "Also write JMH's results there, as JSON.")
  private @Nullable Path json;

  @Override
  public Integer call() {
    BenchmarkSuite suite = ServiceLoader.load(BenchmarkSuite.class).findFirst()
        .orElseThrow(() -> BadInputException.in("bench", "the benchmarks are not on the class path",
            "a start through bin/regardless, which builds them"));
    if (list) {
      suite.names().forEach(spec.commandLine().getOut()::println);
      return ExitCode.HOLDS;
    }
    return suite.run(new BenchmarkSuite.Request(patterns, parameters, quick, Optional.ofNullable(json)));
  }
}
