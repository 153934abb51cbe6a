package dev.regardless.tests.live;

import dev.regardless.machine.Architecture;
import dev.regardless.machine.Architectures;
import dev.regardless.vfs.program.Program;
import dev.regardless.vfs.program.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** One program on both kernels. */
final class Differential implements AutoCloseable {

  /** Nanoseconds that the live kernel gets after each call: what is not settled then is tried again, more slowly. */
  private static final long[] SETTLING = {150_000, 5_000_000, 40_000_000};

  /** The same for programs with a sleeper: they would seldom be through before its time is up. */
  private static final long[] SETTLING_BESIDE_SLEEPER = {150_000, 2_000_000, 5_000_000, 1_000_000, 5_000_000};

  /** Before the last attempts: whatever keeps the machine busy may be over by then. */
  private static final long PAUSE_NANOS = 1_000_000_000;

  /** Schedules of the emulated kernel that are tried before something counts as a difference. */
  private static final int SCHEDULES = 24;

  /** How long sleepers of random programs sleep, 0.3 s: on the emulated kernel a nanosecond is a cycle. */
  private static final long SLEEP_CYCLES = 300_000_000;

  private static final long SEED_STEP = 1_000_003;

  /** Runs of a program whose sleeper's time may have been up too early, after which it is not judged. */
  private static final int LATE_RUNS = 20;

  private final LiveProgram live = new LiveProgram(System.getProperty("java.io.tmpdir", "."));
  private final Map<String, String> parameters;
  private long retries;
  private long reordered;
  private long late;
  private long notJudged;

  /** {@code direct}: of the disk under the temporary folder; nothing there if 0. */
  Differential(String design, LinuxKernel.DirectAlignment direct) {
    parameters = EmulatedProgram.parameters(design, direct);
  }

  /** How often a program had to be run again, more slowly. */
  long retries() {
    return retries;
  }

  /** How often the live kernel showed what the emulated one shows along another schedule than the first. */
  long reordered() {
    return reordered;
  }

  /** How many live runs said nothing, as the machine was so busy that a sleeper's time was up before the rest was done. */
  long late() {
    return late;
  }

  /** How many programs had only such runs. */
  long notJudged() {
    return notJudged;
  }

  @Override
  public void close() {
    live.close();
  }

  /** A live run that says something about the kernel; null if there is none. */
  private @Nullable Outcome judgeable(Program program, long settling) {
    for (int run = 1; run <= LATE_RUNS; run++) {
      Outcome shown = live.run(program, settling);
      if (shown.isInTime()) {
        return shown;
      }
      late++;
      LockSupport.parkNanos(run * (PAUSE_NANOS / 10));
    }
    return null;
  }

  private static boolean hasSleeper(Program program) {
    return program.steps().stream().anyMatch(step -> step instanceof Step.Call call && call.waits());
  }

  /** On the emulated kernel too a sleeper's time must not be up before all other steps are made. */
  private Map<String, String> parametersOf(Program program) {
    if (!hasSleeper(program)) {
      return parameters;
    }
    Map<String, String> hurried = new TreeMap<>(parameters);
    hurried.put("settling", Long.toString(SLEEP_CYCLES / 3 / program.steps().size()));
    return hurried;
  }

  /**
   * Whether the live kernel shows what the emulated one shows along another schedule: the order of two work items, say.
   */
  private boolean isAnotherSchedule(Program program, Architecture architecture, long seed, Outcome shown) {
    for (int other = 1; other <= SCHEDULES; other++) {
      List<String> problems = new ArrayList<>();
      Outcome emulated = EmulatedProgram.run(
          program, architecture, parametersOf(program), seed + other * SEED_STEP, problems);
      if (problems.isEmpty() && emulated.difference(shown).isEmpty()) {
        reordered++;
        return true;
      }
    }
    return false;
  }

  private static long[] attempts(Program program) {
    return hasSleeper(program) ? SETTLING_BESIDE_SLEEPER : SETTLING;
  }

  /** What differs, emulated result first; empty if nothing does, or if the live kernel could not be judged. */
  String difference(Program program, String architecture, long seed) {
    Architecture chosen = Architectures.named(architecture);
    List<String> problems = new ArrayList<>();
    Outcome emulated = EmulatedProgram.run(program, chosen, parametersOf(program), seed, problems);
    if (!problems.isEmpty()) {
      return "emulated: " + problems.getFirst();
    }
    String difference = "";
    Outcome shown = null;
    long[] attempts = attempts(program);
    for (int i = 0; i < attempts.length; i++) {
      if (i == attempts.length - 1) {
        LockSupport.parkNanos(PAUSE_NANOS);
      }
      shown = judgeable(program, attempts[i]);
      if (shown == null) {
        notJudged++;
        return "";
      }
      difference = emulated.difference(shown);
      if (difference.isEmpty()) {
        return "";
      }
      retries++;
    }
    return shown != null && isAnotherSchedule(program, chosen, seed, shown) ? "" : difference;
  }
}
