package dev.regardless.checker;

import dev.regardless.machine.Architecture;
import dev.regardless.scenario.Scenario;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Checks one scenario on one architecture: explores all its executions, or stops at a violation, or at a limit. If there is
 * a violation, a second exploration, alone and in a fixed order, looks for one that is easy to read.
 */
public final class Checker {

  private static final int KEEP_LOOKING = 2_000;
  private static final long TICK_MILLISECONDS = 50;
  private static final long ESTIMATE_AFTER_MILLISECONDS = 500;
  private static final String INTERRUPTED = "interrupted";

  private final Scenario scenario;
  private final Architecture architecture;
  private final CheckSettings settings;
  private CheckProgress progress = CheckProgress.NONE;
  private @Nullable Path checkpointFile;
  private long checkpointMilliseconds;
  private Checkpoint begin = new Checkpoint(new Totals(), List.of(WorkUnit.all()));
  private volatile boolean interrupted;
  private volatile boolean exhausted;
  private volatile boolean ended;
  private volatile @Nullable Estimate estimate;
  private long start;
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

  /** Writes a checkpoint at once, at intervals, and when a limit ends the check. */
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
    return "%s on %s, primitives %s, weakened %s, parameters %s%s".formatted(
        scenario.name(), architecture.name(), settings.variantOn(architecture), new TreeSet<>(settings.weakened()),
        parameters(), settings.dataRaces() ? ", data races" : "");
  }

  private TreeMap<String, String> parameters() {
    TreeMap<String, String> all = new TreeMap<>(scenario.parameters());
    all.putAll(settings.parameters());
    return all;
  }

  /** Ends a running check from another thread: its result then is a reached limit. */
  public void interrupt() {
    interrupted = true;
    Frontier frontier = running;
    if (frontier != null) {
      frontier.stop(INTERRUPTED);
    }
  }

  /**
   * Checks.
   *
   * @throws IllegalArgumentException if a parameter's value is unusable
   * @throws NondeterminismException if the scenario's code is not a function of what it reads
   * @throws UncheckedIOException if a checkpoint cannot be written
   */
  public CheckResult run() {
    start = System.nanoTime();
    ended = false;
    List<Worker> workers = new ArrayList<>();
    ThreadNumbers numbers = new ThreadNumbers();
    numbers.restore(begin.units());
    for (int i = 0; i < settings.workers(); i++) {
      workers.add(new Worker(scenario, architecture, settings, 0, numbers));
    }
    SetUps.compare(workers.getFirst(), () -> worker(0));
    Frontier frontier = new Frontier(workers.size(), settings.executions());
    running = frontier;
    begin.units().forEach(frontier::put);
    if (interrupted) {
      frontier.stop(INTERRUPTED);
    }
    write(begin);
    try {
      explore(workers, frontier);
    } finally {
      ended = true;
    }
    Totals totals = new Totals();
    totals.add(begin.totals());
    for (Worker worker : workers) {
      totals.add(worker.totals);
    }
    return totals.violations > 0 ? violated(workers, totals) : unviolated(workers, frontier, totals);
  }

  private Worker worker(int keepLooking) {
    return new Worker(scenario, architecture, settings, keepLooking, new ThreadNumbers());
  }

  private CheckResult unviolated(List<Worker> workers, Frontier frontier, Totals totals) {
    List<WorkUnit> rest = frontier.remaining(workers);
    String limit = rest.isEmpty() && !exhausted ? "" : frontier.reason();
    Estimate size = null;
    if (!limit.isEmpty()) {
      if (!exhausted) {
        write(new Checkpoint(totals, rest));
      }
      size = estimated();
    } else if (totals.cut > 0) {
      limit = "a loop's bound, in %,d executions".formatted(totals.cut);
    }
    return new CheckResult(
        limit.isEmpty() ? Verdict.HOLDS : Verdict.LIMIT, totals.executions, totals.blocked, totals.cut, null, limit,
        rest.size(), size, registers(workers), totals.outcomes);
  }

  private static List<String> registers(List<Worker> workers) {
    return List.copyOf(workers.getFirst().registerNames());
  }

  /** Looks for a counterexample that is easy to read, as long as nobody minds the time. */
  private CheckResult violated(List<Worker> workers, Totals totals) {
    Worker alone = worker(KEEP_LOOKING);
    alone.explorer.control(new Control() {
      @Override
      public boolean isAttentionWanted() {
        return interrupted || isTimeOver();
      }

      @Override
      public void attend(Explorer explorer) {
        alone.halt();
      }
    });
    alone.explorer.explore();
    Counterexample shown = alone.found();
    for (Worker worker : workers) {
      if (shown == null && alone.isHalted()) {
        shown = worker.found();
      }
    }
    if (shown == null) {
      throw new NondeterminismException(scenario.name(), "a property was violated before, not now");
    }
    // What several workers counted until one of them stopped the others depends on the moment; this does not.
    Totals counted = alone.isHalted() ? totals : alone.totals;
    return new CheckResult(
        Verdict.VIOLATED, counted.executions, counted.blocked, counted.cut, shown, "", 0, null, registers(workers),
        counted.outcomes);
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
    } catch (InterruptedException e) {
      frontier.stop(INTERRUPTED);
      Thread.currentThread().interrupt();
    } catch (UncheckedIOException e) {
      frontier.stop("failure");
      throw e;
    }
    join(threads);
    synchronized (failures) {
      if (!failures.isEmpty()) {
        rethrow(failures.getFirst());
      }
    }
  }

  private static void join(List<Thread> threads) {
    boolean again = false;
    for (Thread thread : threads) {
      while (thread.isAlive()) {
        try {
          thread.join();
        } catch (InterruptedException e) {
          again = true;
        }
      }
    }
    if (again) {
      Thread.currentThread().interrupt();
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

  private void work(Worker worker, Frontier frontier, List<Throwable> failures) {
    try {
      for (WorkUnit unit = frontier.take(); unit != null; unit = frontier.take()) {
        worker.explorer.explore(unit);
        if (worker.totals.violations > 0) {
          frontier.stop("violation");
        }
      }
    } catch (OutOfMemoryError failure) {
      exhausted = true;
      frontier.stop("the heap's %,d MiB".formatted(Runtime.getRuntime().maxMemory() >> 20));
    } catch (Throwable failure) {
      synchronized (failures) {
        failures.add(failure);
      }
      frontier.stop("failure");
    }
  }

  // ---- limits, checkpoints, estimates -----------------------------------------------------------------------------------------

  private void watch(List<Thread> threads, List<Worker> workers, Frontier frontier) throws InterruptedException {
    long written = System.nanoTime();
    boolean estimating = progress == CheckProgress.NONE;
    while (!frontier.hasEnded()) {
      threads.getFirst().join(tick());
      long now = System.nanoTime();
      progress.at(begin.totals().all() + frontier.executions(), (now - start) / 1e9, estimate);
      if (!estimating && now - start >= ESTIMATE_AFTER_MILLISECONDS * 1_000_000) {
        estimating = true;
        Thread.ofPlatform().daemon().name("estimate").start(() -> estimate(() -> ended));
      }
      if (checkpointFile != null && now - written >= checkpointMilliseconds * 1_000_000) {
        written = now;
        writeCheckpoint(workers, frontier);
      }
      String limit = limit();
      if (!limit.isEmpty()) {
        frontier.stop(limit);
      }
    }
  }

  private long tick() {
    long tick = checkpointFile == null ? TICK_MILLISECONDS : Math.min(TICK_MILLISECONDS, checkpointMilliseconds);
    return Math.max(1, tick);
  }

  private boolean isTimeOver() {
    return settings.seconds() != CheckSettings.UNLIMITED
        && System.nanoTime() - start >= settings.seconds() * 1_000_000_000L;
  }

  private String limit() {
    if (isTimeOver()) {
      return "%,d s".formatted(settings.seconds());
    }
    if (usedMegabytes() >= settings.megabytes()) {
      System.gc(); // what is in use may be garbage
      if (usedMegabytes() >= settings.megabytes()) {
        return "%,d MiB".formatted(settings.megabytes());
      }
    }
    return "";
  }

  private static long usedMegabytes() {
    Runtime runtime = Runtime.getRuntime();
    return (runtime.totalMemory() - runtime.freeMemory()) >> 20;
  }

  private void estimate(BooleanSupplier stop) {
    try {
      estimate = new Estimator(scenario, architecture, settings).run(stop);
    } catch (RuntimeException e) {
      // An estimate is a courtesy; what is wrong with the scenario, the exploration itself will say.
    }
  }

  /** What is known of the size, or can be found out now; somebody who interrupted does not wait long. */
  private @Nullable Estimate estimated() {
    if (estimate == null) {
      long patience = System.nanoTime() + 1_000_000_000L;
      estimate(() -> interrupted && System.nanoTime() > patience);
    }
    return estimate;
  }

  private void writeCheckpoint(List<Worker> workers, Frontier frontier) throws InterruptedException {
    Checkpoint checkpoint = frontier.checkpoint(workers);
    if (checkpoint != null) {
      checkpoint.totals().add(begin.totals());
      write(checkpoint);
    }
  }

  private void write(Checkpoint checkpoint) {
    Path file = checkpointFile;
    if (file == null) {
      return;
    }
    try {
      checkpoint.write(file, identity());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write checkpoint %s (%s)".formatted(file, e), e);
    }
  }
}
