package dev.regardless.cli;

import dev.regardless.cli.run.RunSession;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code replay TRACE}: repeats a recorded run exactly. */
@Command(
    name = "replay",
    mixinStandardHelpOptions = true,
    description = "Repeats a run from the trace that trace.file made, and prints the same summary.")
final class ReplayCommand implements Callable<Integer> {

  @Parameters(index = "0", paramLabel = "TRACE", description = "A file written by a run with trace.file set.")
  private Path file = Path.of("");

  @Option(names = "--json", description = "Print the summary as JSON.")
  private boolean json;

  @Spec
  private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    return new RunSession(spec.commandLine().getOut(), spec.commandLine().getErr(), json).replay(file);
  }
}
