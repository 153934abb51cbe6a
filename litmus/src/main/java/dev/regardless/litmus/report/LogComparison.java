package dev.regardless.litmus.report;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Compares a computed entry with an expected one.
 *
 * <p>Final states, kind, verdict and the Observation line with its numbers must be equal. Where the expected log cut a
 * loop, its states are a lower bound: all of them must be there, more may be, and numbers are not compared.
 */
public final class LogComparison {
  private LogComparison() {}

  /**
   * Lists what differs, one line each; empty if nothing does.
   *
   * @param found    what was computed
   * @param expected what the log says
   * @param counted  whether both count executions, so that the numbers of the Observation line must agree
   */
  public static List<String> differences(LogEntry found, LogEntry expected, boolean counted) {
    List<String> lines = new ArrayList<>();
    if (!found.kind().equals(expected.kind())) {
      lines.add("kind " + found.kind() + ", expected " + expected.kind());
    }
    for (String state : without(expected.states(), found.states())) {
      lines.add("missing state " + state);
    }
    if (!expected.loop()) {
      for (String state : without(found.states(), expected.states())) {
        lines.add("unexpected state " + state);
      }
      compareVerdicts(found, expected, counted, lines);
    }
    return lines;
  }

  private static void compareVerdicts(LogEntry found, LogEntry expected, boolean counted, List<String> lines) {
    if (found.validated() != expected.validated()) {
      lines.add("condition " + (found.validated() ? "Ok" : "No") + ", expected "
          + (expected.validated() ? "Ok" : "No"));
    }
    String observed = observation(found, counted);
    if (!observed.equals(observation(expected, counted))) {
      lines.add("observation " + observed + ", expected " + observation(expected, counted));
    }
  }

  private static String observation(LogEntry entry, boolean counted) {
    return counted
        ? entry.observation() + " " + entry.positive() + " " + entry.negative()
        : entry.observation();
  }

  private static Set<String> without(List<String> states, List<String> others) {
    Set<String> rest = new LinkedHashSet<>(states);
    others.forEach(rest::remove);
    return rest;
  }
}
