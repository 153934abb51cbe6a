package dev.regardless.litmus.report;

import java.util.List;

/**
 * What a log says about one test.
 *
 * @param name      the test
 * @param kind      {@code Allowed}, {@code Forbidden} or {@code Required}
 * @param states    the final states as printed, in order
 * @param validated whether the condition holds (herd's Ok)
 * @param loop      whether a loop was cut, so that states may be missing
 * @param positive  executions whose final state satisfies the proposition
 * @param negative  executions whose final state does not
 * @param condition the condition as printed
 * @param seconds   time spent
 * @param hash      herd's digest of the test, empty if unknown
 */
public record LogEntry(String name, String kind, List<String> states, boolean validated, boolean loop, long positive,
    long negative, String condition, double seconds, String hash) {
  public LogEntry {
    states = List.copyOf(states);
  }

  /** {@code Never}, {@code Always} or {@code Sometimes}: how often the proposition is satisfied. */
  public String observation() {
    return positive == 0 ? "Never" : negative == 0 ? "Always" : "Sometimes";
  }
}
