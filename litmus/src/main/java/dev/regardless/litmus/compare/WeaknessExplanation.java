package dev.regardless.litmus.compare;

import dev.regardless.axiomatic.LocalEvents;
import dev.regardless.axiomatic.LocalOrder;
import dev.regardless.litmus.engine.ExecutionExample;
import dev.regardless.litmus.engine.ExecutionExample.Edge;
import dev.regardless.litmus.engine.ExecutionExample.Node;
import dev.regardless.litmus.engine.ExecutionExample.Role;
import dev.regardless.litmus.load.LoadedTest;
import dev.regardless.litmus.report.StatePrinter;
import dev.regardless.litmus.test.MemoryCell;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Objects;

/** Says why sequential consistency forbids an execution, and which part of the reason a weaker model does not keep. */
final class WeaknessExplanation {
  private final LoadedTest loaded;
  private final ExecutionExample example;
  private final int count;
  private final String[][] relation;
  private final boolean[][] kept;

  private WeaknessExplanation(LoadedTest loaded, ExecutionExample example, LocalOrder model) {
    this.loaded = loaded;
    this.example = example;
    count = example.events().size();
    relation = new String[count][count];
    kept = new boolean[count][count];
    for (int from = 0; from < count; from++) {
      for (int to = from + 1; to < count; to++) {
        if (isAccess(from) && isAccess(to) && thread(from) >= 0 && thread(from) == thread(to)) {
          relation[from][to] = "po";
        }
      }
    }
    communication("rf", example.readsFrom());
    communication("co", example.coherence());
    communication("fr", example.fromReads());
    for (int thread = 0; thread < loaded.test().threads().size(); thread++) {
      keep(thread, model);
    }
  }

  /**
   * One line: the cycle, and the edges in it that the model relaxes.
   *
   * @param example an execution with the outcome to explain
   * @param model   the model that allows it
   */
  static String explain(LoadedTest loaded, ExecutionExample example, LocalOrder model) {
    return new WeaknessExplanation(loaded, example, model).text();
  }

  private boolean isAccess(int event) {
    return example.events().get(event).role() != Role.FENCE;
  }

  private int thread(int event) {
    return example.events().get(event).thread();
  }

  private void communication(String name, List<Edge> edges) {
    for (Edge edge : edges) {
      boolean external = thread(edge.from()) != thread(edge.to());
      relation[edge.from()][edge.to()] = name;
      kept[edge.from()][edge.to()] |= external || !name.equals("rf");
    }
  }

  /** Marks what the model orders within a thread, transitively. */
  private void keep(int thread, LocalOrder model) {
    int first = 0;
    while (first < count && thread(first) != thread) {
      first++;
    }
    int events = 0;
    while (first + events < count && thread(first + events) == thread) {
      events++;
    }
    long[] order = model.order(localEvents(first, events)).clone();
    for (int middle = 0; middle < events; middle++) {
      for (int from = 0; from < events; from++) {
        if ((order[from] >>> middle & 1) != 0) {
          order[from] |= order[middle];
        }
      }
    }
    for (int from = 0; from < events; from++) {
      for (int to = 0; to < events; to++) {
        kept[first + from][first + to] |= (order[from] >>> to & 1) != 0;
      }
    }
  }

  private LocalEvents localEvents(int first, int events) {
    LocalEvents local = new LocalEvents();
    int instance = -1;
    int instruction = -1;
    for (int event = 0; event < events; event++) {
      Node node = example.events().get(first + event);
      instance += node.instruction() == instruction ? 0 : 1;
      instruction = node.instruction();
      long control = sources(example.controlDependencies(), first, first + event);
      if (node.role() == Role.FENCE) {
        local.addFence(Objects.requireNonNull(node.fence()), instance, instruction, control, control);
        continue;
      }
      LocalEvents.Kind kind = node.role() == Role.READ ? LocalEvents.Kind.READ : LocalEvents.Kind.WRITE;
      int added = local.addAccess(kind, instance, instruction, node.cell(), node.annotations(), control, control);
      long address = sources(example.addressDependencies(), first, first + event);
      long data = sources(example.dataDependencies(), first, first + event);
      local.depend(added, address, data, address, data, address | data);
    }
    return local;
  }

  private static long sources(List<Edge> edges, int first, int target) {
    long mask = 0;
    for (Edge edge : edges) {
      mask |= edge.to() == target ? 1L << (edge.from() - first) : 0;
    }
    return mask;
  }

  private String text() {
    List<Integer> cycle = shortestCycle();
    if (cycle.isEmpty()) {
      return "no cycle found";
    }
    StringBuilder text = new StringBuilder(name(cycle.getFirst()));
    List<String> relaxed = new ArrayList<>();
    for (int index = 0; index < cycle.size(); index++) {
      int from = cycle.get(index);
      int to = cycle.get((index + 1) % cycle.size());
      text.append(" -").append(relation[from][to]).append("-> ").append(name(to));
      if (!kept[from][to]) {
        relaxed.add(name(from) + " before " + name(to));
      }
    }
    return text.append("; not kept: ").append(relaxed.isEmpty() ? "nothing found" : String.join(", ", relaxed))
        .toString();
  }

  /** The events of a shortest cycle; empty if there is none. Of several, one with the fewest edges the model relaxes. */
  private List<Integer> shortestCycle() {
    List<Integer> best = List.of();
    for (int start = 0; start < count; start++) {
      List<Integer> cycle = cycleFrom(start);
      boolean better = best.isEmpty() || cycle.size() < best.size()
          || (cycle.size() == best.size() && relaxed(cycle) < relaxed(best));
      if (!cycle.isEmpty() && better) {
        best = cycle;
      }
    }
    return best;
  }

  private long relaxed(List<Integer> cycle) {
    long edges = 0;
    for (int index = 0; index < cycle.size(); index++) {
      edges += kept[cycle.get(index)][cycle.get((index + 1) % cycle.size())] ? 0 : 1;
    }
    return edges;
  }

  private List<Integer> cycleFrom(int start) {
    int[] previous = new int[count];
    Arrays.fill(previous, -1);
    Deque<Integer> queue = new ArrayDeque<>(List.of(start));
    while (!queue.isEmpty()) {
      int from = queue.remove();
      for (int to = 0; to < count; to++) {
        if (relation[from][to] == null || (to != start && previous[to] >= 0)) {
          continue;
        }
        if (to == start) {
          return path(start, from, previous);
        }
        previous[to] = from;
        queue.add(to);
      }
    }
    return List.of();
  }

  private static List<Integer> path(int start, int last, int[] previous) {
    Deque<Integer> path = new ArrayDeque<>();
    for (int event = last; event != start; event = previous[event]) {
      path.push(event);
    }
    path.push(start);
    return List.copyOf(path);
  }

  private String name(int event) {
    Node node = example.events().get(event);
    MemoryCell cell = loaded.test().memory().cells().get(node.cell());
    String where = node.thread() < 0 ? "initially " : "P" + node.thread() + " ";
    return where + (node.role() == Role.READ ? "R" : "W") + " " + cell.text() + "="
        + new StatePrinter(loaded).value(node.value(), cell.type());
  }
}
