package dev.regardless.cli;

import dev.regardless.cli.run.RunSession;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** {@code replay TRACE}: repeats a recorded run exactly. Declared without annotations, as {@link RunCommand} is. */
final class ReplayCommand implements Callable<Integer> {
  private final CommandSpec spec = CommandSpec.wrapWithoutInspection(this);

  private ReplayCommand() {}

  /** The command, ready to be parsed. */
  static CommandSpec spec() {
    CommandSpec spec = new ReplayCommand().spec;
    spec.usageMessage()
        .description("Repeats a run from the trace that trace.file made, and prints the same summary.");
    spec.addPositional(
        PositionalParamSpec.builder().index("0").arity("1").required(true).paramLabel("TRACE").type(String.class)
            .description("A file written by a run with trace.file set.").build());
    return Commands.addHelp(spec.addOption(Commands.json()));
  }

  @Override
  public Integer call() {
    ParseResult parsed = spec.commandLine().getParseResult();
    Path file = Path.of(parsed.matchedPositionalValue(0, ""));
    return new RunSession(spec.commandLine().getOut(), spec.commandLine().getErr(), Commands.isJson(parsed))
        .replay(file);
  }
}
