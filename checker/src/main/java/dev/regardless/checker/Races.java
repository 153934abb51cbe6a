package dev.regardless.checker;

import dev.regardless.execution.ExecutionGraph;
import dev.regardless.execution.Signature;
import dev.regardless.machine.Access;
import java.util.BitSet;

/**
 * Data races of a complete execution: two accesses of one location by different threads, one of them a write and one of
 * them plain, that neither local order nor observations between marked accesses order. The LKMM, which knows no
 * architecture, calls more executions racy.
 */
final class Races {

  private Races() {}

  /** What races, or the empty string. */
  static String find(Explorer explorer) {
    ExecutionGraph graph = explorer.graph();
    BitSet[] before = synchronisation(graph);
    for (int a = 0; a < graph.size(); a++) {
      for (int b = a + 1; b < graph.size(); b++) {
        if (conflict(graph, a, b) && !before[a].get(b) && !before[b].get(a)) {
          return "%s and %s both access %s, unordered, one of them plainly".formatted(
              explorer.threads().name(graph.thread(a)),
              explorer.threads().name(graph.thread(b)),
              explorer.machine().memory().nameOf(graph.location(a)));
        }
      }
    }
    return "";
  }

  private static BitSet[] synchronisation(ExecutionGraph graph) {
    int size = graph.size();
    ExecutionGraph local = new ExecutionGraph(graph.model());
    local.ensureThreads(graph.threads());
    for (int location = 0; location < graph.locations(); location++) {
      local.declareLocation(location, 0);
    }
    for (int event = 0; event < size; event++) {
      int partner = graph.isWrite(event) ? graph.partner(event) : ExecutionGraph.NONE;
      local.append(graph.signature(event), graph.thread(event), graph.location(event), 0, graph.dependency(event),
          partner);
      if (graph.isRead(event)) {
        local.source(event, graph.readsFrom(event));
      }
    }
    BitSet[] before = new BitSet[size];
    for (int event = 0; event < size; event++) {
      before[event] = new BitSet();
      if (isAccess(graph, event)) {
        graph.model().orderLocally(local, event);
      }
      for (int other = 0; other < size; other++) {
        if (local.isOrdered(other, event)) {
          before[event].set(other);
        }
      }
      if (graph.isRead(event) && graph.readsFrom(event) >= 0
          && !isPlain(graph, event) && !isPlain(graph, graph.readsFrom(event))) {
        before[event].set(graph.readsFrom(event));
      }
    }
    close(before);
    return before;
  }

  private static void close(BitSet[] before) {
    for (int middle = 0; middle < before.length; middle++) {
      for (BitSet row : before) {
        if (row.get(middle)) {
          row.or(before[middle]);
        }
      }
    }
  }

  private static boolean conflict(ExecutionGraph graph, int a, int b) {
    return graph.thread(a) != graph.thread(b)
        && isAccess(graph, a)
        && isAccess(graph, b)
        && graph.location(a) == graph.location(b)
        && (graph.isWrite(a) || graph.isWrite(b))
        && (isPlain(graph, a) || isPlain(graph, b));
  }

  private static boolean isAccess(ExecutionGraph graph, int event) {
    return graph.isRead(event) || graph.isWrite(event);
  }

  private static boolean isPlain(ExecutionGraph graph, int event) {
    int signature = graph.signature(event);
    return Signature.access(signature) == Access.PLAIN && !Signature.isAtomic(signature);
  }
}
