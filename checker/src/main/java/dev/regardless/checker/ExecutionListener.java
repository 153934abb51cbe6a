package dev.regardless.checker;

import dev.regardless.execution.ExecutionGraph;
import dev.regardless.machine.PropertyKind;

/** Told of every execution that the explorer reaches; the graph is valid during the call only. */
interface ExecutionListener {

  /** All threads ended and nothing was violated. */
  void complete(ExecutionGraph graph);

  /** Some thread waits for a value that it does not read here, though it would see it in the end. */
  void blocked(ExecutionGraph graph);

  /** Some thread exceeded a loop bound, so this execution was not followed to its end. */
  default void cut(ExecutionGraph graph) {
    blocked(graph);
  }

  /**
   * A property is violated. For {@link PropertyKind#HANG} at the end: what the threads wait for has its last value and that
   * does not satisfy them.
   *
   * @param thread index, or -1 in end checks
   */
  void violated(ExecutionGraph graph, PropertyKind kind, String message, int thread);
}
