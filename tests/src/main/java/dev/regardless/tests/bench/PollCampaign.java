package dev.regardless.tests.bench;

import dev.regardless.cli.config.ConfigurationFile;
import dev.regardless.cli.config.RunConfiguration;
import dev.regardless.cli.config.Settings;
import dev.regardless.cli.run.RunSummary;
import dev.regardless.cli.run.Simulation;
import dev.regardless.emulation.Violation;
import dev.regardless.machine.Architecture;
import dev.regardless.scenario.Scenario;
import dev.regardless.scenario.Scenarios;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * How often random schedules show what is wrong with each poll design: runs a configuration with one seed after the other,
 * going on after violations, until so many polls have been accepted with each design on each of its architectures, or so
 * many violations were seen. All get their share in rounds, a line is printed for each after every round, and the last lines
 * are the result.
 *
 * <p>Arguments: the configuration, polls for each design and architecture, polls of a round, most violations, and the
 * designs ({@code NAME} or {@code NAME:PARAMETER=VALUE}). The same arguments give the same counts.
 */
public final class PollCampaign {

  private static final String ACCEPTED = "accepted";

  private final Path file;
  private final String design;
  private final Architecture architecture;
  private final Map<String, Long> violations = new TreeMap<>();
  private final Map<String, Long> firstSeeds = new TreeMap<>();
  private long seed = 1;
  private long polls;

  private PollCampaign(Path file, String design, Architecture architecture) {
    this.file = file;
    this.design = design;
    this.architecture = architecture;
  }

  /** Runs the campaign. */
  public static void main(String[] arguments) {
    Path file = Path.of(arguments[0]);
    long target = Long.parseLong(arguments[1]);
    long round = Long.parseLong(arguments[2]);
    long most = Long.parseLong(arguments[3]);
    List<String> designs = List.of(arguments).subList(4, arguments.length);
    Map<String, PollCampaign> all = new LinkedHashMap<>();
    for (String design : designs) {
      for (Architecture architecture : configuration(settings(file, Map.of())).architectures()) {
        all.put(design + " on " + architecture.name(), new PollCampaign(file, design, architecture));
      }
    }
    for (long goal = Math.min(round, target); goal > 0; goal = goal == target ? 0 : Math.min(goal + round, target)) {
      for (PollCampaign each : all.values()) {
        each.runUntil(goal, most);
        System.out.println(each.line());
      }
    }
  }

  private static Set<String> names() {
    Set<String> names = new LinkedHashSet<>();
    Scenarios.all().forEach(scenario -> names.add(scenario.name()));
    return names;
  }

  private static Settings settings(Path file, Map<String, String> overrides) {
    return ConfigurationFile.read(file, overrides, Map.of(), names());
  }

  private static RunConfiguration configuration(Settings settings) {
    return RunConfiguration.of(settings);
  }

  private void runUntil(long goal, long most) {
    while (polls < goal && violations.values().stream().mapToLong(Long::longValue).sum() < most) {
      Map<String, String> overrides = new TreeMap<>();
      String name = design.contains(":") ? design.substring(0, design.indexOf(':')) : design;
      overrides.put("aio-poll.design", name);
      if (design.contains(":")) {
        String choice = design.substring(design.indexOf(':') + 1);
        int equals = choice.indexOf('=');
        overrides.put("aio-poll.design-parameters.%s.%s".formatted(name, choice.substring(0, equals)),
            choice.substring(equals + 1));
      }
      overrides.put("seed", Long.toString(seed));
      Settings settings = settings(file, overrides);
      RunConfiguration configuration = configuration(settings);
      Scenario scenario = Scenarios.all().stream().filter(each -> each.name().equals(configuration.workload()))
          .findFirst().orElseThrow();
      RunSummary summary = new Simulation(configuration, architecture, scenario, settings::refuse).run(null);
      polls += summary.counts().getOrDefault(ACCEPTED, 0L);
      for (Violation violation : summary.violations()) {
        String kind = violation.kind().id();
        violations.merge(kind, 1L, Long::sum);
        if (firstSeeds.putIfAbsent(kind, seed) == null) {
          System.out.printf(Locale.ROOT, "# %s on %s, seed %d: %s: %s%n", design, architecture.name(), seed, kind,
              violation.message());
        }
      }
      seed++;
    }
  }

  private String line() {
    StringBuilder text = new StringBuilder("| %s | %s | %,d | %,d |".formatted(design, architecture.name(), seed - 1,
        polls));
    if (violations.isEmpty()) {
      return text + " none |";
    }
    violations.forEach((kind, count) -> text.append(" %s %,d (%.2f per million, first seed %d)".formatted(kind, count,
        count * 1e6 / polls, firstSeeds.get(kind))));
    return text + " |";
  }
}
