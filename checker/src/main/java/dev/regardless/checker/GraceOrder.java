package dev.regardless.checker;

import dev.regardless.execution.ExecutionGraph;
import dev.regardless.execution.Signature;
import java.util.Arrays;

/**
 * The axiom of RCU (Alglave et al., "Frightening small children and disconcerting grown-ups", ASPLOS 2018, section 4): no
 * cycle of the global order passes through at least as many grace periods as read-side critical sections. Passing a grace
 * period means to go from an event before it in po to one after it; passing a section, from an event that is not after its
 * end to one that is not before its start. The paper proves that this is the fundamental law of RCU, whose literal form is
 * {@link GraceLaw}.
 *
 * <p>Only whole executions and reported violations are filtered: an execution that cannot be real may have to be passed
 * through on the way to one that can. Cost: the square of the number of events in words, and the cube of the number of grace
 * periods and sections. Reuses its arrays; not thread-safe.
 */
final class GraceOrder {

  private static final int UNREACHABLE = Integer.MIN_VALUE / 4;

  private int size;
  private int words;

  // Grace periods and sections: weight, the newest event before the end, the oldest after the start.
  private int spans;
  private int gracePeriods;
  private int[] weights = new int[16];
  private int[] ends = new int[16];
  private int[] starts = new int[16];
  private int[] distance = new int[0];
  private long[] reached = new long[0];
  private long[] later = new long[0];
  private boolean[] member = new boolean[0];

  /**
   * Whether the graph obeys the axiom. A section that is open keeps grace periods from ending: those in the graph have ended,
   * so it can only have begun when they had.
   *
   * @param open for each thread whether it is inside a section, or may be if it goes on
   */
  boolean holds(ExecutionGraph graph, boolean[] open) {
    if (!collect(graph)) {
      return true;
    }
    reach(graph);
    link(graph, open);
    return !hasHeavyCycle();
  }

  /** Whether there are both grace periods and sections. */
  private boolean collect(ExecutionGraph graph) {
    size = graph.size();
    words = (size + 63) >>> 6;
    spans = 0;
    gracePeriods = 0;
    for (int thread = 0; thread < graph.threads(); thread++) {
      collect(graph, thread);
    }
    return gracePeriods > 0 && gracePeriods < spans;
  }

  private void collect(ExecutionGraph graph, int thread) {
    int[] events = graph.events(thread);
    int length = graph.length(thread);
    // What a thread still waits for has not happened.
    if (length > 0 && isWaiting(graph, events[length - 1])) {
      length--;
    }
    int first = -1;
    for (int i = 0; i < length; i++) {
      int event = events[i];
      int signature = graph.signature(event);
      if (first >= 0 && (signature & (Signature.IN_SECTION | Signature.NEW_SECTION)) != Signature.IN_SECTION) {
        add(-1, events[i - 1], first);
        first = -1;
      }
      if (Signature.isGracePeriod(signature) && !Signature.isEndless(signature) && graph.previous(event) >= 0) {
        add(1, graph.previous(event), event);
        gracePeriods++;
      }
      if (first < 0 && (signature & Signature.IN_SECTION) != 0) {
        first = event;
      }
    }
    if (first >= 0) {
      add(-1, events[length - 1], first);
    }
  }

  private static boolean isWaiting(ExecutionGraph graph, int event) {
    return event >= 0 && graph.isRead(event) && graph.readsFrom(event) != ExecutionGraph.NONE
        && !Choices.satisfies(graph, event, graph.readsFrom(event));
  }

  private void add(int weight, int end, int start) {
    if (spans == weights.length) {
      weights = Arrays.copyOf(weights, spans * 2);
      ends = Arrays.copyOf(ends, spans * 2);
      starts = Arrays.copyOf(starts, spans * 2);
    }
    weights[spans] = weight;
    ends[spans] = end;
    starts[spans++] = start;
  }

  // For each event all events up to it in po, and all that is before those in the global order.
  private void reach(ExecutionGraph graph) {
    if (reached.length < size * words) {
      reached = new long[size * words * 2];
    }
    for (int event = 0; event < size; event++) {
      int row = event * words;
      int previous = graph.previous(event) * words;
      for (int word = 0; word < words; word++) {
        reached[row + word] = graph.orderedWord(event, word) | (previous < 0 ? 0 : reached[previous + word]);
      }
      reached[row + (event >>> 6)] |= 1L << event;
    }
  }

  // distance[x][y] is the weight of x if something after the start of x is something before the end of y, or is before it.
  private void link(ExecutionGraph graph, boolean[] open) {
    if (distance.length < spans * spans) {
      distance = new int[spans * spans];
    }
    for (int from = 0; from < spans; from++) {
      follow(graph, starts[from]);
      int weight = weights[from] * (spans + 1) + 1;
      for (int to = 0; to < spans; to++) {
        boolean before = (weights[from] > 0 && isOpen(graph, to, open)) || meets(ends[to] * words);
        distance[from * spans + to] = before ? weight : UNREACHABLE;
      }
    }
  }

  private boolean isOpen(ExecutionGraph graph, int span, boolean[] open) {
    int thread = graph.thread(ends[span]);
    return weights[span] < 0 && open[thread] && ends[span] == lastHappened(graph, thread);
  }

  // What a thread still waits for has not happened.
  private static int lastHappened(ExecutionGraph graph, int thread) {
    int last = graph.lastOf(thread);
    return isWaiting(graph, last) ? graph.previous(last) : last;
  }

  // All events from this one on in po, with the writes right after what they read: the graph's rows may lack those edges.
  private void follow(ExecutionGraph graph, int start) {
    later = later.length < words ? new long[words * 2] : later;
    member = member.length < size ? new boolean[size * 2] : member;
    Arrays.fill(later, 0, words, 0);
    for (int event = start; event < size; event++) {
      int previous = graph.previous(event);
      member[event] = event == start || (previous >= start && member[previous]);
      if (!member[event]) {
        continue;
      }
      later[event >>> 6] |= 1L << event;
      int next = graph.isRead(event) && graph.readsFrom(event) != ExecutionGraph.NONE
          ? graph.coNext(graph.readsFrom(event), graph.location(event))
          : -1;
      if (next >= 0) {
        later[next >>> 6] |= 1L << next;
      }
    }
  }

  private boolean meets(int row) {
    for (int word = 0; word < words; word++) {
      if ((reached[row + word] & later[word]) != 0) {
        return true;
      }
    }
    return false;
  }

  // Weights are scaled so that a cycle weighs more than 0 if it has as many grace periods as sections; the longest walks are
  // finite until the first such cycle closes.
  private boolean hasHeavyCycle() {
    for (int middle = 0; middle < spans; middle++) {
      for (int from = 0; from < spans; from++) {
        int first = distance[from * spans + middle];
        if (first == UNREACHABLE) {
          continue;
        }
        for (int to = 0; to < spans; to++) {
          int second = distance[middle * spans + to];
          if (second != UNREACHABLE && first + second > distance[from * spans + to]) {
            distance[from * spans + to] = first + second;
          }
        }
        if (distance[from * spans + from] > 0) {
          return true;
        }
      }
    }
    return false;
  }
}
