package dev.regardless.checker;

import static dev.regardless.execution.ExecutionGraph.NONE;

import dev.regardless.execution.ExecutionGraph;
import dev.regardless.execution.MemoryModel;
import dev.regardless.machine.Architecture;
import java.util.Collection;

/**
 * Descends at random from the root of the exploration to one of its leaves. What {@link Explorer} does to a write when it
 * comes back to it, revisits, is one more alternative here when the write is added: the graph is the same.
 */
final class Sampler extends Explorer {

  private final RandomChoices choices;
  private final Revisits revisits;
  private int read = NONE;
  private int write = NONE;

  Sampler(
      Architecture architecture,
      String variant,
      Collection<String> weakened,
      MemoryModel model,
      ExecutionListener listener,
      RandomChoices choices,
      Revisits revisits) {
    super(architecture, variant, weakened, model, listener, choices, revisits, new ThreadNumbers());
    this.choices = choices;
    this.revisits = revisits;
  }

  /** One descent; the listener is told of the leaf, unless it is a dead end. */
  void descend() {
    choices.restart();
    read = NONE;
    explore();
  }

  @Override
  public void addWrite(int thread, int signature, int location, long value, int dependency, int partner) {
    ExecutionGraph graph = graph();
    int added = graph.append(signature, thread, location, value, dependency, partner);
    int places = 0;
    for (boolean more = place(graph, added); more; more = Choices.nextPlace(graph, added)) {
      places++;
    }
    int reads = 0;
    for (int next = nextRead(added, added - 1); next >= 0; next = nextRead(added, next - 1)) {
      reads++;
    }
    if (places + reads == 0) {
      throw Unwound.PRUNED;
    }
    int picked = choices.pick(places + reads);
    if (picked < places) {
      place(graph, added);
      for (int left = picked; left > 0; left--) {
        Choices.nextPlace(graph, added);
      }
      endings().checkFreed(added);
      return;
    }
    write = added;
    read = nextRead(added, added - 1);
    for (int left = picked - places; left > 0; left--) {
      read = nextRead(added, read - 1);
    }
    throw Unwound.PRUNED;
  }

  private static boolean place(ExecutionGraph graph, int write) {
    return Choices.place(graph, write, graph.coLast(graph.location(write)));
  }

  private int nextRead(int added, int from) {
    int next = revisits.next(graph(), added, from);
    while (next >= 0 && !Revisits.mayPlace(graph(), next, added)) {
      next = revisits.next(graph(), added, next - 1);
    }
    return next;
  }

  /** Goes on with the revisit that was picked, if one was. */
  @Override
  boolean backward() {
    int revisited = read;
    read = NONE;
    if (revisited == NONE || !enterRevisit(revisited, write, NONE)) {
      return false;
    }
    ExecutionGraph graph = graph();
    int at = frame().revisitedRead;
    int revisiting = frame().revisitingWrite;
    int places = 1;
    while (revisits.nextPlace(graph, at, revisiting)) {
      places++;
    }
    revisits.place(graph, at, revisiting, graph.coLast(graph.location(revisiting)));
    for (int left = choices.pick(places); left > 0; left--) {
      revisits.nextPlace(graph, at, revisiting);
    }
    return true;
  }
}
