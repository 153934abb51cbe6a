package dev.regardless.cli.run;

import dev.regardless.emulation.Violation;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * What one architecture's runs showed.
 *
 * @param architecture name
 * @param primitives variant of the primitive mapping
 * @param scenario name
 * @param cpus number of CPUs
 * @param scheduler kind
 * @param seed of the last run: the one that was cut or violated, if any
 * @param runs how many were made
 * @param violations of the last run
 * @param limitReached whether the last run was cut
 * @param counts what was counted over all runs, in order of printing
 * @param outcomes how often each outcome was seen, by outcome; empty for scenarios without registers
 * @param unit what costs are stated per; empty for none
 * @param units how many of it
 * @param durations distributions of durations, in order of printing
 * @param notes approximations and lost precision that the reader must know of
 */
public record RunSummary(
    String architecture,
    String primitives,
    String scenario,
    int cpus,
    String scheduler,
    long seed,
    long runs,
    List<Violation> violations,
    boolean limitReached,
    SequencedMap<String, Long> counts,
    SequencedMap<String, Long> outcomes,
    String unit,
    long units,
    SequencedMap<String, Distribution> durations,
    List<String> notes) {

  /** Names of {@link #counts} that are stated per unit. */
  static final List<String> COSTS = List.of("memory accesses", "atomics", "barriers", "lock acquisitions",
      "cache misses");

  public RunSummary {
    violations = List.copyOf(violations);
    notes = List.copyOf(notes);
  }

  /** holds, violated or limit reached. */
  public String verdict() {
    if (!violations.isEmpty()) {
      return "violated";
    }
    return limitReached ? "limit reached" : "holds";
  }

  /** A cost per unit; NaN without units. */
  double perUnit(Map.Entry<String, Long> cost) {
    return units == 0 ? Double.NaN : (double) cost.getValue() / units;
  }

  /**
   * A distribution of durations, in emulated cycles.
   *
   * @param count how many
   */
  public record Distribution(long count, long median, long p90, long p99, long p999, long maximum) {}
}
