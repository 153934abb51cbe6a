package dev.regardless.checker;

import static dev.regardless.execution.ExecutionGraph.NONE;

import dev.regardless.execution.ExecutionGraph;
import dev.regardless.execution.Signature;
import dev.regardless.memory.Memory;

/**
 * Backward revisits (TruSt, POPL 2022, section 3): a new write {@code a} changes the source of an older read {@code r};
 * what was inserted after {@code r} and is not before {@code a} in (po | rf) is deleted. Only allowed if {@code r} and all
 * that is deleted is <em>maximal</em>, so that each graph comes from exactly one revisit. Methods are not static so that tests
 * can take one condition away.
 */
class Revisits {

  private static final int UPDATE = Signature.atomic(Signature.of(Signature.WRITE, 0, 0));

  private long[] kept = new long[1];

  /**
   * The newest read not above {@code from} that {@code write}, without a place in co, may revisit; or {@link
   * ExecutionGraph#NONE}. Maximality depends on the event and the write only, so the scan ends at the first event that is
   * not maximal: every older read would delete it.
   */
  int next(ExecutionGraph graph, int write, int from) {
    int location = graph.location(write);
    int oldest = oldestCandidate(graph, write, location);
    for (int event = oldest < 0 ? oldest : from; event >= 0 && event >= oldest; event--) {
      if (graph.isPast(event, write)) {
        continue;
      }
      boolean read = graph.isRead(event);
      if (!isMaximalGracePeriod(graph, event)) {
        return NONE;
      }
      if (read ? !isMaximalRead(graph, event, write) : graph.isWrite(event) && !isMaximalWrite(graph, event, write)) {
        return NONE;
      }
      if (read && graph.location(event) == location) {
        return event;
      }
    }
    return NONE;
  }

  /** The oldest read of the location that is not before the write, or {@link ExecutionGraph#NONE}. */
  private static int oldestCandidate(ExecutionGraph graph, int write, int location) {
    int oldest = NONE;
    for (int event = graph.addedBefore(write); event >= 0; event = graph.addedBefore(event)) {
      if (graph.isRead(event) && graph.location(event) == location && !graph.isPast(event, write)) {
        oldest = event;
      }
    }
    return oldest;
  }

  /** Whether the event is no grace period that never ends: if it is added again, it ends first. */
  boolean isMaximalGracePeriod(ExecutionGraph graph, int event) {
    return !Signature.isEndless(graph.signature(event));
  }

  // In both, Previous(e) = events inserted no later than e, and those before the write in (po | rf).

  private boolean isMaximalWrite(ExecutionGraph graph, int event, int write) {
    return !isReadBefore(graph, event, write) && isLastBefore(graph, event, graph.location(event), event, write);
  }

  /** Whether an event of Previous({@code event}) reads the write {@code event}. */
  boolean isReadBefore(ExecutionGraph graph, int event, int write) {
    int location = graph.location(event);
    for (int reader = graph.firstReader(event, location); reader >= 0; reader = graph.nextReader(reader)) {
      if (reader < event || graph.isPast(reader, write)) {
        return true;
      }
    }
    return false;
  }

  private boolean isMaximalRead(ExecutionGraph graph, int event, int write) {
    int source = graph.readsFrom(event);
    return (source < event || graph.isPast(source, write))
        && isLastBefore(graph, source, graph.location(event), event, write);
  }

  /** Whether no write of Previous({@code event}) is co-after {@code source}. */
  boolean isLastBefore(ExecutionGraph graph, int source, int location, int event, int write) {
    for (int next = graph.coNext(source, location); next >= 0; next = graph.coNext(next, location)) {
      if (next < event || graph.isPast(next, write)) {
        return false;
      }
    }
    return true;
  }

  /**
   * Whether {@link #place} has any chance once the graph is restricted: not if the write is half of a read-modify-write
   * whose source stays consumed by another one, or is older than what the revisited read may read. Where many threads
   * update one location that is most revisits, and this is far cheaper than a restriction.
   */
  static boolean mayPlace(ExecutionGraph graph, int read, int write) {
    int partner = graph.partner(write);
    if (partner < 0) {
      return true;
    }
    int location = graph.location(write);
    int source = graph.readsFrom(partner);
    if (graph.isConsumed(source, location)) {
      int consumer = graph.coNext(source, location);
      if (consumer <= read || graph.isPast(consumer, write)) {
        return false;
      }
    }
    return !isAfter(graph, graph.floor(read), source, location);
  }

  /**
   * Whether nothing comes of what the read of an atomic update reads now: another update consumed it, so the write that is
   * sure to come has no place, and it would revisit nothing. Threads that need not be run for this are most of the work
   * where many of them update one location.
   */
  boolean isDeadEnd(ExecutionGraph graph, int read) {
    int signature = graph.signature(read);
    int location = graph.location(read);
    int source = graph.readsFrom(read);
    if ((signature & Signature.ALWAYS_WRITES) == 0
        || !graph.isConsumed(source, location)
        || !Choices.satisfies(graph, read, source)
        || graph.value(read) == Memory.FREED
        || graph.value(read) == Memory.UNINITIALISED) {
      return false;
    }
    int write = graph.append(UPDATE, graph.thread(read), location, 0, NONE, read);
    int next = next(graph, write, write - 1);
    while (next >= 0 && !mayPlace(graph, next, write)) {
      next = next(graph, write, next - 1);
    }
    graph.removeLast();
    return next < 0;
  }

  /** Makes {@code child} the graph in which {@code read} will read {@code write}, without rf edge and place yet. */
  void restrict(Frame parent, Frame child, int read, int write) {
    ExecutionGraph graph = parent.graph;
    int words = graph.words();
    if (kept.length < words) {
      kept = new long[words];
    }
    int lastWord = read >>> 6;
    for (int word = 0; word < words; word++) {
      long older = word < lastWord ? -1L : word == lastWord ? -1L >>> (63 - (read & 63)) : 0;
      kept[word] = older | graph.pastWord(write, word);
    }
    kept[write >>> 6] |= 1L << write;
    child.graph.restrict(graph, kept, read, write);
    child.startFrom(parent, read, child.graph.size() - 1);
  }

  /** Places the revisiting write after {@code prior} or an older write, and lets the revisited read read from it. */
  boolean place(ExecutionGraph graph, int read, int write, int prior) {
    int location = graph.location(write);
    int partner = graph.partner(write);
    int floor = graph.floor(write);
    int readFloor = graph.floor(read);
    if (partner >= 0) {
      int source = graph.readsFrom(partner);
      return !graph.isConsumed(source, location)
          && !isAfter(graph, readFloor, source, location)
          && placeAndRead(graph, read, write, source);
    }
    for (int candidate = prior;; candidate = graph.coPrevious(candidate)) {
      if (!graph.isConsumed(candidate, location) && placeAndRead(graph, read, write, candidate)) {
        return true;
      }
      if (candidate == floor || candidate == readFloor) {
        return false;
      }
    }
  }

  /** Whether {@code later} is co-after {@code earlier}. */
  private static boolean isAfter(ExecutionGraph graph, int later, int earlier, int location) {
    if (later == ExecutionGraph.INITIAL) {
      return false;
    }
    for (int next = graph.coNext(earlier, location); next >= 0; next = graph.coNext(next, location)) {
      if (next == later) {
        return true;
      }
    }
    return false;
  }

  private boolean placeAndRead(ExecutionGraph graph, int read, int write, int prior) {
    if (graph.coLast(graph.location(write)) != prior && !Choices.satisfies(graph, read, write)) {
      return false;
    }
    if (!graph.place(write, prior)) {
      return false;
    }
    if (graph.readFrom(read, write)) {
      return true;
    }
    graph.unplace(write);
    return false;
  }

  /** The next place of the revisiting write, or false with neither place nor rf edge. */
  boolean nextPlace(ExecutionGraph graph, int read, int write) {
    int prior = graph.coPrevious(write);
    graph.unread(read);
    graph.unplace(write);
    return graph.partner(write) < 0
        && prior != graph.floor(write)
        && prior != graph.floor(read)
        && place(graph, read, write, graph.coPrevious(prior));
  }
}
