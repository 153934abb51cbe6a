package dev.regardless.checker;

import dev.regardless.execution.Event;
import dev.regardless.execution.Execution;
import dev.regardless.execution.ExecutionGraph;
import dev.regardless.execution.Relation;
import dev.regardless.execution.Signature;
import dev.regardless.machine.Access;
import dev.regardless.machine.PropertyKind;
import dev.regardless.memory.KernelObject;
import dev.regardless.memory.Memory;
import java.util.ArrayList;
import java.util.List;

/** Makes the {@link Counterexample} of the graph that an explorer is on. */
final class Counterexamples {

  private final Explorer explorer;
  private final ExecutionGraph graph;
  private final Memory memory;
  private final Execution execution;

  private Counterexamples(Explorer explorer) {
    this.explorer = explorer;
    this.graph = explorer.graph();
    this.memory = explorer.machine().memory();
    this.execution = Snapshots.of(graph);
  }

  static Counterexample of(Explorer explorer, PropertyKind kind, String message, int thread) {
    Counterexamples maker = new Counterexamples(explorer);
    List<Integer> order = maker.order();
    List<String> functions = maker.functions();
    List<Counterexample.Step> steps = new ArrayList<>();
    int switches = 0;
    for (int i = 0; i < order.size(); i++) {
      int event = order.get(i);
      int of = maker.execution.event(event).thread();
      if (i > 0 && maker.execution.event(order.get(i - 1)).thread() != of) {
        switches++;
      }
      steps.add(
          new Counterexample.Step(event, of, maker.action(event), maker.written(event), functions.get(event),
              maker.note(order, i)));
    }
    List<String> names = new ArrayList<>();
    for (int t = 0; t < explorer.threads().count(); t++) {
      names.add(explorer.threads().name(t));
    }
    return new Counterexample(kind, message, thread < 0 ? "" : names.get(thread), names, steps, switches,
        maker.execution);
  }

  /** Runs all threads once more over the graph to see where in their code each event comes from. */
  private List<String> functions() {
    CodePlaces places = new CodePlaces(graph.size());
    explorer.machine().note(places);
    try {
      explorer.replay();
    } finally {
      explorer.machine().note(null);
    }
    return places.byEvent();
  }

  // ---- order ------------------------------------------------------------------------------------------------------------

  /** An order that respects program order and reads-from, and co and from-read too if that is possible. */
  private List<Integer> order() {
    int size = execution.size();
    if (size > Long.SIZE) {
      return insertionOrder(size);
    }
    Relation causes = execution.po().or(execution.rf());
    Relation all = causes.or(execution.co()).or(execution.fr());
    Relation chosen = all.isAcyclic() ? all : causes;
    List<Integer> order = new ArrayList<>();
    boolean[] done = new boolean[size];
    int thread = -1;
    while (order.size() < size) {
      int next = enabled(chosen, done, thread);
      if (next < 0) {
        thread = longest(chosen, done);
        continue;
      }
      done[next] = true;
      order.add(next);
    }
    return order;
  }

  // A read that was revisited is older than what it reads; the order of insertion is good enough beyond 64 events.
  private static List<Integer> insertionOrder(int size) {
    List<Integer> order = new ArrayList<>();
    for (int event = 0; event < size; event++) {
      order.add(event);
    }
    return order;
  }

  private int enabled(Relation before, boolean[] done, int thread) {
    for (int event = 0; event < done.length; event++) {
      if (!done[event] && execution.event(event).thread() == thread) {
        return isReady(before, done, event) ? event : -1;
      }
    }
    return -1;
  }

  private static boolean isReady(Relation before, boolean[] done, int event) {
    for (int other = 0; other < done.length; other++) {
      if (!done[other] && before.contains(other, event)) {
        return false;
      }
    }
    return true;
  }

  /** The thread that can go on longest. */
  private int longest(Relation before, boolean[] done) {
    int best = -1;
    int bestLength = 0;
    for (int thread = 0; thread < graph.threads(); thread++) {
      boolean[] tried = done.clone();
      int length = 0;
      for (int next = enabled(before, tried, thread); next >= 0; next = enabled(before, tried, thread)) {
        tried[next] = true;
        length++;
      }
      if (length > bestLength) {
        best = thread;
        bestLength = length;
      }
    }
    return best;
  }

  // ---- words ------------------------------------------------------------------------------------------------------------

  private String action(int number) {
    Event event = execution.event(number);
    if (event.isSpawn()) {
      return "starts " + explorer.threads().name(event.location());
    }
    if (event.isGracePeriod()) {
      return "waits for a grace period";
    }
    String fences = fences(event);
    String name = memory.nameOf(event.location());
    String value = value(event.location(), event.value());
    if (event.isWrite()) {
      return "%s%s = %s%s".formatted(fences, name, value, annotation(event.signature()));
    }
    return "%s%s %s -> %s%s".formatted(fences, Signature.isAwait(event.signature()) ? "awaits" : "reads", name, value,
        annotation(event.signature()));
  }

  private String written(int number) {
    Event event = execution.event(number);
    return event.partner() < 0 ? "" : value(event.location(), event.value()) + annotation(event.signature());
  }

  private static String annotation(int signature) {
    if (Signature.isWrite(signature)) {
      return Signature.hasAccess(signature, Access.RELEASE) ? " (release)" : "";
    }
    boolean acquire = Signature.hasAccess(signature, Access.ACQUIRE)
        || Signature.hasAccess(signature, Access.ACQUIRE_PC);
    return acquire ? " (acquire)" : "";
  }

  private String fences(Event event) {
    StringBuilder text = new StringBuilder();
    int fences = Signature.fences(event.signature());
    for (int fence = 0; fence < explorer.machine().architecture().fences(); fence++) {
      if ((fences & 1 << fence) != 0) {
        text.append(explorer.machine().architecture().fenceName(fence)).append("; ");
      }
    }
    return text.toString();
  }

  private String value(int location, long value) {
    if (value == Memory.FREED) {
      return "freed";
    } else if (value == Memory.UNINITIALISED) {
      return "uninitialised";
    } else if (memory.isReference(location)) {
      if (value < 0 || value >= memory.objects()) {
        return "0x%016x".formatted(value);
      }
      KernelObject object = memory.object(value);
      return object == null ? "null" : object.toString();
    }
    return Long.toString(value);
  }

  /** Why a read did not see the newest value shown so far. */
  private String note(List<Integer> order, int at) {
    int number = order.get(at);
    Event event = execution.event(number);
    if (!event.isRead()) {
      return "";
    }
    int newest = -1;
    for (int i = 0; i < at; i++) {
      Event other = execution.event(order.get(i));
      if (other.isWrite() && other.location() == event.location()
          && execution.rank(order.get(i)) > Math.max(execution.rank(event.readsFrom()), rank(newest))) {
        newest = order.get(i);
      }
    }
    if (newest < 0) {
      return "";
    }
    Event write = execution.event(newest);
    int source = event.readsFrom();
    return "stale: reads %s although step %d, %s = %s by %s, came before; %s allows it: %s".formatted(
        source < 0
            ? "the initial value"
            : "what step %d by %s wrote".formatted(
                order.indexOf(source) + 1, explorer.threads().name(execution.event(source).thread())),
        order.indexOf(newest) + 1,
        memory.nameOf(write.location()),
        value(write.location(), write.value()),
        explorer.threads().name(write.thread()),
        explorer.machine().architecture().name(),
        graph.model().whyStale());
  }

  private int rank(int write) {
    return write < 0 ? 0 : execution.rank(write);
  }
}
