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
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code litmus}: the outcomes of litmus tests under a memory model, in herd's log format. */
@Command(name = "litmus", mixinStandardHelpOptions = true, sortOptions = false,
    description = "Finds all outcomes that a memory model allows to litmus tests in herd's format.",
    footer = {"",
        "Exit code: 0 done, 1 an expectation was missed, 2 a file is malformed, 3 a test is not supported or a "
            + "limit was reached."})
final class LitmusCommand implements Callable<Integer> {
  private static final int MAXIMAL_JOBS = 1024;
  /** What processors do: herd's x86-TSO lets LFENCE order a write before a read, and processors do not. */
  private static final String HARDWARE_MODEL = "x86-tso-mfence";

  @Spec
  private CommandSpec spec = CommandSpec.create();

  @Parameters(arity = "1..*", paramLabel = "FILE|DIR|@LIST",
      description = "Litmus files, folders of them, or lists of either.")
  private List<String> inputs = List.of();

  @Option(names = "--engine", paramLabel = "NAME", defaultValue = "axiomatic",
      description = "axiomatic, operational, or both, which must agree (default: ${DEFAULT-VALUE}).")
  private String engine = "axiomatic";

  @Option(names = "--model", paramLabel = "NAME",
      description = "Memory model: sc, x86-tso, x86-tso-mfence, armv8 (default: the one of each test's architecture).")
  private @Nullable String model;

  @Option(names = "--expect", paramLabel = "LOG",
      description = "Compare with a log of herd and list the differences instead of the outcomes.")
  private @Nullable Path expect;

  @Option(names = "--kinds", paramLabel = "FILE",
      description = "What must hold of each test: lines of NAME Allowed|Forbidden|Required.")
  private @Nullable Path kinds;

  @Option(names = "--json", description = "Print a JSON report instead of a log.")
  private boolean json;

  @Option(names = "--graph", paramLabel = "DIR",
      description = "Draw one execution of each test as DIR/NAME.svg: one that satisfies the condition, if any does.")
  private @Nullable Path graph;

  @Option(names = "--hardware",
      description = "Also run each x86-64 test on this CPU and check that the model allows what is seen.")
  private boolean hardware;

  @Option(names = "--runs", paramLabel = "N", defaultValue = "1000000",
      description = "How often --hardware runs each test (default: ${DEFAULT-VALUE}).")
  private long runs = 1_000_000;

  @Option(names = "--limit-states", paramLabel = "N",
      description = "Give a test up after so many executions or states.")
  private long limitStates = ExplorationLimits.DEFAULT.states();

  @Option(names = "--limit-seconds", paramLabel = "N", description = "Give a test up after so many seconds.")
  private int limitSeconds;

  @Option(names = "--unroll", paramLabel = "N",
      description = "Cut a path after so many jumps back of one branch (default: ${DEFAULT-VALUE}).",
      defaultValue = "4")
  private int unroll = ExplorationLimits.DEFAULT.unrollings();

  @Option(names = "--jobs", paramLabel = "N", description = "Tests to run at a time (default: one for each CPU).")
  private int jobs = Runtime.getRuntime().availableProcessors();

  @Override
  public Integer call() {
    checkNumbers();
    List<LitmusEngine> engines = LitmusEngines.named(engine);
    List<Path> files = TestFiles.of(inputs);
    Map<String, Quantifier> required = kinds == null ? Map.of() : KindsFile.read(kinds);
    Optional<Map<String, LogEntry>> expected = expect == null ? Optional.empty() : Optional.of(HerdLog.read(expect));
    ExplorationLimits limits = new ExplorationLimits(limitStates, limitSeconds * 1000L, unroll, graph == null ? 0 : 1);
    String asked = hardware && model == null ? HARDWARE_MODEL : model;
    TestRun run = new TestRun(engines, Optional.ofNullable(asked), limits, required);
    LitmusOutput output = new LitmusOutput(spec.commandLine().getOut(), spec.commandLine().getErr(), json, expected,
        kinds == null ? Optional.empty() : Optional.of(required), Optional.ofNullable(graph));
    if (hardware) {
      return new HardwareOutput(spec.commandLine().getOut(), spec.commandLine().getErr(), run, runs).run(files);
    }
    output.begin(files.size());
    ParallelRunner.run(files, Math.min(jobs, Math.max(1, files.size())), run::answer, output::accept);
    return output.finish();
  }

  private void checkNumbers() {
    positive("--limit-states", limitStates, Long.MAX_VALUE);
    positive("--limit-seconds", limitSeconds + 1L, 1_000_000);
    positive("--unroll", unroll, 1000);
    positive("--jobs", jobs, MAXIMAL_JOBS);
    positive("--runs", runs, Long.MAX_VALUE);
  }

  private static void positive(String option, long value, long maximum) {
    if (value < 1 || value > maximum) {
      throw BadInputException.in(option, "a number out of range",
          maximum == Long.MAX_VALUE ? "a number from 1" : "a number up to " + maximum);
    }
  }
}
