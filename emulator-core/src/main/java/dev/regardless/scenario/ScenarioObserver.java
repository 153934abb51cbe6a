package dev.regardless.scenario;

import dev.regardless.machine.Tracepoint;
import java.util.List;

/**
 * Keeps a scenario's books outside the emulated machine: sees every tracepoint in the order of the run, and states in the
 * end what was counted and what was wrong. It must not touch the machine. Only the emulation engine calls it: it re-runs
 * nothing.
 */
public interface ScenarioObserver {

  /** A run begins: everything counted before is forgotten. */
  void runStarted();

  /**
   * Emulated code passed a tracepoint.
   *
   * @param thread index of the thread
   * @param cycles virtual time of its CPU
   * @return what is wrong with that, or the empty string: an invariant violated there and then
   */
  String passed(Tracepoint point, long first, long second, int thread, long cycles);

  /**
   * All threads have ended.
   *
   * @return what is wrong with the books, in full sentences; empty if they balance
   */
  List<String> runEnded();

  /** Hands over what was counted, in a fixed order. */
  void report(Report report);

  /** Takes what an observer counted. */
  interface Report {

    /** What costs are stated per, e.g. {@code completion}, and how many of it there were. At most one. */
    void unit(String name, long count);

    /** A number. */
    void count(String name, long value);

    /** Some durations: {@code durations[i]} cycles occurred {@code occurrences[i]} times. */
    void durations(String name, long[] durations, long[] occurrences);
  }
}
