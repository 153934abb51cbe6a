package dev.regardless.checker;

import static dev.regardless.execution.ExecutionGraph.NONE;

import dev.regardless.execution.ExecutionGraph;
import dev.regardless.memory.KernelObject;
import dev.regardless.memory.Memory;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes {@link WorkUnit}s out of an explorer's frames. */
final class UnitWriter {

  private final Explorer explorer;
  private final Memory memory;
  private final List<Integer> objects = new ArrayList<>();

  UnitWriter(Explorer explorer) {
    this.explorer = explorer;
    this.memory = explorer.machine().memory();
  }

  /** Takes what remains at the shallowest open event, for another worker; null if nothing does. */
  static @Nullable WorkUnit split(Explorer explorer) {
    for (Frame at : explorer.frames()) {
      for (int event = at.base; event < at.graph.size(); event++) {
        WorkUnit unit = at(explorer, at, event);
        if (unit != null) {
          at.graph.phase(event, Explorer.GIVEN);
          return unit;
        }
      }
    }
    return null;
  }

  /** Adds all that remains to {@code units}, and keeps it. */
  static void frontier(Explorer explorer, List<WorkUnit> units) {
    for (Frame at : explorer.frames()) {
      add(ofRevisit(explorer, at), units);
      for (int event = at.base; event < at.graph.size(); event++) {
        add(at(explorer, at, event), units);
      }
    }
  }

  private static void add(@Nullable WorkUnit unit, List<WorkUnit> units) {
    if (unit != null) {
      units.add(unit);
    }
  }

  /** What remains at an event of a frame, or null if nothing does. */
  private static @Nullable WorkUnit at(Explorer explorer, Frame frame, int event) {
    ExecutionGraph graph = frame.graph;
    if (graph.phase(event) == Explorer.GIVEN) {
      return null;
    }
    if (graph.isRead(event)) {
      int source = graph.readsFrom(event);
      if (source == NONE || source == graph.floor(event)) {
        return null;
      }
      return new UnitWriter(explorer).unit(graph, WorkUnit.READ, older(graph, source, event), NONE, event, event);
    }
    if (!graph.isWrite(event)) {
      return Turns.mayStay(graph, event)
          ? new UnitWriter(explorer).unit(graph, WorkUnit.STAY, NONE, NONE, event, NONE)
          : null;
    }
    int prior = older(graph, event, event);
    if (graph.phase(event) == Explorer.PLACING && prior != NONE && graph.partner(event) < 0
        && prior != graph.floor(event)) {
      return new UnitWriter(explorer).unit(graph, WorkUnit.PLACE, older(graph, prior, event), NONE, event, event);
    }
    int from = graph.phase(event) == Explorer.PLACING ? event - 1 : graph.cursor(event);
    if (!mayRevisit(graph, event, from)) {
      return null;
    }
    return new UnitWriter(explorer).unit(graph, WorkUnit.REVISIT, from, NONE, event, event);
  }

  /** The write before {@code write} in the co of the events up to {@code last}: later ones may stand between. */
  private static int older(ExecutionGraph graph, int write, int last) {
    int prior = graph.coPrevious(write);
    while (prior > last) {
      prior = graph.coPrevious(prior);
    }
    return prior;
  }

  private static boolean mayRevisit(ExecutionGraph graph, int write, int from) {
    for (int event = from; event >= 0; event--) {
      if (graph.isRead(event) && graph.location(event) == graph.location(write) && !graph.isPast(event, write)) {
        return true;
      }
    }
    return false;
  }

  /** What remains of the places of a frame's revisiting write, or null if nothing does. */
  private static @Nullable WorkUnit ofRevisit(Explorer explorer, Frame frame) {
    int read = frame.revisitedRead;
    if (read == NONE) {
      return null;
    }
    ExecutionGraph graph = frame.graph;
    int write = frame.revisitingWrite;
    int prior = older(graph, write, write);
    if (graph.partner(write) >= 0 || prior == graph.floor(write) || prior == graph.floor(read)) {
      return null;
    }
    return new UnitWriter(explorer).unit(graph, WorkUnit.REVISITED, older(graph, prior, write), read, write, write);
  }

  /** Events up to {@code last}; {@code open} has neither source nor place, nor has {@code read}. */
  private WorkUnit unit(ExecutionGraph graph, int kind, int next, int read, int last, int open) {
    int count = last + 1;
    int[] events = new int[count * WorkUnit.FIELDS];
    long[] values = new long[count * 2];
    for (int event = 0; event < count; event++) {
      int at = event * WorkUnit.FIELDS;
      events[at] = graph.thread(event);
      events[at + 1] = graph.signature(event);
      boolean isOpen = event == open || event == read;
      events[at + 2] = graph.isWrite(event) ? graph.partner(event) : isOpen ? NONE : graph.readsFrom(event);
      events[at + 3] = graph.isWrite(event) && !isOpen ? prior(graph, event, last, open) : NONE;
      events[at + 4] = graph.dependency(event);
      boolean access = graph.isRead(event) || graph.isWrite(event);
      int location = graph.location(event);
      if (access) {
        KernelObject owner = owner(memory.ownerOf(location));
        events[at + 5] = object(owner);
        events[at + 6] = location - owner.firstLocation();
      } else {
        events[at + 5] = -1;
        events[at + 6] = location;
      }
      boolean reference = access && memory.isReference(location);
      value(events, at + 7, values, event * 2, graph.isWrite(event) ? graph.value(event) : 0, reference);
      value(events, at + 8, values, event * 2 + 1, graph.isRead(event) ? graph.operand(event) : 0, reference);
    }
    int[] numbers = objects.stream().mapToInt(Integer::intValue).toArray();
    return new WorkUnit(kind, next, read, threads(), numbers, events, values);
  }

  // Later events of the frame may have come between.
  private static int prior(ExecutionGraph graph, int write, int last, int open) {
    int prior = graph.coPrevious(write);
    while (prior > last || prior == open) {
      prior = graph.coPrevious(prior);
    }
    return prior;
  }

  private KernelObject owner(int number) {
    KernelObject object = memory.object(number);
    if (object == null) {
      throw new IllegalStateException("no object has number " + number);
    }
    return object;
  }

  /** A set-up object's number, or minus 2 minus the index of an allocated one. */
  private int object(KernelObject owner) {
    int[] origin = explorer.machine().shells().origin(owner.number());
    if (origin.length == 0) {
      return owner.number();
    }
    for (int i = 0; i < objects.size(); i += 3) {
      if (objects.get(i) == origin[0] && objects.get(i + 1) == origin[1] && objects.get(i + 2) == origin[2]) {
        return -2 - i / 3;
      }
    }
    for (int part : origin) {
      objects.add(part);
    }
    return -1 - objects.size() / 3;
  }

  private void value(int[] events, int tag, long[] values, int at, long value, boolean reference) {
    events[tag] = -1;
    values[at] = value;
    if (reference && value > 0 && value < memory.objects()) {
      KernelObject owner = owner((int) value).owner();
      events[tag] = object(owner);
      values[at] = value - owner.number();
    }
  }

  private int[] threads() {
    Threads all = explorer.threads();
    int initial = all.initial();
    int[] result = new int[(all.count() - initial) * 3];
    for (int thread = initial; thread < all.count(); thread++) {
      int at = (thread - initial) * 3;
      result[at] = all.spawner(thread);
      result[at + 1] = all.counter(thread);
      result[at + 2] = all.kind(thread).ordinal();
    }
    return result;
  }
}
