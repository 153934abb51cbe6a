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

  // Three numbers each: a grace period, the first and the last event of a section that it waits for.
  private int waits;
  private int[] waiting = new int[12];

  /**
   * Whether adding the newest event, which is the last of its location in co or reads that, can make {@link #holds} false:
   * only by making a section longer that something outside already follows.
   */
  boolean isCritical(ExecutionGraph graph, int event) {
    int inside = graph.signature(event);
    for (int at = event; isInside(inside);) {
      at = graph.previous(at);
      inside = graph.signature(at);
      if (isFollowed(graph, at)) {
        return true;
      }
    }
    return false;
  }

  // Whether the event before this one is in the same section.
  private static boolean isInside(int signature) {
    return (signature & (Signature.IN_SECTION | Signature.NEW_SECTION)) == Signature.IN_SECTION;
  }

  private static boolean isFollowed(ExecutionGraph graph, int event) {
    int signature = graph.signature(event);
    if (!Signature.isAccess(signature)) {
      return true;
    }
    int location = graph.location(event);
    if (Signature.isRead(signature)) {
      return graph.coNext(graph.readsFrom(event), location) >= 0;
    }
    return graph.coNext(event, location) >= 0 || graph.firstReader(event, location) >= 0;
  }

  /** Whether the graph obeys the axiom. */
  boolean holds(ExecutionGraph graph) {
    if (!collect(graph)) {
      return true;
    }
    reach(graph);
    if (!isInOrder(graph)) {
      return false;
    }
    link(graph);
    return !hasHeavyCycle();
  }

  // A section that a grace period has to wait for was added before it; if not, the same graph is found with the grace
  // period added later.
  private boolean isInOrder(ExecutionGraph graph) {
    for (int section = 0; section < spans; section++) {
      if (weights[section] > 0) {
        continue;
      }
      follow(graph, starts[section]);
      for (int span = 0; span < spans; span++) {
        if (weights[span] > 0 && ends[section] > starts[span] && meets(ends[span] * words)) {
          return false;
        }
      }
    }
    return true;
  }

  /**
   * Whether a grace period of the thread may end now: no section that it has to wait for is still open.
   *
   * @param open for each thread whether it is inside a section
   */
  boolean mayEnd(ExecutionGraph graph, int thread, boolean[] open) {
    int end = graph.lastOf(thread);
    collect(graph);
    if (end < 0 || gracePeriods == spans) {
      return true;
    }
    reach(graph);
    for (int span = 0; span < spans; span++) {
      int sectionThread = graph.thread(ends[span]);
      if (weights[span] < 0 && open[sectionThread] && isLastSection(graph, sectionThread, span)) {
        follow(graph, starts[span]);
        if (meets(end * words)) {
          return false;
        }
      }
    }
    return true;
  }

  private boolean isLastSection(ExecutionGraph graph, int thread, int span) {
    int last = graph.lastOf(thread);
    return ends[span] == last || (isWaiting(graph, last) && graph.previous(last) == ends[span]);
  }

  // ---- revisits ---------------------------------------------------------------------------------------------------------

  /**
   * Finds which sections each grace period of the graph has to wait for, because something of the section is before
   * something that precedes the grace period.
   *
   * @return whether any has to wait for any
   */
  boolean findWaits(ExecutionGraph graph) {
    waits = 0;
    if (!collect(graph)) {
      return false;
    }
    reach(graph);
    for (int section = 0; section < spans; section++) {
      if (weights[section] > 0) {
        continue;
      }
      follow(graph, starts[section]);
      for (int span = 0; span < spans; span++) {
        if (weights[span] > 0 && meets(ends[span] * words)) {
          addWait(starts[span], starts[section], ends[section]);
        }
      }
    }
    return waits > 0;
  }

  private void addWait(int gracePeriod, int first, int last) {
    if (waits * 3 == waiting.length) {
      waiting = Arrays.copyOf(waiting, waits * 6 + 12);
    }
    waiting[waits * 3] = gracePeriod;
    waiting[waits * 3 + 1] = first;
    waiting[waits++ * 3 + 2] = last;
  }

  /** Adds to a set of events, closed in (po | rf), the sections that its grace periods wait for, and all before those. */
  void close(ExecutionGraph graph, long[] set) {
    boolean changed = true;
    while (changed) {
      changed = false;
      for (int wait = 0; wait < waits; wait++) {
        int last = waiting[wait * 3 + 2];
        if (isIn(set, waiting[wait * 3]) && !isIn(set, last)) {
          for (int word = 0; word < graph.words(); word++) {
            set[word] |= graph.pastWord(last, word);
          }
          set[last >>> 6] |= 1L << last;
          changed = true;
        }
      }
    }
  }

  private static boolean isIn(long[] set, int event) {
    return (set[event >>> 6] & 1L << event) != 0;
  }

  /**
   * Whether the event is as if it had been added last: no older grace period waits for its section, and if it is a grace
   * period, it waits for older sections only, or for such in {@code set}.
   */
  boolean isMaximal(ExecutionGraph graph, int event, long[] set) {
    for (int wait = 0; wait < waits; wait++) {
      int gracePeriod = waiting[wait * 3];
      int first = waiting[wait * 3 + 1];
      int last = waiting[wait * 3 + 2];
      if (gracePeriod == event && last > event && !isIn(set, last)) {
        return false;
      }
      if (gracePeriod < event && first <= event && event <= last && graph.thread(event) == graph.thread(first)) {
        return false;
      }
    }
    return true;
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
      if (Signature.isGracePeriod(signature) && graph.previous(event) >= 0) {
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
  private void link(ExecutionGraph graph) {
    if (distance.length < spans * spans) {
      distance = new int[spans * spans];
    }
    for (int from = 0; from < spans; from++) {
      follow(graph, starts[from]);
      int weight = weights[from] * (spans + 1) + 1;
      for (int to = 0; to < spans; to++) {
        distance[from * spans + to] = meets(ends[to] * words) ? weight : UNREACHABLE;
      }
    }
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
