package dev.regardless.emulation;

import dev.regardless.emulation.EmulatedThread.State;
import dev.regardless.machine.Architecture;
import dev.regardless.machine.Machine;
import dev.regardless.machine.PropertyKind;
import dev.regardless.machine.ThreadKind;
import dev.regardless.machine.Tracepoint;
import dev.regardless.scenario.Scenario;
import dev.regardless.scenario.ScenarioContext;
import dev.regardless.scenario.ScenarioObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The emulation engine: one machine of one architecture, set up by a {@link Scenario}, run along one schedule at a time.
 * A fixed seed, scenario and settings give the same run for ever. Not thread-safe.
 *
 * <p>Threads are continuations that end with the machine. Where the virtual machine has none for us they are platform
 * threads, which keep everything alive until {@link #close}: who makes many emulators must close them.
 */
public final class Emulator implements AutoCloseable {

  private final EmulatedMachine machine;
  private final Violations violations = new Violations();
  private final List<Runnable> endChecks = new ArrayList<>();
  private final List<String> registerNames = new ArrayList<>();
  private final List<ScenarioObserver> observers = new ArrayList<>();
  private TraceObserver onlooker = (point, first, second, thread, cycles) -> {};
  private long[] registers = new long[0];

  /**
   * @param chooser source of every choice but the scheduler's
   * @throws IllegalArgumentException if the settings name an unknown primitive or variant
   */
  public Emulator(Architecture architecture, EmulatorSettings settings, Scheduler scheduler, Chooser chooser) {
    this.machine = new EmulatedMachine(architecture, settings, chooser, scheduler, violations);
    machine.threads().onOops(this::oops);
    machine.threads().onQuiet(this::quiet);
    machine.observe(this::passed);
  }

  /** A machine with everything drawn from {@code seed}, a switch possible at every access. */
  public static Emulator random(Architecture architecture, EmulatorSettings settings, long seed) {
    return new Emulator(architecture, settings, new RandomScheduler(seed), new RandomChooser(~seed));
  }

  public Machine machine() {
    return machine;
  }

  /** Sets the machine up. Call once. */
  public void setUp(Scenario scenario, Map<String, String> parameters) {
    scenario.setUp(new Context(scenario, parameters));
    registers = new long[registerNames.size()];
  }

  /** Number of threads that exist from the start. */
  public int initialThreads() {
    return machine.threads().initialThreads();
  }

  /** Lets {@code observer}, besides the scenario's own ones, see the tracepoints of later runs. */
  public void observe(TraceObserver observer) {
    this.onlooker = observer;
  }

  /** What the scenario's observers counted in the last run. */
  public void report(ScenarioObserver.Report report) {
    observers.forEach(observer -> observer.report(report));
  }

  private void passed(Tracepoint point, long first, long second, int thread, long cycles) {
    onlooker.passed(point, first, second, thread, cycles);
    for (int i = 0; i < observers.size(); i++) {
      String wrong = observers.get(i).passed(point, first, second, thread, cycles);
      if (!wrong.isEmpty()) {
        machine.violation(PropertyKind.INVARIANT, wrong);
      }
    }
  }

  /** Runs the threads from the initial state to the end and then the end checks. Can be called again. */
  public RunResult run() {
    violations.clear();
    java.util.Arrays.fill(registers, 0);
    machine.reset();
    observers.forEach(ScenarioObserver::runStarted);
    machine.direct = false;
    try {
      machine.threads().run();
    } catch (EmulationStop stop) {
      // The limit was reached between two threads' turns.
    } finally {
      machine.direct = true;
    }
    boolean complete = violations.found().isEmpty() && !machine.threads().limitReached();
    if (complete) {
      checkEnd();
    }
    return new RunResult(
        violations.found(),
        machine.threads().limitReached(),
        registers.clone(),
        machine.counters,
        machine.clock.latest(),
        machine.clock.misses(),
        machine.storage.forcedForward(),
        machine.pool.allocated(),
        machine.pool.freed());
  }

  /** Ends the threads; what the last run left can still be looked at, but nothing runs any more. */
  @Override
  public void close() {
    machine.threads().abandon();
  }

  /** Names of the outcome registers, in order. */
  public List<String> registerNames() {
    return List.copyOf(registerNames);
  }

  /** Values of the outcome registers after the last run; the array is reused by the next one. */
  public long[] registers() {
    return registers;
  }

  private void checkEnd() {
    List<String> stuck = new ArrayList<>();
    for (EmulatedThread thread : machine.threads().all()) {
      if (thread.isUnfinished()) {
        stuck.add(waiting(thread));
      }
    }
    try {
      if (!stuck.isEmpty()) {
        machine.violation(PropertyKind.HANG, "nobody can run: " + String.join("; ", stuck));
        return;
      }
      for (ScenarioObserver observer : observers) {
        observer.runEnded().forEach(wrong -> machine.violation(PropertyKind.INVARIANT, wrong));
      }
      for (Runnable check : endChecks) {
        check.run();
      }
      Leaks.check(machine);
    } catch (EmulationStop stop) {
      // Recorded where it was found.
    }
  }

  private String waiting(EmulatedThread thread) {
    String verb = thread.state == State.SPINNING ? "spins" : "sleeps";
    int location = thread.waitLocation;
    return location < 0
        ? "%s waits for an RCU grace period".formatted(thread.name)
        : "%s %s on %s, which holds %d"
            .formatted(thread.name, verb, machine.memory().nameOf(location), machine.storage.newest(location));
  }

  private void quiet() {
    List<String> states = new ArrayList<>();
    for (EmulatedThread thread : machine.threads().all()) {
      if (thread.isUnfinished()) {
        states.add(thread.state == State.RUNNABLE ? thread.name + " runs" : waiting(thread));
      }
    }
    machine.violation(PropertyKind.HANG, "no progress: " + String.join("; ", states));
  }

  private void oops(RuntimeException e) {
    PropertyKind kind = e instanceof NullPointerException ? PropertyKind.NULL_DEREFERENCE : PropertyKind.USE_AFTER_FREE;
    machine.oops(kind, e);
  }

  private final class Context implements ScenarioContext {
    private final Scenario scenario;
    private final Map<String, String> parameters;
    private final Map<String, String> defaults;

    Context(Scenario scenario, Map<String, String> parameters) {
      this.scenario = scenario;
      this.parameters = parameters;
      this.defaults = scenario.parameters();
    }

    @Override
    public Machine machine() {
      return machine;
    }

    @Override
    public String parameter(String name) {
      String given = parameters.get(name);
      String value = given != null ? given : defaults.get(name);
      if (value == null) {
        throw new IllegalArgumentException("scenario %s has no parameter %s".formatted(scenario.name(), name));
      }
      return value;
    }

    @Override
    public void thread(String name, ThreadKind kind, int cpu, Runnable body) {
      machine.threads().add(name, kind, cpu, body);
    }

    @Override
    public void atEnd(Runnable check) {
      endChecks.add(check);
    }

    @Override
    public void observe(ScenarioObserver observer) {
      observers.add(observer);
    }

    @Override
    public Register register(String name) {
      int index = registerNames.size();
      registerNames.add(name);
      return value -> registers[index] = value;
    }
  }

  /** Memory accesses of the run under way; may be read, a little late, from another thread. */
  public long accessesSoFar() {
    return machine.counters.accesses();
  }
}
