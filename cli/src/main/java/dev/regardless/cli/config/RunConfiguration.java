package dev.regardless.cli.config;

import dev.regardless.emulation.EmulatorSettings;
import dev.regardless.emulation.FaultSettings;
import dev.regardless.machine.Architecture;
import dev.regardless.machine.Architectures;
import dev.regardless.machine.PropertyKind;
import dev.regardless.machine.WeakenedPrimitives;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;

/**
 * What `run` does: see reference.conf for each part.
 *
 * @param architectures at least one; with several the workload runs on each
 * @param seed of the first run
 * @param repeat number of runs
 * @param scheduler which and how
 * @param emulator the machine
 * @param workload name of the scenario
 * @param parameters the scenario's parameters that the configuration gives
 * @param traceFile empty for none
 */
public record RunConfiguration(
    List<Architecture> architectures,
    long seed,
    int repeat,
    SchedulerConfiguration scheduler,
    EmulatorSettings emulator,
    String workload,
    SortedMap<String, String> parameters,
    String traceFile) {

  /** Kinds of scheduler that configuration can name. */
  public static final List<String> SCHEDULERS = List.of("random", "pct", "round-robin");

  private static final int MAXIMUM_CPUS = 64;
  private static final int MAXIMUM_THREADS = 100_000;
  private static final int MAXIMUM_ENTRIES = 1_024;
  private static final int MANY = 1_000_000_000;

  public RunConfiguration {
    architectures = List.copyOf(architectures);
  }

  /**
   * Which scheduler.
   *
   * @param kind one of {@link #SCHEDULERS}
   * @param meanDistance accesses between change points (pct)
   * @param quantum accesses per turn (round-robin)
   */
  public record SchedulerConfiguration(String kind, int meanDistance, int quantum) {}

  /** Reads all of it, or refuses with a {@link dev.regardless.input.BadInputException}. */
  public static RunConfiguration of(Settings settings) {
    String workload = settings.text("workload");
    List<Architecture> architectures = architectures(settings);
    return new RunConfiguration(
        architectures,
        settings.longNumber("seed", Long.MIN_VALUE, Long.MAX_VALUE),
        settings.number("repeat", 1, MANY),
        new SchedulerConfiguration(
            settings.oneOf("scheduler.kind", SCHEDULERS),
            settings.number("scheduler.mean-distance", 1, MANY),
            settings.number("scheduler.quantum", 1, MANY)),
        emulator(settings, architectures),
        workload,
        settings.block(workload),
        settings.text("trace.file"));
  }

  private static List<Architecture> architectures(Settings settings) {
    List<Architecture> all = Architectures.all();
    List<String> known = all.stream().map(Architecture::name).toList();
    List<Architecture> chosen = new ArrayList<>();
    for (String name : settings.texts("architecture")) {
      if (!known.contains(name)) {
        throw settings.refuse("architecture", "one of " + String.join(", ", known) + ", or a list of them");
      }
      chosen.add(all.get(known.indexOf(name)));
    }
    if (chosen.isEmpty()) {
      throw settings.refuse("architecture", "at least one of " + String.join(", ", known));
    }
    return chosen;
  }

  private static String primitives(Settings settings, List<Architecture> architectures) {
    String variant = settings.text("machine.primitives");
    if (variant.equals("default")) {
      return "";
    }
    for (Architecture architecture : architectures) {
      if (!architecture.primitiveVariants().contains(variant)) {
        throw settings.refuse(
            "machine.primitives",
            "default or, on %s, %s".formatted(
                architecture.name(), String.join(" or ", architecture.primitiveVariants())));
      }
    }
    return variant;
  }

  private static List<String> weakened(Settings settings) {
    List<String> names = settings.texts("machine.weaken");
    for (String name : names) {
      if (!WeakenedPrimitives.known().contains(name)) {
        throw settings.refuse("machine.weaken", "some of " + String.join(", ", WeakenedPrimitives.known()));
      }
    }
    return names;
  }

  private static EmulatorSettings emulator(Settings settings, List<Architecture> architectures) {
    int cpus = settings.number("cpus", 1, MAXIMUM_CPUS);
    return new EmulatorSettings(
        cpus,
        settings.number("threads", cpus, MAXIMUM_THREADS),
        primitives(settings, architectures),
        weakened(settings),
        settings.number("machine.store-buffer-entries", 1, MAXIMUM_ENTRIES),
        settings.number("machine.history-entries", 2, MAXIMUM_ENTRIES),
        settings.millionths("machine.drain-bias"),
        settings.millionths("machine.preemption"),
        settings.number("machine.quarantine", 0, MANY),
        faults(settings),
        properties(settings),
        settings.longNumber("limit.accesses", 0, Long.MAX_VALUE),
        settings.longNumber("limit.quiet-accesses", 0, Long.MAX_VALUE));
  }

  private static FaultSettings faults(Settings settings) {
    return new FaultSettings(
        settings.millionths("faults.delayed-wake.chance"),
        settings.number("faults.delayed-wake.max-cycles", 1, MANY),
        settings.millionths("faults.spurious-wake.chance"),
        settings.millionths("faults.spurious-store-exclusive.chance"),
        settings.millionths("faults.slow-work.chance"),
        settings.number("faults.slow-work.max-cycles", 1, MANY),
        settings.millionths("faults.stall.chance"),
        settings.number("faults.stall.max-decisions", 1, MANY),
        settings.millionths("faults.failslab.chance"),
        settings.number("faults.failslab.fail-nth", 0, MANY));
  }

  private static Set<PropertyKind> properties(Settings settings) {
    Set<PropertyKind> watched = EnumSet.noneOf(PropertyKind.class);
    for (PropertyKind kind : PropertyKind.values()) {
      if (settings.isKnown("properties." + kind.id()) && settings.flag("properties." + kind.id())) {
        watched.add(kind);
      }
    }
    return watched;
  }
}
