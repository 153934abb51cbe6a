package dev.regardless.cli;

import dev.regardless.input.BadInputException;
import dev.regardless.litmus.engine.ExplorationLimits;
import dev.regardless.litmus.engine.LitmusEngine;
import dev.regardless.litmus.engine.LitmusEngines;
import dev.regardless.litmus.report.HerdLog;
import dev.regardless.litmus.report.LogEntry;
import dev.regardless.litmus.run.KindsFile;
import dev.regardless.litmus.run.ParallelRunner;
import dev.regardless.litmus.run.TestFiles;
import dev.regardless.litmus.run.TestRun;
import dev.regardless.litmus.test.Quantifier;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/**
 * {@code litmus}: the outcomes of litmus tests under a memory model, in herd's log format. Declared without annotations,
 * whose reading would be a third of a run on one small test.
 */
final class LitmusCommand implements Callable<Integer> {
  private static final int MAXIMAL_JOBS = 1024;
  /** What processors do: herd's x86-TSO lets LFENCE order a write before a read, and processors do not. */
  private static final String HARDWARE_MODEL = "x86-tso-mfence";
  private static final long DEFAULT_RUNS = 1_000_000;

  private final CommandSpec spec = CommandSpec.wrapWithoutInspection(this);

  private LitmusCommand() {}

  /** The command, ready to be parsed. */
  static CommandSpec spec() {
    CommandSpec spec = new LitmusCommand().spec;
    spec.usageMessage().sortOptions(false)
        .description("Finds all outcomes that a memory model allows to litmus tests in herd's format.")
        .footer("",
            "Exit code: 0 done, 1 an expectation was missed, 2 a file is malformed, 3 a test is not supported or "
                + "a limit was reached.");
    spec.addPositional(PositionalParamSpec.builder().index("0..*").arity("1..*").paramLabel("FILE|DIR|@LIST")
        .type(List.class).auxiliaryTypes(String.class).required(true)
        .description("Litmus files, folders of them, or lists of either.").build());
    return Commands.addHelp(options(spec));
  }

  private static CommandSpec options(CommandSpec spec) {
    text(spec, "--engine", "NAME", "axiomatic, operational, or both, which must agree (default: axiomatic).");
    text(spec, "--model", "NAME",
        "Memory model: sc, x86-tso, x86-tso-mfence, armv8 (default: the one of each test's architecture).");
    text(spec, "--expect", "LOG", "Compare with a log of herd and list the differences instead of the outcomes.");
    text(spec, "--kinds", "FILE", "What must hold of each test: lines of NAME Allowed|Forbidden|Required.");
    spec.addOption(OptionSpec.builder("--json").description("Print a JSON report instead of a log.").build());
    text(spec, "--graph", "DIR",
        "Draw one execution of each test as DIR/NAME.svg: one that satisfies the condition, if any does.");
    spec.addOption(OptionSpec.builder("--hardware")
        .description("Also run each x86-64 test on this CPU and check that the model allows what is seen.").build());
    number(spec, "--runs", Long.class, "How often --hardware runs each test (default: " + DEFAULT_RUNS + ").");
    text(spec, "--compiler", "CC", "The C compiler of --hardware (default: cc, gcc or clang, whichever is there).");
    number(spec, "--limit-states", Long.class, "Give a test up after so many executions or states.");
    number(spec, "--limit-seconds", Integer.class, "Give a test up after so many seconds.");
    number(spec, "--unroll", Integer.class,
        "Cut a path after so many jumps back of one branch (default: " + ExplorationLimits.DEFAULT.unrollings() + ").");
    number(spec, "--jobs", Integer.class, "Tests to run at a time (default: one for each CPU).");
    return spec;
  }

  private static void text(CommandSpec spec, String name, String label, String description) {
    spec.addOption(OptionSpec.builder(name).paramLabel(label).arity("1").type(String.class).description(description)
        .build());
  }

  private static void number(CommandSpec spec, String name, Class<?> type, String description) {
    spec.addOption(OptionSpec.builder(name).paramLabel("N").arity("1").type(type).description(description).build());
  }

  @Override
  public Integer call() {
    ParseResult parsed = spec.commandLine().getParseResult();
    long limitStates = number(parsed, "--limit-states", ExplorationLimits.DEFAULT.states(), Long.MAX_VALUE);
    int limitSeconds = parsed.matchedOptionValue("--limit-seconds", 0);
    positive("--limit-seconds", limitSeconds + 1L, 1_000_000);
    int unroll = (int) number(parsed, "--unroll", ExplorationLimits.DEFAULT.unrollings(), 1000);
    int jobs = (int) number(parsed, "--jobs", Runtime.getRuntime().availableProcessors(), MAXIMAL_JOBS);
    long runs = number(parsed, "--runs", DEFAULT_RUNS, Long.MAX_VALUE);
    boolean hardware = parsed.hasMatchedOption("--hardware");
    @Nullable
    Path graph = path(parsed, "--graph");

    List<LitmusEngine> engines = LitmusEngines.named(parsed.matchedOptionValue("--engine", "axiomatic"));
    List<Path> files = TestFiles.of(parsed.matchedPositionalValue(0, List.of()));
    @Nullable
    Path kinds = path(parsed, "--kinds");
    Optional<Map<String, Quantifier>> required = kinds == null ? Optional.empty() : Optional.of(KindsFile.read(kinds));
    @Nullable
    Path expect = path(parsed, "--expect");
    Optional<Map<String, LogEntry>> expected = expect == null ? Optional.empty() : Optional.of(HerdLog.read(expect));
    ExplorationLimits limits = new ExplorationLimits(limitStates, limitSeconds * 1000L, unroll, graph == null ? 0 : 1);
    String asked = parsed.matchedOptionValue("--model", hardware ? HARDWARE_MODEL : "");
    TestRun run = new TestRun(engines, asked.isEmpty() ? Optional.empty() : Optional.of(asked), limits,
        required.orElse(Map.of()));
    if (hardware) {
      return new HardwareOutput(spec.commandLine().getOut(), spec.commandLine().getErr(), run, runs).run(files,
          parsed.matchedOptionValue("--compiler", ""));
    }
    LitmusOutput output = new LitmusOutput(spec.commandLine().getOut(), spec.commandLine().getErr(),
        Commands.isJson(parsed), expected, required, Optional.ofNullable(graph));
    output.begin(files.size());
    ParallelRunner.run(files, Math.min(jobs, Math.max(1, files.size())), run::answer, output::accept);
    return output.finish();
  }

  private static @Nullable Path path(ParseResult parsed, String option) {
    String path = parsed.matchedOptionValue(option, "");
    return path.isEmpty() ? null : Path.of(path);
  }

  private static long number(ParseResult parsed, String option, long otherwise, long maximum) {
    Number value = parsed.<Number>matchedOptionValue(option, otherwise);
    positive(option, value.longValue(), maximum);
    return value.longValue();
  }

  private static void positive(String option, long value, long maximum) {
    if (value < 1 || value > maximum) {
      throw BadInputException.in(option, "a number out of range",
          maximum == Long.MAX_VALUE ? "a number from 1" : "a number up to " + maximum);
    }
  }
}
