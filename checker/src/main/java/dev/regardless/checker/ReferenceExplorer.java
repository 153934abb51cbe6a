package dev.regardless.checker;

import static dev.regardless.execution.ExecutionGraph.NONE;

import dev.regardless.execution.Axiom;
import dev.regardless.execution.Event;
import dev.regardless.execution.Execution;
import dev.regardless.execution.ExecutionGraph;
import dev.regardless.execution.MemoryModel;
import dev.regardless.execution.Signature;
import dev.regardless.machine.Architecture;
import dev.regardless.machine.PropertyKind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The deliberately naive explorer that the real one is compared with: adds the next event of any thread, with any source
 * and any place in co, keeps what the literal axioms allow, and recognises graphs that it has seen. No revisits, no
 * incremental order, no cleverness; exponential in everything.
 */
final class ReferenceExplorer implements Growth {

  /** A partial graph: events in the order of their addition, and co as lists of their numbers. */
  private record State(List<Event> events, TreeMap<Integer, List<Integer>> coherence) {

    Execution execution() {
      List<int[]> lists = new ArrayList<>();
      for (List<Integer> writes : coherence.values()) {
        lists.add(writes.stream().mapToInt(Integer::intValue).toArray());
      }
      return new Execution(events, lists);
    }

    State with(Event event) {
      List<Event> more = new ArrayList<>(events);
      more.add(event);
      TreeMap<Integer, List<Integer>> copy = new TreeMap<>();
      coherence.forEach((location, writes) -> copy.put(location, new ArrayList<>(writes)));
      return new State(more, copy);
    }
  }

  private record Request(int thread, int signature, int location, long value, int dependency, int partner) {}

  private final MemoryModel model;
  private final List<Axiom> axioms;
  private final Threads threads = new Threads(new ThreadNumbers());
  private final Sections sections = new Sections(() -> false);
  private final Registers registers = new Registers();
  private final Frame frame;
  private final CheckedMachine machine;
  private final Set<String> complete = new TreeSet<>();
  private final Set<String> hanging = new TreeSet<>();
  private @Nullable Request request;

  ReferenceExplorer(Architecture architecture) {
    this.model = architecture.memoryModel();
    this.axioms = model.axioms();
    this.frame = new Frame(model);
    this.machine = new CheckedMachine(architecture, architecture.primitiveVariants().getFirst(), List.of(), this);
  }

  CheckedMachine machine() {
    return machine;
  }

  /** Keys of the graphs in which all threads ended. */
  Set<String> complete() {
    return complete;
  }

  /** Keys of the graphs in which some thread waits for ever: the newest write of what it waits for does not satisfy it. */
  Set<String> hanging() {
    return hanging;
  }

  /**
   * Explores.
   *
   * @return false if there are more than {@code limit} partial graphs
   */
  boolean explore(int limit) {
    Deque<State> open = new ArrayDeque<>();
    Set<String> seen = new HashSet<>();
    open.push(new State(List.of(), new TreeMap<>()));
    while (!open.isEmpty()) {
      State state = open.pop();
      if (seen.size() > limit) {
        return false;
      }
      for (State next : extensions(state)) {
        Execution execution = next.execution();
        if (seen.add(execution.key(threads::name)) && axioms.stream().allMatch(a -> a.holds().test(execution))) {
          open.push(next);
        }
      }
    }
    return true;
  }

  private List<State> extensions(State state) {
    List<State> result = new ArrayList<>();
    boolean waiting = false;
    boolean hangs = true;
    boolean moves = false;
    boolean gracePeriods = false;
    boolean stuck = false;
    load(state);
    for (int thread = 0; thread < threads.count(); thread++) {
      if (thread >= threads.initial() && frame.graph.spawnedBy(thread) == NONE) {
        continue;
      }
      Request asked = ask(thread);
      if (asked == null) {
        continue;
      }
      result.addAll(extend(state, asked));
      if (Signature.isAwait(asked.signature())) {
        waiting = true;
        stuck |= frame.inSection[thread];
        hangs &= !satisfies(asked, finalValue(state, asked.location()));
      } else if (Signature.isGracePeriod(asked.signature())) {
        gracePeriods = true;
      } else {
        moves = true;
      }
    }
    if (moves || !isReal(state.execution())) {
      return result;
    }
    if (gracePeriods) {
      // All of them may have begun after a reader that stays inside its section.
      if (stuck && hangs) {
        hanging.add(state.execution().key(threads::name));
      }
    } else if (!waiting) {
      complete.add(state.execution().key(threads::name));
    } else if (hangs) {
      hanging.add(state.execution().key(threads::name));
    }
    return result;
  }

  private boolean isReal(Execution execution) {
    return GraceLaw.holds(execution, model.globalOrder(execution), thread -> frame.inSection[thread]);
  }

  /** The thread's next event, or null if it has ended. */
  private @Nullable Request ask(int thread) {
    request = null;
    try {
      machine.run(frame, thread);
    } catch (Unwound reason) {
      // The request says why.
    }
    return request;
  }

  private long finalValue(State state, int location) {
    List<Integer> writes = state.coherence.get(location);
    return writes == null || writes.isEmpty()
        ? machine.memory().initial(location)
        : state.events.get(writes.get(writes.size() - 1)).value();
  }

  private static boolean satisfies(Request request, long value) {
    return Signature.condition(request.signature()).holds(value, request.value());
  }

  // The graph serves as the record that threads are replayed from; its own order is not used.
  private void load(State state) {
    ExecutionGraph graph = frame.graph;
    graph.clear();
    frame.ensureThreads(threads.count());
    for (int location = graph.locations(); location < machine.memory().locations(); location++) {
      graph.declareLocation(location, machine.memory().initial(location));
    }
    for (Event event : state.events) {
      int number = graph.append(
          event.signature(), event.thread(), event.location(), event.value(), absent(event.dependency()),
          absent(event.partner()));
      if (event.isRead()) {
        graph.readFrom(number, event.readsFrom());
        if (Signature.isAwait(event.signature())) {
          graph.operand(number, 0);
        }
      }
    }
  }

  private static int absent(int number) {
    return number < 0 ? NONE : number;
  }

  private List<State> extend(State state, Request asked) {
    List<State> result = new ArrayList<>();
    if (!Signature.isAccess(asked.signature())) {
      result.add(state.with(event(state, asked, Execution.INITIAL, 0)));
    } else if (Signature.isRead(asked.signature())) {
      for (int write = -1; write < state.events.size(); write++) {
        boolean source = write < 0
            || (state.events.get(write).isWrite() && state.events.get(write).location() == asked.location());
        if (source) {
          long value = write < 0 ? machine.memory().initial(asked.location()) : state.events.get(write).value();
          if (!Signature.isAwait(asked.signature()) || satisfies(asked, value)) {
            result.add(state.with(event(state, asked, write, value)));
          }
        }
      }
    } else {
      List<Integer> writes = state.coherence.getOrDefault(asked.location(), List.of());
      for (int place = 0; place <= writes.size(); place++) {
        State next = state.with(event(state, asked, Execution.INITIAL, asked.value()));
        next.coherence.computeIfAbsent(asked.location(), l -> new ArrayList<>()).add(place, state.events.size());
        result.add(next);
      }
    }
    return result;
  }

  private Event event(State state, Request asked, int source, long value) {
    int index = 0;
    int previous = -1;
    for (int i = 0; i < state.events.size(); i++) {
      Event other = state.events.get(i);
      if (other.thread() == asked.thread()) {
        index++;
        previous = i;
      }
    }
    if (index == 0) {
      for (int i = 0; i < state.events.size(); i++) {
        if (state.events.get(i).isSpawn() && state.events.get(i).location() == asked.thread()) {
          previous = i;
        }
      }
    }
    return new Event(asked.thread(), index, asked.signature(), asked.location(), value, previous, source,
        asked.partner() < 0 ? -1 : asked.partner(), asked.dependency() < 0 ? -1 : asked.dependency());
  }

  // ---- called by the machine ----------------------------------------------------------------------------------------------

  @Override
  public Threads threads() {
    return threads;
  }

  @Override
  public Sections sections() {
    return sections;
  }

  @Override
  public Registers registers() {
    return registers;
  }

  @Override
  public Frame frame() {
    return frame;
  }

  @Override
  public int addRead(int thread, int signature, int location, long operand, int dependency) {
    request = new Request(thread, signature, location, operand, dependency, NONE);
    throw Unwound.BLOCKED;
  }

  @Override
  public void addWrite(int thread, int signature, int location, long value, int dependency, int partner) {
    request = new Request(thread, signature, location, value, dependency, partner);
    throw Unwound.BLOCKED;
  }

  @Override
  public void addSpawn(int thread, int signature, int child) {
    request = new Request(thread, signature, child, 0, NONE, NONE);
    throw Unwound.BLOCKED;
  }

  @Override
  public void addGracePeriod(int thread, int signature) {
    request = new Request(thread, signature, thread, 0, NONE, NONE);
    throw Unwound.BLOCKED;
  }

  @Override
  public void loopBound(int thread, int bound) {
    throw new AssertionError("no loops here");
  }

  @Override
  public void violation(PropertyKind kind, String message, int thread) {
    throw new AssertionError(message);
  }

  @Override
  public RuntimeException nondeterminism(int thread, int event, String found) {
    return new IllegalStateException(found);
  }

  @Override
  public RuntimeException nondeterminism(int thread, int event, int signature, int location, long value) {
    return new IllegalStateException("another access");
  }
}
