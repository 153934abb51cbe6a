package dev.regardless.tests.bench;

import dev.regardless.cli.matrix.Matrix;
import dev.regardless.cli.matrix.MatrixCheck;
import dev.regardless.cli.matrix.MatrixFile;
import dev.regardless.emulation.Emulator;
import dev.regardless.emulation.EmulatorSettings;
import dev.regardless.emulation.FaultSettings;
import dev.regardless.emulation.PctScheduler;
import dev.regardless.emulation.RandomChooser;
import dev.regardless.emulation.RandomScheduler;
import dev.regardless.emulation.RunResult;
import dev.regardless.emulation.Scheduler;
import dev.regardless.machine.Architecture;
import dev.regardless.machine.Architectures;
import dev.regardless.scenario.Scenario;
import dev.regardless.scenario.Scenarios;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * How often random schedules show what the checker finds in the cells of a matrix: each cell's scenario is emulated, with
 * one seed after the other, a fixed number of times, and where the matrix expects a violation that was not seen, as often
 * again as is allowed. A third of the runs may switch at every access, the others switch more or less seldom. A line for
 * each row is printed, then each cell that the matrix expects to be violated and that was not, or the other way round.
 *
 * <p>Arguments: the matrix, runs of each cell, most runs of a cell, and which columns (none for all). The same arguments
 * give the same counts. Exit code 1 if a cell that should hold did not.
 */
public final class MatrixCampaign {

  private static final int CPUS = 4;
  private static final int[] MEAN_DISTANCES = {3, 40};
  private static final long MOST_ACCESSES = 1_000_000;
  private static final long SEED = 1;

  /**
   * What the runs of one cell on one architecture came to; {@code seen} by the property that was violated first, which need not
   * be the one that the checker found first.
   */
  private record Seen(String cell, String verdict, long runs, SortedMap<String, Long> seen) {

    boolean expected() {
      return !verdict.equals("holds");
    }

    long violations() {
      return seen.values().stream().mapToLong(Long::longValue).sum();
    }

    boolean showsVerdict() {
      return seen.containsKey(verdict);
    }

    double share() {
      return 100.0 * violations() / runs;
    }

    String text() {
      return "%s: %s of %,d runs".formatted(cell, violations() == 0 ? "nothing" : seen.toString(), runs);
    }
  }

  private final long runs;
  private final long most;

  private MatrixCampaign(long runs, long most) {
    this.runs = runs;
    this.most = most;
  }

  /** Runs the campaign. */
  public static void main(String[] arguments) {
    Matrix matrix = MatrixFile.read(arguments[0]);
    MatrixCampaign campaign = new MatrixCampaign(Long.parseLong(arguments[1]), Long.parseLong(arguments[2]));
    List<String> columns = List.of(arguments).subList(3, arguments.length);
    System.exit(campaign.run(matrix, columns));
  }

  private int run(Matrix matrix, List<String> columns) {
    Map<String, Scenario> scenarios = Scenarios.all().stream()
        .collect(Collectors.toMap(Scenario::name, scenario -> scenario));
    List<Seen> all = new ArrayList<>();
    System.out.println("| scenario | violated cells | seen | seen with the same property | share of runs | "
        + "other cells: runs, violations |");
    System.out.println("|---|---|---|---|---|---|");
    for (Matrix.Row row : matrix.rows()) {
      Scenario scenario = Objects.requireNonNull(scenarios.get(row.scenario()), row::scenario);
      List<Seen> cells = new ArrayList<>();
      for (Matrix.Column column : matrix.columns()) {
        if (columns.isEmpty() || columns.contains(column.name())) {
          for (Architecture architecture : Architectures.all()) {
            cells.add(
                cell(row, scenario, column, architecture, matrix.expectation(row, column).on(architecture.name())));
          }
        }
      }
      System.out.println(line(row.name(), cells));
      all.addAll(cells);
    }
    List<Seen> missed = all.stream().filter(each -> each.expected() && each.violations() == 0).toList();
    List<Seen> wrong = all.stream().filter(each -> !each.expected() && each.violations() > 0).toList();
    System.out.printf(Locale.ROOT, "%n%,d cells, %,d runs%n", all.size(), all.stream().mapToLong(Seen::runs).sum());
    missed.forEach(each -> System.out.println("not seen: " + each.text()));
    wrong.forEach(each -> System.out.println("expected to hold: " + each.text()));
    return wrong.isEmpty() ? 0 : 1;
  }

  private static String line(String row, List<Seen> cells) {
    List<Seen> violated = cells.stream().filter(Seen::expected).toList();
    List<Seen> others = cells.stream().filter(each -> !each.expected()).toList();
    String shares = violated.isEmpty()
        ? ""
        : String.format(Locale.ROOT, "%.3f to %.3f %%",
            violated.stream().mapToDouble(Seen::share).min().orElse(0),
            violated.stream().mapToDouble(Seen::share).max().orElse(0));
    return String.format(Locale.ROOT, "| %s | %d | %d | %d | %s | %,d, %d |", row, violated.size(),
        violated.stream().filter(each -> each.violations() > 0).count(),
        violated.stream().filter(Seen::showsVerdict).count(), shares,
        others.stream().mapToLong(Seen::runs).sum(), others.stream().mapToLong(Seen::violations).sum());
  }

  private Seen cell(
      Matrix.Row row, Scenario scenario, Matrix.Column column, Architecture architecture, String verdict) {
    SortedMap<String, String> parameters = MatrixCheck.parameters(row, scenario, column);
    List<Emulator> emulators = new ArrayList<>(List.of(emulator(architecture, row, new RandomScheduler(SEED))));
    for (int distance : MEAN_DISTANCES) {
      emulators.add(emulator(architecture, row, new PctScheduler(SEED, distance)));
    }
    emulators.forEach(emulator -> emulator.setUp(scenario, parameters));
    SortedMap<String, Long> seen = new TreeMap<>();
    long endless = 0;
    long done = 0;
    while (done < runs || (!verdict.equals("holds") && seen.isEmpty() && done < most)) {
      RunResult result = emulators.get((int) (done % emulators.size())).run();
      if (!result.violations().isEmpty()) {
        seen.merge(result.violations().getFirst().kind().id(), 1L, Long::sum);
      } else if (result.limitReached()) {
        endless++;
      }
      done++;
    }
    emulators.forEach(Emulator::close);
    String name = "%s of %s on %s".formatted(row.name(), column.name(), architecture.name());
    if (endless > 0) {
      System.out.printf("%s: %d runs reached the limit of accesses%n", name, endless);
    }
    return new Seen(name, verdict, done, seen);
  }

  private static Emulator emulator(Architecture architecture, Matrix.Row row, Scheduler scheduler) {
    EmulatorSettings plain = EmulatorSettings.of(CPUS);
    EmulatorSettings settings = new EmulatorSettings(
        plain.cpus(), plain.threads(), plain.primitives(), row.weakened(), plain.storeBufferEntries(),
        plain.historyEntries(), plain.drainBias(), plain.preemption(), plain.quarantine(), FaultSettings.NONE,
        plain.properties(), MOST_ACCESSES, 0);
    return new Emulator(architecture, settings, scheduler, new RandomChooser(~SEED));
  }
}
