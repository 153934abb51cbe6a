package dev.regardless.tests.live;

import dev.regardless.machine.Architecture;
import dev.regardless.machine.Architectures;
import dev.regardless.vfs.program.Program;
import dev.regardless.vfs.program.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** One program on both kernels. */
final class Differential implements AutoCloseable {

  /** Nanoseconds that the live kernel gets after each call: what is not settled then is tried again, more slowly. */
  private static final long[] SETTLING = {150_000, 5_000_000, 40_000_000};

  /** The same for programs with a sleeper, whose time (0.3 s) must not be up before their other calls are made. */
  private static final long[] SETTLING_BESIDE_SLEEPER = {150_000, 2_000_000, 5_000_000, 1_000_000, 5_000_000};

  /** Before the last attempts: whatever keeps the machine busy may be over by then. */
  private static final long PAUSE_NANOS = 1_000_000_000;

  /** Schedules of the emulated kernel that are tried before something counts as a difference. */
  private static final int SCHEDULES = 24;

  private static final long SEED_STEP = 1_000_003;

  private final LiveProgram live = new LiveProgram(System.getProperty("java.io.tmpdir", "."));
  private final String design;
  private long retries;
  private long reordered;

  Differential(String design) {
    this.design = design;
  }

  /** How often a program had to be run again, more slowly. */
  long retries() {
    return retries;
  }

  /** How often the live kernel showed what the emulated one shows along another schedule than the first. */
  long reordered() {
    return reordered;
  }

  @Override
  public void close() {
    live.close();
  }

  /**
   * Whether the live kernel shows what the emulated one shows along another schedule: the order of two work items, say.
   */
  private boolean isAnotherSchedule(Program program, Architecture architecture, long seed) {
    Outcome shown = live.run(program, SETTLING[1]);
    for (int other = 1; other <= SCHEDULES; other++) {
      List<String> problems = new ArrayList<>();
      Outcome emulated = EmulatedProgram.run(
          program, architecture, design, LiveProgram.FIRST_DESCRIPTOR, seed + other * SEED_STEP, problems);
      if (problems.isEmpty() && emulated.difference(shown, program).isEmpty()) {
        reordered++;
        return true;
      }
    }
    return false;
  }

  /** What differs, emulated result first; empty if nothing does. */
  String difference(Program program, String architecture, long seed) {
    Architecture chosen = Architectures.named(architecture);
    List<String> problems = new ArrayList<>();
    Outcome emulated = EmulatedProgram.run(
        program, chosen, design, LiveProgram.FIRST_DESCRIPTOR, seed, problems);
    if (!problems.isEmpty()) {
      return "emulated: " + problems.getFirst();
    }
    String difference = "";
    boolean sleeper = program.steps().stream().anyMatch(step -> step instanceof Step.Call call && call.waits());
    long[] attempts = sleeper ? SETTLING_BESIDE_SLEEPER : SETTLING;
    for (int i = 0; i < attempts.length; i++) {
      if (i == attempts.length - 1) {
        LockSupport.parkNanos(PAUSE_NANOS);
      }
      difference = emulated.difference(live.run(program, attempts[i]), program);
      if (difference.isEmpty()) {
        return "";
      }
      retries++;
    }
    return isAnotherSchedule(program, chosen, seed) ? "" : difference;
  }
}
