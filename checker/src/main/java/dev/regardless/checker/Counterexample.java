package dev.regardless.checker;

import dev.regardless.execution.Execution;
import dev.regardless.machine.PropertyKind;
import java.util.List;

/**
 * An execution that violates a property, in an order with few context switches.
 *
 * @param kind the property
 * @param message what is wrong
 * @param thread name of the thread that showed it; empty for end checks
 * @param threads names of all threads
 * @param steps the events in order
 * @param switches number of changes from one thread to another in that order
 * @param execution the graph, whose events steps refer to
 */
public record Counterexample(
    PropertyKind kind,
    String message,
    String thread,
    List<String> threads,
    List<Step> steps,
    int switches,
    Execution execution) {

  public Counterexample {
    threads = List.copyOf(threads);
    steps = List.copyOf(steps);
  }

  /**
   * One event.
   *
   * @param event its number in the execution
   * @param thread index of its thread
   * @param action what it did, with location and value
   * @param written for the write of an atomic update the value alone, otherwise empty
   * @param function where in the emulated code, e.g. {@code WaitQueueHead.prepareToWait:91}; empty if unknown
   * @param note why it read what it read, if that was not the newest value; otherwise empty
   */
  public record Step(int event, int thread, String action, String written, String function, String note) {}
}
