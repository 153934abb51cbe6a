package dev.regardless.checker;

import dev.regardless.execution.ExecutionGraph;
import dev.regardless.execution.Signature;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * The fundamental law of RCU (Alglave et al., "Frightening small children and disconcerting grown-ups", ASPLOS 2018): for
 * each grace period and each critical section, either all that is before the grace period is before all that follows the
 * section's start, or all that precedes the section's end is before all that follows the grace period. An execution is real
 * if some choice for all pairs leaves the global order without a cycle.
 *
 * <p>Only whole executions and reported violations are filtered: an execution that cannot be real may have to be passed
 * through on the way to one that can.
 */
final class GraceOrder {

  /** A grace period or critical section: what is before its end or start, what is after, in which thread it is. */
  private record Span(int thread, BitSet before, BitSet after) {}

  private GraceOrder() {}

  static boolean holds(ExecutionGraph graph) {
    List<Span> gracePeriods = new ArrayList<>();
    for (int event = 0; event < graph.size(); event++) {
      if (Signature.afterGracePeriod(graph.signature(event))) {
        gracePeriods.add(new Span(graph.thread(event), upTo(graph, graph.previous(event)), from(graph, event)));
      }
    }
    List<Span> sections = new ArrayList<>();
    List<int[]> pairs = new ArrayList<>();
    for (int thread = 0; thread < graph.threads(); thread++) {
      sections(graph, thread, sections);
    }
    for (int g = 0; g < gracePeriods.size(); g++) {
      for (int s = 0; s < sections.size(); s++) {
        if (gracePeriods.get(g).thread != sections.get(s).thread) {
          pairs.add(new int[] {g, s});
        }
      }
    }
    return pairs.isEmpty() || search(closed(graph), pairs, 0, gracePeriods, sections);
  }

  private static void sections(ExecutionGraph graph, int thread, List<Span> found) {
    int first = -1;
    int last = -1;
    for (int i = 0; i < graph.length(thread); i++) {
      int event = graph.events(thread)[i];
      int signature = graph.signature(event);
      boolean inside = (signature & Signature.IN_SECTION) != 0;
      if (first >= 0 && (!inside || (signature & Signature.NEW_SECTION) != 0)) {
        found.add(new Span(thread, upTo(graph, last), from(graph, first)));
        first = -1;
      }
      if (inside) {
        first = first < 0 ? event : first;
        last = event;
      }
    }
    if (first >= 0) {
      found.add(new Span(thread, upTo(graph, last), from(graph, first)));
    }
  }

  private static BitSet upTo(ExecutionGraph graph, int event) {
    BitSet set = new BitSet();
    for (int at = event; at >= 0; at = graph.previous(at)) {
      set.set(at);
    }
    return set;
  }

  private static BitSet from(ExecutionGraph graph, int event) {
    BitSet set = new BitSet();
    for (int other = 0; other < graph.size(); other++) {
      for (int at = other; at >= 0; at = graph.previous(at)) {
        if (at == event) {
          set.set(other);
          break;
        }
      }
    }
    return set;
  }

  // The graph's own rows may lack reads that nothing new follows from; here they count.
  private static BitSet[] closed(ExecutionGraph graph) {
    int size = graph.size();
    BitSet[] before = new BitSet[size];
    for (int event = 0; event < size; event++) {
      before[event] = new BitSet();
      for (int other = 0; other < size; other++) {
        if (graph.isOrdered(other, event)) {
          before[event].set(other);
        }
      }
    }
    for (int read = 0; read < size; read++) {
      if (graph.isRead(read)) {
        int next = graph.coNext(graph.readsFrom(read), graph.location(read));
        if (next >= 0) {
          before[next].set(read);
        }
      }
    }
    close(before);
    return before;
  }

  /** Makes rows of predecessors transitive. */
  static void close(BitSet[] before) {
    for (int middle = 0; middle < before.length; middle++) {
      for (BitSet row : before) {
        if (row.get(middle)) {
          row.or(before[middle]);
        }
      }
    }
  }

  private static boolean search(
      BitSet[] before, List<int[]> pairs, int at, List<Span> gracePeriods, List<Span> sections) {
    if (at == pairs.size()) {
      return true;
    }
    Span gracePeriod = gracePeriods.get(pairs.get(at)[0]);
    Span section = sections.get(pairs.get(at)[1]);
    BitSet[] sectionLater = with(before, gracePeriod.before, section.after);
    if (sectionLater.length != 0 && search(sectionLater, pairs, at + 1, gracePeriods, sections)) {
      return true;
    }
    BitSet[] sectionEarlier = with(before, section.before, gracePeriod.after);
    return sectionEarlier.length != 0 && search(sectionEarlier, pairs, at + 1, gracePeriods, sections);
  }

  /** The order with all of {@code earlier} before all of {@code later}; empty if that is a cycle. */
  private static BitSet[] with(BitSet[] before, BitSet earlier, BitSet later) {
    BitSet[] result = new BitSet[before.length];
    for (int event = 0; event < result.length; event++) {
      result[event] = (BitSet) before[event].clone();
      if (later.get(event)) {
        result[event].or(earlier);
      }
    }
    close(result);
    for (int event = 0; event < result.length; event++) {
      if (result[event].get(event)) {
        return new BitSet[0];
      }
    }
    return result;
  }
}
