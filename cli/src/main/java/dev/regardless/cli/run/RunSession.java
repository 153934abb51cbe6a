package dev.regardless.cli.run;

import dev.regardless.cli.ExitCode;
import dev.regardless.cli.Version;
import dev.regardless.cli.config.ConfigurationFile;
import dev.regardless.cli.config.RunConfiguration;
import dev.regardless.cli.config.Settings;
import dev.regardless.input.BadInputException;
import dev.regardless.machine.Architecture;
import dev.regardless.scenario.Scenario;
import dev.regardless.scenario.Scenarios;
import dev.regardless.trace.TraceHeader;
import dev.regardless.trace.TraceReader;
import dev.regardless.trace.TraceWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** One use of `run` or `replay`: from file to printed summary and exit code. */
public final class RunSession {

  private static final String TRACE_FILE = "trace.file";

  private final PrintWriter out;
  private final PrintWriter err;
  private final boolean json;
  private final List<Scenario> scenarios = Scenarios.all();

  public RunSession(PrintWriter out, PrintWriter err, boolean json) {
    this.out = out;
    this.err = err;
    this.json = json;
  }

  /**
   * Runs a configuration file.
   *
   * @param overrides -Dkey=value
   * @param environment the process's environment
   * @return an {@link ExitCode}
   */
  public int run(Path file, Map<String, String> overrides, Map<String, String> environment) {
    Settings settings = ConfigurationFile.read(file, overrides, environment, scenarioNames());
    RunConfiguration configuration = RunConfiguration.of(settings);
    Scenario scenario = ScenarioParameters.scenario(scenarios, settings, configuration);
    List<RunSummary> summaries = configuration.traceFile().isEmpty()
        ? runAll(settings, configuration, scenario)
        : List.of(runTraced(settings, configuration, scenario));
    print(summaries);
    for (RunSummary summary : summaries) {
      if (!summary.verdict().equals("holds")) {
        printReplay(
            configuration.traceFile().isEmpty()
                ? runCommand(file, overrides, environment, summary)
                : "bin/regardless replay " + quoted(configuration.traceFile()));
      }
    }
    return exitCode(summaries);
  }

  private List<RunSummary> runAll(Settings settings, RunConfiguration configuration, Scenario scenario) {
    List<RunSummary> summaries = new ArrayList<>();
    for (Architecture architecture : configuration.architectures()) {
      Simulation simulation = new Simulation(configuration, architecture, scenario, settings::refuse);
      try (RunProgress progress = new RunProgress(simulation, architecture.name(), err)) {
        summaries.add(simulation.run(null));
      }
    }
    return summaries;
  }

  private RunSummary runTraced(Settings settings, RunConfiguration configuration, Scenario scenario) {
    if (configuration.architectures().size() > 1 || configuration.repeat() > 1) {
      throw settings.refuse(TRACE_FILE, "no trace file with several architectures or runs: a trace holds one run");
    }
    Path path = Path.of(configuration.traceFile());
    TraceHeader header = new TraceHeader(Version.line(), ConfigurationFile.canonical(settings, List.of(TRACE_FILE)));
    Simulation simulation = new Simulation(configuration, configuration.architectures().getFirst(), scenario,
        settings::refuse);
    try (TraceWriter writer = new TraceWriter(path, header);
        RunProgress progress = new RunProgress(simulation, "recording", err)) {
      RunSummary summary = simulation.run(writer);
      writer.finish(digest(summary));
      return summary;
    } catch (UncheckedIOException | IOException e) {
      throw settings.refuse(TRACE_FILE, "a file that can be written (%s)".formatted(e.getMessage())).causedBy(e);
    }
  }

  /**
   * Repeats a recorded run.
   *
   * @return an {@link ExitCode}
   */
  public int replay(Path file) {
    try (TraceReader reader = new TraceReader(file)) {
      TraceHeader header = reader.header();
      if (!header.version().equals(Version.line())) {
        throw BadInputException.in(
            file.toString(), "a trace of " + header.version(), "one of this version, " + Version.line());
      }
      Settings settings = ConfigurationFile.readCanonical(header.configuration(), file.toString(), scenarioNames());
      RunConfiguration configuration = RunConfiguration.of(settings);
      Scenario scenario = ScenarioParameters.scenario(scenarios, settings, configuration);
      Simulation simulation = new Simulation(configuration, configuration.architectures().getFirst(), scenario,
          settings::refuse);
      RunSummary summary;
      try (RunProgress progress = new RunProgress(simulation, "replaying", err)) {
        summary = simulation.replay(reader);
      }
      if (!MessageDigest.isEqual(reader.digest(), digest(summary))) {
        throw BadInputException.in(
            file.toString(), "the replayed run differs from the recorded one", "a trace of this very program");
      }
      print(List.of(summary));
      if (!summary.verdict().equals("holds")) {
        printReplay("bin/regardless replay " + quoted(file.toString()));
      }
      return exitCode(List.of(summary));
    } catch (IOException e) {
      throw BadInputException.in(file.toString(), "cannot be read: " + e.getMessage(), "a readable trace").causedBy(e);
    }
  }

  private Set<String> scenarioNames() {
    Set<String> names = new LinkedHashSet<>();
    scenarios.forEach(scenario -> names.add(scenario.name()));
    return names;
  }

  private void print(List<RunSummary> summaries) {
    if (json) {
      out.print(SummaryJson.document(summaries));
    } else {
      new SummaryText(out, summaries).print();
    }
    out.flush();
  }

  private void printReplay(String command) {
    PrintWriter where = json ? err : out;
    where.println();
    where.println("to see this run again: " + command);
    where.flush();
  }

  private static String runCommand(
      Path file, Map<String, String> overrides, Map<String, String> environment, RunSummary summary) {
    Map<String, String> all = new TreeMap<>(ConfigurationFile.forcedKeys(environment));
    all.putAll(overrides);
    all.remove(TRACE_FILE);
    all.put("architecture", summary.architecture());
    all.put("seed", Long.toString(summary.seed()));
    all.put("repeat", "1");
    StringBuilder command = new StringBuilder("bin/regardless run ").append(quoted(file.toString()));
    all.forEach((key, value) -> command.append(' ').append(quoted("-D" + key + '=' + value)));
    return command.toString();
  }

  /** As a shell takes it for one word. */
  private static String quoted(String word) {
    return word.matches("[A-Za-z0-9_./=:,+-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }

  private static int exitCode(List<RunSummary> summaries) {
    int code = ExitCode.HOLDS;
    for (RunSummary summary : summaries) {
      if (!summary.violations().isEmpty()) {
        return ExitCode.VIOLATED;
      }
      if (summary.limitReached()) {
        code = ExitCode.LIMIT_REACHED;
      }
    }
    return code;
  }

  private static byte[] digest(RunSummary summary) {
    try {
      return MessageDigest.getInstance("SHA-256")
          .digest(SummaryJson.document(List.of(summary)).getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
