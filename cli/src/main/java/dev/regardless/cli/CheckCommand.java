package dev.regardless.cli;

import dev.regardless.checker.CheckSettings;
import dev.regardless.cli.check.CheckRequest;
import dev.regardless.cli.check.CheckSession;
import dev.regardless.cli.matrix.MatrixFile;
import dev.regardless.cli.matrix.MatrixSession;
import dev.regardless.input.BadInputException;
import dev.regardless.machine.WeakenedPrimitives;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code check SCENARIO...}: all executions of scenarios, on some architectures. */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    description = "Explores every execution that an architecture allows of a scenario; says whether its properties hold, "
        + "or shows an execution that violates one.")
final class CheckCommand implements Callable<Integer> {

  private static final long LEAST = 1;
  private static final double SHORTEST_INTERVAL = 0.01;
  private static final double LONGEST_INTERVAL = 86_400;
  private static final int PATIENCE_SECONDS = 20;

  @Parameters(arity = "1..*", paramLabel = "SCENARIO", description = "Names of scenarios; 'list' shows them.")
  private List<String> scenarios = new ArrayList<>();

  @Option(names = "--arch", split = ",", paramLabel = "ARCH",
      description = "Architectures, separated by commas (default: sc,x86,arm64).")
  private List<String> architectures = new ArrayList<>();

  @Option(names = "-P", paramLabel = "NAME=VALUE", description = "Sets a parameter of the scenarios. May be repeated.")
  private Map<String, String> parameters = new TreeMap<>();

  @Option(names = "--primitives", paramLabel = "VARIANT", description = "How the architecture maps kernel primitives.")
  private String primitives = "";

  @Option(names = "--weaken", split = ",", paramLabel = "NAME",
      description = "Breaks a primitive on purpose, e.g. smp_mb. May be repeated.")
  private List<String> weakened = new ArrayList<>();

  @Option(names = "--data-races", description = "Also report data races between plain accesses.")
  private boolean dataRaces;

  @Option(names = "--workers", paramLabel = "N", description = "Threads that explore (default: all CPUs).")
  private int workers = Runtime.getRuntime().availableProcessors();

  @Option(names = "--limit-executions", paramLabel = "N", description = "Stop after so many executions.")
  private long limitExecutions = CheckSettings.UNLIMITED;

  @Option(names = "--limit-time", paramLabel = "SECONDS", description = "Stop after that time.")
  private long limitSeconds = CheckSettings.UNLIMITED;

  @Option(names = "--limit-memory", paramLabel = "MIB", description = "Stop when the heap holds that much.")
  private long limitMegabytes = CheckSettings.UNLIMITED;

  @Option(names = "--checkpoint", paramLabel = "FILE",
      description = "Write what is done and what remains at intervals.")
  private @Nullable Path checkpoint;

  @Option(names = "--checkpoint-interval", paramLabel = "SECONDS",
      description = "Seconds between checkpoints (default: 60).")
  private double checkpointSeconds = 60;

  @Option(names = "--resume", paramLabel = "FILE", description = "Go on from a checkpoint.")
  private @Nullable Path resume;

  @Option(names = "--dot", paramLabel = "FILE", description = "Write the graph of the violation for Graphviz.")
  private @Nullable Path dot;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Option(names = "--outcomes", description = "Print how many executions had which outcome.")
  private boolean outcomes;

  @Option(names = "--markdown", description = "Print a matrix as Markdown.")
  private boolean markdown;

  @Option(names = "--times", description = "Print how long each cell of a matrix took.")
  private boolean times;

  @Spec
  private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    atLeast(LEAST, workers, "--workers");
    atLeast(LEAST, limitExecutions, "--limit-executions");
    atLeast(LEAST, limitSeconds, "--limit-time");
    atLeast(LEAST, limitMegabytes, "--limit-memory");
    if (!(checkpointSeconds >= SHORTEST_INTERVAL && checkpointSeconds <= LONGEST_INTERVAL)) {
      throw BadInputException.in(
          "--checkpoint-interval", "got " + checkpointSeconds,
          "%s to %.0f seconds".formatted(SHORTEST_INTERVAL, LONGEST_INTERVAL));
    }
    checkWeakened();
    if (scenarios.stream().anyMatch(MatrixFile::exists)) {
      return checkMatrix();
    }
    if (markdown || times) {
      throw BadInputException.in("check", "--markdown and --times are about a matrix", "the name of a matrix");
    }
    CountDownLatch done = new CountDownLatch(1);
    CheckSettings settings = new CheckSettings(
        primitives, weakened, parameters, workers, limitExecutions, limitSeconds, limitMegabytes, dataRaces);
    CheckRequest request = new CheckRequest(
        scenarios,
        architectures.isEmpty() ? List.of("sc", "x86", "arm64") : architectures,
        new TreeMap<>(parameters),
        settings,
        checkpoint,
        Math.round(checkpointSeconds * 1000),
        resume,
        dot,
        json,
        outcomes,
        System.console() != null && System.console().isTerminal(),
        interrupt -> onInterrupt(interrupt, done));
    try {
      return new CheckSession(request, spec.commandLine().getOut(), spec.commandLine().getErr()).run();
    } finally {
      spec.commandLine().getOut().flush();
      done.countDown();
    }
  }

  /** The name of a matrix stands for all its scenarios, with what is expected of them. */
  private int checkMatrix() {
    boolean more = !parameters.isEmpty() || !weakened.isEmpty() || !primitives.isEmpty() || dataRaces || outcomes
        || checkpoint != null || resume != null || dot != null;
    if (scenarios.size() > 1 || more) {
      throw BadInputException.in("check", scenarios.getFirst() + " is a matrix, which says what is checked of what",
          "its name alone, with --arch, --json, --markdown, --times, --workers or limits of its cells");
    }
    MatrixSession.Format format = json
        ? MatrixSession.Format.JSON
        : markdown ? MatrixSession.Format.MARKDOWN : MatrixSession.Format.TEXT;
    List<String> chosen = architectures.isEmpty() ? List.of("sc", "x86", "arm64") : architectures;
    MatrixSession session = new MatrixSession(scenarios.getFirst(), chosen, workers, limitExecutions, limitSeconds,
        format, times);
    try {
      return session.run(spec.commandLine().getOut());
    } finally {
      spec.commandLine().getOut().flush();
    }
  }

  private void checkWeakened() {
    for (String name : weakened) {
      if (!WeakenedPrimitives.known().contains(name)) {
        throw BadInputException.in(
            "--weaken", "unknown primitive '" + name + "'", "some of " + String.join(", ", WeakenedPrimitives.known()));
      }
    }
  }

  private static void atLeast(long least, long value, String option) {
    if (value < least) {
      throw BadInputException.in(option, "got " + value, "at least " + least);
    }
  }

  // Ctrl-C: what is known is printed before the process ends with exit code 3.
  private static void onInterrupt(Runnable interrupt, CountDownLatch done) {
    Runtime.getRuntime().addShutdownHook(new Thread(() -> {
      if (done.getCount() == 0) {
        return;
      }
      interrupt.run();
      try {
        if (!done.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
          System.err.println("interrupted; the check did not end within %d s".formatted(PATIENCE_SECONDS));
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      System.out.flush();
      Runtime.getRuntime().halt(ExitCode.LIMIT_REACHED);
    }));
  }
}
