package dev.regardless.checker;

import dev.regardless.execution.Event;
import dev.regardless.execution.Execution;
import dev.regardless.execution.ExecutionGraph;
import dev.regardless.execution.Signature;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;

/** Graphs as data. */
final class Snapshots {

  private Snapshots() {}

  /** The graph as it is now; reads without rf edge and writes without place must not be in it. */
  static Execution of(ExecutionGraph graph) {
    int[] numbers = new int[graph.size()];
    Arrays.setAll(numbers, event -> event);
    return of(graph, numbers);
  }

  /** The same without the last events of threads that wait, reads and grace periods: nothing depends on them. */
  static Execution withoutWaits(ExecutionGraph graph) {
    int[] numbers = new int[graph.size()];
    int kept = 0;
    for (int e = 0; e < numbers.length; e++) {
      numbers[e] = isWaiting(graph, e) ? -1 : kept++;
    }
    return of(graph, numbers);
  }

  private static boolean isWaiting(ExecutionGraph graph, int event) {
    return Signature.isEndless(graph.signature(event))
        || (graph.isRead(event) && !Choices.satisfies(graph, event, graph.readsFrom(event)));
  }

  private static Execution of(ExecutionGraph graph, int[] numbers) {
    List<Event> events = new ArrayList<>();
    TreeMap<Integer, List<Integer>> writes = new TreeMap<>();
    for (int e = 0; e < graph.size(); e++) {
      if (numbers[e] < 0) {
        continue;
      }
      boolean write = graph.isWrite(e);
      events.add(
          new Event(
              graph.thread(e),
              graph.index(e),
              graph.signature(e),
              graph.location(e),
              graph.value(e),
              number(numbers, graph.previous(e)),
              graph.isRead(e) ? number(numbers, graph.readsFrom(e)) : Execution.INITIAL,
              write ? number(numbers, graph.partner(e)) : -1,
              number(numbers, graph.dependency(e))));
      if (write && graph.coPrevious(e) == ExecutionGraph.INITIAL) {
        List<Integer> list = new ArrayList<>();
        for (int at = e; at >= 0; at = graph.coNext(at, graph.location(e))) {
          list.add(numbers[at]);
        }
        writes.put(graph.location(e), list);
      }
    }
    List<int[]> coherence = new ArrayList<>();
    writes.values().forEach(list -> coherence.add(list.stream().mapToInt(Integer::intValue).toArray()));
    return new Execution(events, coherence);
  }

  private static int number(int[] numbers, int event) {
    return event < 0 ? -1 : numbers[event];
  }
}
