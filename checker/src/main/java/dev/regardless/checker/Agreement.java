package dev.regardless.checker;

import dev.regardless.emulation.Emulator;
import dev.regardless.emulation.EmulatorSettings;
import dev.regardless.emulation.FaultSettings;
import dev.regardless.emulation.PctScheduler;
import dev.regardless.emulation.RandomChooser;
import dev.regardless.emulation.RandomScheduler;
import dev.regardless.emulation.RunResult;
import dev.regardless.emulation.Scheduler;
import dev.regardless.execution.ExecutionGraph;
import dev.regardless.machine.Access;
import dev.regardless.machine.Architecture;
import dev.regardless.machine.Machine;
import dev.regardless.machine.PropertyKind;
import dev.regardless.scenario.Scenario;
import dev.regardless.scenario.ScenarioContext;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * Whether the two engines agree on one scenario: emulation shows nothing that the checker does not list. An outcome is
 * the scenario's registers and, if asked for, the final values of all cells of objects made at set-up; if threads wait for
 * ever, that and the registers of those that ended; with another violation just that, since emulation stops there and the
 * checker does not. Cells of scenarios that use the number of the current CPU are not to be compared: the checker gives
 * each thread one CPU for good.
 *
 * <p>Half of the runs switch at any access, the others seldom; in these CPUs stall and store-exclusives fail spuriously.
 */
public final class Agreement {

  /** Mean distance of switches in half of the runs. */
  private static final int QUANTUM = 3;

  /** No run of a scenario small enough to be checked is nearly as long. */
  private static final long MOST_ACCESSES = 1_000_000;

  private static final FaultSettings FAULTS = new FaultSettings(0, 1, 0, 250_000, 0, 1, 50_000, 20, 0, 0);

  private final Scenario scenario;
  private final Architecture emulated;
  private final CheckSettings settings;
  private final int cpus;
  private final boolean cells;
  private final Emulator[] emulators;
  private final Finals[] finals = {new Finals(), new Finals()}; // one for each emulator
  private final Set<Outcome> listed = new HashSet<>();
  private final Set<Outcome> shown = new HashSet<>();
  private long executions;
  private int runs;

  /** What one execution or run came to; {@code violated} is empty if nothing was. */
  private record Outcome(String violated, List<Long> registers, List<Long> finals) implements Comparable<Outcome> {
    @Override
    public int compareTo(Outcome other) {
      return toString().compareTo(other.toString());
    }

    @Override
    public String toString() {
      return violated + registers + finals;
    }
  }

  /**
   * @param settings primitives, what is weakened, parameters, and the limit of executions
   * @param cpus of the emulated machine
   * @param cells whether final values are compared
   * @param seed of all runs
   * @throws IllegalArgumentException if a parameter's value is unusable
   */
  public Agreement(Scenario scenario, Architecture emulated, CheckSettings settings, int cpus, boolean cells,
      long seed) {
    this.scenario = scenario;
    this.emulated = emulated;
    this.settings = settings;
    this.cpus = cpus;
    this.cells = cells;
    this.emulators = new Emulator[] {
        emulator(new RandomScheduler(seed), FaultSettings.NONE, seed),
        emulator(new PctScheduler(seed, QUANTUM), FAULTS, seed)
    };
    for (int i = 0; i < emulators.length; i++) {
      emulators[i].setUp(finals[i].in(scenario), settings.parameters());
    }
  }

  private Emulator emulator(Scheduler scheduler, FaultSettings faults, long seed) {
    EmulatorSettings plain = EmulatorSettings.of(cpus);
    // Kernel code makes cells for each thread that may be.
    EmulatorSettings whole = new EmulatorSettings(
        plain.cpus(), cells ? Threads.MAXIMUM : plain.threads(), settings.variantOn(emulated), settings.weakened(),
        plain.storeBufferEntries(),
        plain.historyEntries(), plain.drainBias(), plain.preemption(), plain.quarantine(), faults, plain.properties(),
        MOST_ACCESSES, 0);
    return new Emulator(emulated, whole, scheduler, new RandomChooser(~seed));
  }

  /** Lists all outcomes by the checker; false if there are more executions than its limit. */
  public boolean list() {
    return list(emulated);
  }

  /** The same for some architecture. */
  boolean list(Architecture architecture) {
    listed.clear();
    executions = 0;
    Finals last = new Finals();
    Listener listener = new Listener(last);
    Explorer explorer = new Explorer(
        architecture, settings.variantOn(architecture), settings.weakened(), architecture.memoryModel(), listener,
        new Choices(), new Revisits(), new ThreadNumbers());
    listener.explorer = explorer;
    Context context = new Context(explorer, settings.parameters(), scenario);
    last.in(scenario).setUp(context);
    explorer.endings().atEnd(() -> context.endChecks().forEach(Runnable::run));
    explorer.explore();
    return executions <= settings.executions();
  }

  /** Lists what the checker finds. */
  private final class Listener implements ExecutionListener {
    private final Finals last;
    private @Nullable Explorer explorer;

    Listener(Finals last) {
      this.last = last;
    }

    private Explorer explorer() {
      return Objects.requireNonNull(explorer);
    }

    private List<Long> registers() {
      return explorer().registers().outcome(explorer());
    }

    @Override
    public void complete(ExecutionGraph graph) {
      listed.add(
          Leaks.find(explorer()).isEmpty()
              ? new Outcome("", registers(), last.values())
              : new Outcome(PropertyKind.LEAK.id(), List.of(), List.of()));
      count();
    }

    @Override
    public void blocked(ExecutionGraph graph) {
      count();
    }

    @Override
    public void violated(ExecutionGraph graph, PropertyKind kind, String message, int thread) {
      boolean hangs = kind == PropertyKind.HANG;
      if (hangs) {
        explorer().replay(); // for the registers of the threads that ended
      }
      listed.add(new Outcome(kind.id(), hangs ? registers() : List.of(), List.of()));
      count();
    }

    private void count() {
      if (++executions > settings.executions()) {
        explorer().stop();
      }
    }
  }

  /** The final values of the cells of a scenario's objects. */
  private final class Finals {
    private List<Long> values = List.of();

    /** The scenario with an end check, the first one, that notes the values. */
    Scenario in(Scenario scenario) {
      return new Scenario() {
        @Override
        public String name() {
          return scenario.name();
        }

        @Override
        public String description() {
          return scenario.description();
        }

        @Override
        public SortedMap<String, String> parameters() {
          return scenario.parameters();
        }

        @Override
        public void setUp(ScenarioContext context) {
          Machine machine = context.machine();
          int[] made = new int[2];
          if (cells) {
            context.atEnd(() -> note(machine, made[0], made[1]));
          }
          scenario.setUp(context);
          made[0] = machine.memory().locations();
          made[1] = machine.memory().objects();
        }
      };
    }

    // Objects allocated later have other numbers in the other engine.
    private void note(Machine machine, int locations, int objects) {
      List<Long> noted = new ArrayList<>();
      for (int location = 0; location < locations; location++) {
        long value = machine.load(location, Access.PLAIN);
        boolean allocated = machine.memory().isReference(location) && value >= objects;
        noted.add(allocated ? -1 : value);
      }
      values = List.copyOf(noted);
    }

    List<Long> values() {
      return values;
    }
  }

  /** Runs {@code more} times; null if emulation shows nothing that is not listed, otherwise what it shows. */
  public @Nullable String run(int more) {
    String difference = null;
    for (int end = runs + more; runs < end && difference == null;) {
      difference = run();
    }
    return difference;
  }

  /** Runs up to {@code more} times, until emulation has shown all that is listed; returns what {@link #run(int)} does. */
  public @Nullable String runUntilComplete(int more) {
    String difference = null;
    for (int end = runs + more; runs < end && !isComplete() && difference == null;) {
      difference = run();
    }
    return difference;
  }

  private @Nullable String run() {
    int which = runs++ % emulators.length;
    RunResult result = emulators[which].run();
    PropertyKind kind = result.violations().isEmpty() ? null : result.violations().getFirst().kind();
    boolean values = kind == null || kind == PropertyKind.HANG;
    Outcome outcome = new Outcome(
        kind == null ? "" : kind.id(), values ? LongStream.of(result.registers()).boxed().toList() : List.of(),
        kind == null ? finals[which].values() : List.of());
    shown.add(outcome);
    return listed.contains(outcome) && !result.limitReached()
        ? null
        : "run %d shows %s%s, the checker lists %s".formatted(
            runs, outcome, result.limitReached() ? " without an end" : result.violations(), new TreeSet<>(listed));
  }

  /** Whether emulation has shown all that is listed. */
  public boolean isComplete() {
    return shown.size() == listed.size();
  }

  /** Number of outcomes that the checker lists. */
  public int listed() {
    return listed.size();
  }

  /** Number of outcomes that emulation has shown. */
  public int shown() {
    return shown.size();
  }

  /** What is violated in some execution: the ids of the properties. */
  public Set<String> violated() {
    Set<String> violated = new TreeSet<>();
    listed.forEach(outcome -> violated.add(outcome.violated()));
    violated.remove("");
    return violated;
  }

  /** Number of runs made. */
  public int runs() {
    return runs;
  }

  /** Number of executions that the checker explored. */
  public long executions() {
    return executions;
  }
}
