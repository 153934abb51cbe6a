package dev.regardless.checker;

import dev.regardless.machine.Architecture;
import dev.regardless.scenario.Scenario;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Checks one scenario on one architecture: explores all its executions, or stops at a violation, or at a limit. If there is
 * a violation, a second exploration, alone and in a fixed order, looks for one that is easy to read.
 */
public final class Checker {

  private static final int KEEP_LOOKING = 2_000;
  private static final long TICK_MILLISECONDS = 50;

  private final Scenario scenario;
  private final Architecture architecture;
  private final CheckSettings settings;
  private CheckProgress progress = CheckProgress.NONE;
  private @Nullable Path checkpointFile;
  private long checkpointMilliseconds;
  private Checkpoint begin = new Checkpoint(new Totals(), List.of(WorkUnit.all()));
  private volatile boolean interrupted;
  private volatile @Nullable Frontier running;

  /** A check; each call of {@link #run} does it anew. */
  public Checker(Scenario scenario, Architecture architecture, CheckSettings settings) {
    this.scenario = scenario;
    this.architecture = architecture;
    this.settings = settings;
  }

  /** Who is told how far it is. */
  public void progress(CheckProgress newProgress) {
    progress = newProgress;
  }

  /** Writes a checkpoint at intervals, and one when a limit ends the check. */
  public void checkpoint(Path file, long milliseconds) {
    checkpointFile = file;
    checkpointMilliseconds = milliseconds;
  }

  /**
   * Goes on from a checkpoint of the same scenario, architecture and parameters.
   *
   * @throws IllegalArgumentException if it is none; the message says why
   */
  public void resume(Path file) throws IOException {
    begin = Checkpoint.read(file, identity());
  }

  private String identity() {
    return "%s %s %s %s %s".formatted(
        scenario.name(), architecture.name(), settings.primitives(), settings.weakened(),
        new TreeMap<>(settings.parameters()));
  }

  /** Ends a running check from another thread: its result then is a reached limit. */
  public void interrupt() {
    interrupted = true;
    Frontier frontier = running;
    if (frontier != null) {
      frontier.stop("interrupted");
    }
  }

  /**
   * Checks.
   *
   * @throws IllegalArgumentException if a parameter's value is unusable
   * @throws NondeterminismException if the scenario's code is not a function of what it reads
   */
  public CheckResult run() {
    List<Worker> workers = new ArrayList<>();
    for (int i = 0; i < settings.workers(); i++) {
      workers.add(new Worker(scenario, architecture, settings, 0));
    }
    Frontier frontier = new Frontier(workers.size(), settings.executions());
    running = frontier;
    begin.units().forEach(frontier::put);
    if (interrupted) {
      frontier.stop("interrupted");
    }
    explore(workers, frontier);
    Totals totals = new Totals();
    totals.add(begin.totals());
    for (Worker worker : workers) {
      totals.add(worker.totals);
    }
    List<String> registers = List.copyOf(workers.getFirst().registerNames());
    if (totals.violations > 0) {
      return violated(totals, registers);
    }
    String limit = frontier.reason();
    if (limit.isEmpty() && totals.cut > 0) {
      limit = "a loop's bound, in %d executions".formatted(totals.cut);
    }
    Verdict verdict = limit.isEmpty() ? Verdict.HOLDS : Verdict.LIMIT;
    return new CheckResult(
        verdict, totals.executions, totals.blocked, totals.cut, null, limit, registers, totals.outcomes);
  }

  private CheckResult violated(Totals totals, List<String> registers) {
    Worker alone = new Worker(scenario, architecture, settings, KEEP_LOOKING);
    alone.explorer.explore();
    Counterexample counterexample = alone.found();
    if (counterexample == null) {
      throw new IllegalStateException("a violation was found and not found again");
    }
    return new CheckResult(
        Verdict.VIOLATED, totals.executions, totals.blocked, totals.cut, counterexample, "", registers,
        totals.outcomes);
  }

  private void explore(List<Worker> workers, Frontier frontier) {
    List<Throwable> failures = new ArrayList<>();
    List<Thread> threads = new ArrayList<>();
    for (Worker worker : workers) {
      worker.explorer.control(frontier.control(worker));
      Thread thread = new Thread(null, () -> work(worker, frontier, failures), "checker", 64L << 20);
      thread.setDaemon(true);
      threads.add(thread);
      thread.start();
    }
    try {
      watch(threads, workers, frontier);
      for (Thread thread : threads) {
        thread.join();
      }
    } catch (InterruptedException e) {
      frontier.stop("interrupted");
      Thread.currentThread().interrupt();
    }
    synchronized (failures) {
      if (!failures.isEmpty()) {
        rethrow(failures.getFirst());
      }
    }
  }

  private static void rethrow(Throwable failure) {
    if (failure instanceof RuntimeException e) {
      throw e;
    } else if (failure instanceof Error e) {
      throw e;
    }
    throw new IllegalStateException(failure);
  }

  private static void work(Worker worker, Frontier frontier, List<Throwable> failures) {
    try {
      for (WorkUnit unit = frontier.take(); unit != null; unit = frontier.take()) {
        worker.explorer.explore(unit);
        if (worker.totals.violations > 0) {
          frontier.stop("violation");
        }
      }
    } catch (Throwable failure) {
      synchronized (failures) {
        failures.add(failure);
      }
      frontier.stop("failure");
    }
  }

  // ---- limits and checkpoints -----------------------------------------------------------------------------------------------

  private void watch(List<Thread> threads, List<Worker> workers, Frontier frontier) throws InterruptedException {
    long start = System.nanoTime();
    long written = start;
    while (!frontier.hasEnded()) {
      threads.getFirst().join(TICK_MILLISECONDS);
      long now = System.nanoTime();
      double seconds = (now - start) / 1e9;
      progress.at(begin.totals().all() + frontier.executions(), seconds, frontier.waiting());
      if (checkpointFile != null && now - written >= checkpointMilliseconds * 1_000_000) {
        written = now;
        writeCheckpoint(workers, frontier);
      }
      String limit = limit(seconds);
      if (!limit.isEmpty()) {
        writeCheckpoint(workers, frontier);
        frontier.stop(limit);
      }
    }
  }

  private String limit(double seconds) {
    if (settings.seconds() != CheckSettings.UNLIMITED && seconds >= settings.seconds()) {
      return "%d s".formatted(settings.seconds());
    }
    if (settings.megabytes() != CheckSettings.UNLIMITED) {
      Runtime runtime = Runtime.getRuntime();
      long used = (runtime.totalMemory() - runtime.freeMemory()) >> 20;
      if (used >= settings.megabytes()) {
        return "%d MiB".formatted(settings.megabytes());
      }
    }
    return "";
  }

  private void writeCheckpoint(List<Worker> workers, Frontier frontier) throws InterruptedException {
    Path file = checkpointFile;
    if (file == null) {
      return;
    }
    Checkpoint checkpoint = frontier.checkpoint(workers);
    if (checkpoint == null) {
      return;
    }
    checkpoint.totals().add(begin.totals());
    try {
      checkpoint.write(file, identity());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException("checkpoint %s: %s".formatted(file, e.getMessage()), e);
    }
  }
}
