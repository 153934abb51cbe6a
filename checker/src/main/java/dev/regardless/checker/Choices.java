package dev.regardless.checker;

import static dev.regardless.execution.ExecutionGraph.NONE;

import dev.regardless.execution.ExecutionGraph;
import dev.regardless.execution.Signature;

/**
 * Which write a read reads and where in co a write goes: the newest first, each alternative once. Methods are not static so
 * that tests can take one condition away.
 */
class Choices {

  /** Whether the write ends the wait of the read; true for reads that do not wait. */
  static boolean satisfies(ExecutionGraph graph, int read, int write) {
    int signature = graph.signature(read);
    return !Signature.isAwait(signature)
        || Signature.condition(signature)
            .holds(graph.writtenValue(write, graph.location(read)), graph.operand(read));
  }

  /** Lets the read read from the first possible write, from {@code write} on towards older ones. */
  boolean read(ExecutionGraph graph, int read, int write) {
    int floor = graph.floor(read);
    for (int candidate = write;; candidate = graph.coPrevious(candidate)) {
      if (mayRead(graph, read, candidate) && graph.readFrom(read, candidate)) {
        return true;
      }
      if (candidate == floor) {
        return false;
      }
    }
  }

  /**
   * Whether the write is worth reading. A write that another read-modify-write consumed is: the new one then has no place
   * for its own write, which still revisits. A wait that reads a stale unsatisfying value is not: it can never be revisited
   * and shows nothing new.
   */
  boolean mayRead(ExecutionGraph graph, int read, int write) {
    return !Signature.isAwait(graph.signature(read))
        || write == graph.coLast(graph.location(read))
        || satisfies(graph, read, write);
  }

  /** The next alternative of a read that has an rf edge; without one, if there is none. */
  boolean nextRead(ExecutionGraph graph, int read) {
    int write = graph.readsFrom(read);
    if (write == NONE) {
      return false;
    }
    graph.unread(read);
    return write != graph.floor(read) && read(graph, read, graph.coPrevious(write));
  }

  /** Places the write at the first possible place, after {@code prior} or an older write. */
  static boolean place(ExecutionGraph graph, int write, int prior) {
    int location = graph.location(write);
    int partner = graph.partner(write);
    if (partner >= 0) {
      int source = graph.readsFrom(partner);
      return !graph.isConsumed(source, location) && graph.place(write, source);
    }
    int floor = graph.floor(write);
    for (int candidate = prior;; candidate = graph.coPrevious(candidate)) {
      if (!graph.isConsumed(candidate, location) && graph.place(write, candidate)) {
        return true;
      }
      if (candidate == floor) {
        return false;
      }
    }
  }

  /** The next place of a write that has one; without one, if there is none. */
  static boolean nextPlace(ExecutionGraph graph, int write) {
    int prior = graph.coPrevious(write);
    if (prior == NONE) {
      return false;
    }
    graph.unplace(write);
    return graph.partner(write) < 0
        && prior != graph.floor(write)
        && place(graph, write, graph.coPrevious(prior));
  }

  /** Takes away what an event reads, or its place. */
  static void undo(ExecutionGraph graph, int event) {
    if (graph.isRead(event) && graph.readsFrom(event) != NONE) {
      graph.unread(event);
    } else if (graph.isWrite(event) && graph.coPrevious(event) != NONE) {
      graph.unplace(event);
    }
  }

  /** Whether some write that coherence allows ends the wait of a read that would come after {@code previous} in po. */
  boolean isEnabled(ExecutionGraph graph, int previous, int signature, int location, long operand) {
    int floor = graph.floorOf(previous, location);
    for (int candidate = graph.coLast(location);; candidate = graph.coPrevious(candidate)) {
      if (Signature.condition(signature).holds(graph.writtenValue(candidate, location), operand)) {
        return true;
      }
      if (candidate == floor) {
        return false;
      }
    }
  }
}
