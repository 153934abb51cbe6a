package dev.regardless.litmus.axiomatic;

import dev.regardless.axiomatic.LocalEvents;
import dev.regardless.litmus.engine.ExecutionExample;
import dev.regardless.litmus.engine.ExecutionExample.Edge;
import dev.regardless.litmus.engine.ExecutionExample.Node;
import dev.regardless.litmus.engine.ExecutionExample.Role;
import dev.regardless.litmus.outcome.Outcome;
import dev.regardless.litmus.test.MemoryCell;
import java.util.ArrayList;
import java.util.List;

/** Draws one execution out of a search: picks a coherence order that fits and lists events and edges. */
final class ExampleBuilder {
  private final Combination combination;
  private final OrderGraph graph;
  private final int[] source;
  private final long[][] values;
  private final int[] lastWrite;
  private final List<Node> nodes = new ArrayList<>();
  private int[] nodeOfAccess = new int[0];
  private int[] nodeOfInitial = new int[0];

  /** @param lastWrite for each cell the write that comes last in coherence order, or a negative number if any may */
  ExampleBuilder(Combination combination, OrderGraph graph, int[] source, long[][] values, int[] lastWrite) {
    this.combination = combination;
    this.graph = graph;
    this.source = source;
    this.values = values;
    this.lastWrite = lastWrite;
  }

  ExecutionExample build(Outcome outcome, boolean satisfies) {
    nodeOfAccess = new int[combination.count];
    nodeOfInitial = new int[combination.writesOfCell.length];
    initialWrites();
    List<Edge> address = new ArrayList<>();
    List<Edge> data = new ArrayList<>();
    List<Edge> control = new ArrayList<>();
    List<Edge> pairs = new ArrayList<>();
    for (int thread = 0; thread < combination.paths.length; thread++) {
      thread(thread, address, data, control, pairs);
    }
    List<Edge> readsFrom = new ArrayList<>();
    List<Edge> coherence = new ArrayList<>();
    List<Edge> fromReads = new ArrayList<>();
    for (int cell = 0; cell < nodeOfInitial.length; cell++) {
      communicate(cell, readsFrom, coherence, fromReads);
    }
    return new ExecutionExample(outcome, satisfies, List.copyOf(nodes), readsFrom, coherence, fromReads, address, data,
        control, pairs);
  }

  private void initialWrites() {
    List<MemoryCell> cells = combination.test.memory().cells();
    for (int cell = 0; cell < cells.size(); cell++) {
      nodeOfInitial[cell] = nodes.size();
      nodes.add(new Node(-1, -1, Role.WRITE, cell, cells.get(cell).initial(), 0, null));
    }
  }

  private void thread(int thread, List<Edge> address, List<Edge> data, List<Edge> control, List<Edge> pairs) {
    CompiledPath path = combination.paths[thread];
    LocalEvents events = path.path.events();
    int first = nodes.size();
    int access = combination.offsets[thread];
    for (int event = 0; event < events.count(); event++) {
      if (events.kind(event) == LocalEvents.Kind.FENCE) {
        nodes.add(
            new Node(thread, events.instruction(event), Role.FENCE, -1, 0, 0, events.fence(event)));
        continue;
      }
      boolean read = events.kind(event) == LocalEvents.Kind.READ;
      long value = read ? values[thread][event] : combination.written(access, values);
      nodeOfAccess[access++] = nodes.size();
      nodes.add(new Node(thread, events.instruction(event), read ? Role.READ : Role.WRITE, events.cell(event), value,
          events.annotations(event), null));
    }
    for (int event = 0; event < events.count(); event++) {
      edges(events.addressSources(event), first, first + event, address);
      edges(events.dataSources(event), first, first + event, data);
      edges(events.controlSources(event), first, first + event, control);
      if (events.kind(event) == LocalEvents.Kind.READ) {
        for (long rest = events.atomicPartners(event); rest != 0; rest &= rest - 1) {
          pairs.add(new Edge(first + event, first + Long.numberOfTrailingZeros(rest)));
        }
      }
    }
  }

  private static void edges(long sources, int first, int target, List<Edge> edges) {
    for (long rest = sources; rest != 0; rest &= rest - 1) {
      edges.add(new Edge(first + Long.numberOfTrailingZeros(rest), target));
    }
  }

  private void communicate(int cell, List<Edge> readsFrom, List<Edge> coherence, List<Edge> fromReads) {
    List<Integer> order = coherenceOrder(combination.writesOfCell[cell], lastWrite[cell]);
    int previous = nodeOfInitial[cell];
    for (int write : order) {
      coherence.add(new Edge(previous, nodeOfAccess[write]));
      previous = nodeOfAccess[write];
    }
    for (int access = 0; access < combination.count; access++) {
      if (combination.cells[access] != cell || (combination.writes >>> access & 1) != 0) {
        continue;
      }
      int from = source[access];
      readsFrom.add(new Edge(from < 0 ? nodeOfInitial[cell] : nodeOfAccess[from], nodeOfAccess[access]));
      int position = from < 0 ? 0 : order.indexOf(from) + 1;
      if (position < order.size()) {
        fromReads.add(new Edge(nodeOfAccess[access], nodeOfAccess[order.get(position)]));
      }
    }
  }

  /** One linear extension of what is known, keeping writes that must be adjacent together. */
  private List<Integer> coherenceOrder(long writes, int last) {
    List<Integer> order = new ArrayList<>();
    long left = writes;
    int forced = -1;
    while (left != 0) {
      int chosen = forced;
      for (long rest = left; rest != 0 && chosen < 0; rest &= rest - 1) {
        int write = Long.numberOfTrailingZeros(rest);
        boolean first = (graph.earlier(write) & left) == 0 && graph.leader(write) < 0;
        if (first && (!block(write, last) || isAll(write, left))) {
          chosen = write;
        }
      }
      order.add(chosen);
      left &= ~(1L << chosen);
      forced = graph.follower(chosen);
    }
    return order;
  }

  /** Whether the writes that must directly follow one another from {@code write} on include {@code wanted}. */
  private boolean block(int write, int wanted) {
    for (int next = write; next >= 0; next = graph.follower(next)) {
      if (next == wanted) {
        return true;
      }
    }
    return false;
  }

  /** Whether nothing is left but the writes that must directly follow one another from {@code write} on. */
  private boolean isAll(int write, long left) {
    long others = left;
    for (int next = write; next >= 0; next = graph.follower(next)) {
      others &= ~(1L << next);
    }
    return others == 0;
  }
}
