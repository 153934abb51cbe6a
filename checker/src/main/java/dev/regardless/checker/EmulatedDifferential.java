package dev.regardless.checker;

import dev.regardless.machine.Architecture;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Compares the emulation engine with the checker on random programs: {@link Agreement} for each. Emulation must show no
 * outcome that the checker does not list, and all of them if it is run often enough. Only programs with a grace period are
 * excused from the second: in emulation it orders all CPUs' accesses with it, the checker has what RCU's axiom orders and
 * no more.
 */
public final class EmulatedDifferential {

  /** More than there are initial threads, so that a spawned one can have a CPU of its own. */
  private static final int CPUS = 8;

  private final Architecture emulated;
  private final Architecture listed;
  private final int runs;
  private final int mostRuns;
  private final List<Long> unsaturated = new ArrayList<>();
  private int programs;
  private int complete;
  private long outcomes;
  private long runsMade;

  /**
   * @param runs runs of each program
   * @param mostRuns runs of a program of which emulation has not yet shown everything
   */
  public EmulatedDifferential(Architecture architecture, int runs, int mostRuns) {
    this(architecture, architecture, runs, mostRuns);
  }

  /** Compares the emulation of one architecture with what the checker lists for another: a test of this test. */
  public EmulatedDifferential(Architecture emulated, Architecture listed, int runs, int mostRuns) {
    this.emulated = emulated;
    this.listed = listed;
    this.runs = runs;
    this.mostRuns = mostRuns;
  }

  /**
   * Null if emulation shows nothing of the program of that seed that the checker does not list; otherwise what it shows,
   * with the program.
   */
  public @Nullable String compare(long seed) {
    RandomProgram program = new RandomProgram(seed, emulated);
    Agreement agreement = new Agreement(program.scenario(), emulated, CheckSettings.plain(Map.of()), CPUS, true, seed);
    agreement.list(listed);
    String difference = agreement.run(runs);
    if (difference == null && !program.hasGracePeriods()) {
      difference = agreement.runUntilComplete(mostRuns - runs);
    }
    if (difference != null) {
      return "seed %d, %s: %s%n%s".formatted(seed, emulated.name(), difference, program);
    }
    programs++;
    runsMade += agreement.runs();
    outcomes += agreement.listed();
    if (agreement.isComplete()) {
      complete++;
    } else if (!program.hasGracePeriods()) {
      unsaturated.add(seed);
    }
    return null;
  }

  /** Number of programs compared. */
  public int programs() {
    return programs;
  }

  /** Number of programs of which emulation showed everything that the checker lists. */
  public int complete() {
    return complete;
  }

  /** Programs without grace periods of which emulation did not show everything, however often it was run. */
  public List<Long> unsaturated() {
    return Collections.unmodifiableList(unsaturated);
  }

  /** Outcomes listed, of all programs. */
  public long outcomes() {
    return outcomes;
  }

  /** Emulated runs, of all programs. */
  public long runs() {
    return runsMade;
  }
}
