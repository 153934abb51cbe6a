package dev.regardless.cli.run;

import dev.regardless.cli.config.RunConfiguration;
import dev.regardless.emulation.ChoiceSink;
import dev.regardless.emulation.ChoiceSource;
import dev.regardless.emulation.Chooser;
import dev.regardless.emulation.Emulator;
import dev.regardless.emulation.PctScheduler;
import dev.regardless.emulation.RandomChooser;
import dev.regardless.emulation.RandomScheduler;
import dev.regardless.emulation.RecordingChooser;
import dev.regardless.emulation.RecordingScheduler;
import dev.regardless.emulation.ReplayChooser;
import dev.regardless.emulation.ReplayScheduler;
import dev.regardless.emulation.RoundRobinScheduler;
import dev.regardless.emulation.RunResult;
import dev.regardless.emulation.Scheduler;
import dev.regardless.input.BadInputException;
import dev.regardless.machine.Architecture;
import dev.regardless.scenario.Scenario;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Carries out a configuration on one architecture: sets a machine up and runs it with one seed after the other until all
 * are done or one shows a violation.
 */
public final class Simulation {

  private final RunConfiguration configuration;
  private final Architecture architecture;
  private final Scenario scenario;
  private final BiFunction<String, String, BadInputException> refusal;
  private volatile @Nullable Emulator emulator;
  private volatile long runsDone;

  /**
   * @param refusal makes the refusal of a scenario parameter's value from its name and what was expected
   */
  public Simulation(
      RunConfiguration configuration,
      Architecture architecture,
      Scenario scenario,
      BiFunction<String, String, BadInputException> refusal) {
    this.configuration = configuration;
    this.architecture = architecture;
    this.scenario = scenario;
    this.refusal = refusal;
  }

  /** Runs with the configured scheduler and seeds, telling {@code sink} every choice if there is one. */
  public RunSummary run(@Nullable ChoiceSink sink) {
    SummaryCollector collector = new SummaryCollector(architecture);
    RandomChooser random = new RandomChooser(0);
    Scheduler seeded = scheduler();
    Chooser chooser = sink == null ? random : new RecordingChooser(random, sink);
    Scheduler scheduler = sink == null ? seeded : new RecordingScheduler(seeded, sink);
    random.reseed(~configuration.seed());
    Emulator machine = setUp(scheduler, chooser);
    RunResult result = null;
    long seed = configuration.seed();
    long runs = 0;
    while (runs < configuration.repeat() && (result == null || result.holds())) {
      seed = configuration.seed() + runs;
      seeded.restart(seed);
      random.reseed(~seed);
      result = machine.run();
      collect(collector, machine, result);
      runsDone = ++runs;
    }
    machine.close();
    return summary(collector, result, seed, runs);
  }

  /** Runs once as recorded. */
  public RunSummary replay(ChoiceSource source) {
    SummaryCollector collector = new SummaryCollector(architecture);
    Emulator machine = setUp(new ReplayScheduler(source), new ReplayChooser(source));
    RunResult result = machine.run();
    collect(collector, machine, result);
    machine.close();
    return summary(collector, result, configuration.seed(), 1);
  }

  /** Memory accesses of the run under way, for a progress line; may be read from another thread. */
  public long accessesSoFar() {
    Emulator machine = emulator;
    return machine == null ? 0 : machine.accessesSoFar();
  }

  /** Runs finished so far; may be read from another thread. */
  public long runsDone() {
    return runsDone;
  }

  private Emulator setUp(Scheduler scheduler, Chooser chooser) {
    Emulator machine = new Emulator(architecture, configuration.emulator(), scheduler, chooser);
    try {
      machine.setUp(scenario, configuration.parameters());
    } catch (IllegalArgumentException e) {
      throw ScenarioParameters.refuse(scenario, configuration.parameters(), e, refusal);
    }
    if (machine.initialThreads() >= configuration.emulator().threads()) {
      throw refusal.apply(
          "threads",
          "at least %d: the workload's %d and one for what it spawns"
              .formatted(machine.initialThreads() + 1, machine.initialThreads()));
    }
    emulator = machine;
    return machine;
  }

  private Scheduler scheduler() {
    RunConfiguration.SchedulerConfiguration chosen = configuration.scheduler();
    return switch (chosen.kind()) {
      case "random" -> new RandomScheduler(configuration.seed());
      case "pct" -> new PctScheduler(configuration.seed(), chosen.meanDistance());
      case "round-robin" -> new RoundRobinScheduler(chosen.quantum());
      default -> throw new IllegalStateException("unchecked scheduler " + chosen.kind());
    };
  }

  private static void collect(SummaryCollector collector, Emulator machine, RunResult result) {
    collector.add(result);
    machine.report(collector);
    List<String> names = machine.registerNames();
    if (!names.isEmpty() && result.holds()) {
      List<String> parts = new ArrayList<>();
      for (int i = 0; i < names.size(); i++) {
        parts.add(names.get(i) + '=' + result.registers()[i]);
      }
      collector.addOutcome(String.join("; ", parts));
    }
  }

  private RunSummary summary(SummaryCollector collector, @Nullable RunResult last, long seed, long runs) {
    String variant = configuration.emulator().primitives();
    return new RunSummary(
        architecture.name(),
        variant.isEmpty() ? architecture.primitiveVariants().getFirst() : variant,
        scenario.name(),
        configuration.emulator().cpus(),
        configuration.scheduler().kind(),
        seed,
        runs,
        last == null ? List.of() : last.violations(),
        last != null && last.limitReached(),
        collector.allCounts(),
        collector.outcomes(),
        collector.unit,
        collector.units,
        collector.distributions(),
        notes(collector));
  }

  private List<String> notes(SummaryCollector collector) {
    List<String> notes = new ArrayList<>(architecture.approximations());
    long lost = collector.counts.getOrDefault("reads past kept history", 0L);
    if (lost > 0) {
      notes.add("%,d reads lost alternatives because machine.history-entries writes were kept".formatted(lost));
    }
    if (!configuration.emulator().weakened().isEmpty()) {
      notes.add("broken on purpose: " + String.join(", ", configuration.emulator().weakened()));
    }
    return notes;
  }
}
