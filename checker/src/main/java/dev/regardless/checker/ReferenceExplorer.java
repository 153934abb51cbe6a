package dev.regardless.checker;

import dev.regardless.execution.Axiom;
import dev.regardless.execution.Event;
import dev.regardless.execution.Execution;
import dev.regardless.execution.MemoryModel;
import dev.regardless.execution.Signature;
import dev.regardless.machine.Architecture;
import dev.regardless.memory.Memory;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The deliberately naive explorer that the real one is compared with: adds the next event of any thread, with any source
 * and any place in co, keeps what the literal axioms allow, and recognises graphs that it has seen. No revisits, no
 * incremental order, no cleverness, and a machine of its own; exponential in everything.
 */
final class ReferenceExplorer {

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

  private final MemoryModel model;
  private final List<Axiom> axioms;
  private final NaiveMachine machine;
  private final Set<String> complete = new TreeSet<>();
  private final Set<String> hanging = new TreeSet<>();
  private boolean violated;

  ReferenceExplorer(Architecture architecture) {
    this.model = architecture.memoryModel();
    this.axioms = model.axioms();
    this.machine = new NaiveMachine(architecture);
  }

  NaiveMachine machine() {
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

  /** Whether a graph can be real in which a thread fails, or a write follows a free, or somebody waits for what is freed. */
  boolean isViolated() {
    return violated;
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
        if (seen.add(execution.key(machine::name)) && axioms.stream().allMatch(a -> a.holds().test(execution))) {
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
    boolean violates = isFreeFollowed(state);
    boolean waitsForFreed = false;
    for (int thread = 0; thread < machine.threads(); thread++) {
      if (!machine.isInitial(thread) && spawnOf(state, thread) < 0) {
        continue;
      }
      NaiveMachine.Step asked = machine.run(state.events, thread);
      violates |= machine.hasFailed(thread);
      if (asked == null) {
        continue;
      }
      result.addAll(extend(state, asked));
      if (Signature.isAwait(asked.signature())) {
        waiting = true;
        stuck |= machine.isReading(thread);
        hangs &= !satisfies(asked, finalValue(state, asked.location()));
        waitsForFreed |= finalValue(state, asked.location()) == Memory.FREED;
      } else if (Signature.isGracePeriod(asked.signature())) {
        gracePeriods = true;
      } else {
        moves = true;
      }
    }
    if ((moves && !violates) || !isReal(state.execution())) {
      return result;
    }
    // With grace periods left, all of them may have begun after a reader that stays inside its section.
    boolean isHang = waiting && hangs && (!gracePeriods || stuck);
    if (violates || (isHang && waitsForFreed)) {
      violated = true;
    } else if (isHang) {
      hanging.add(state.execution().key(machine::name));
    } else if (!waiting && !gracePeriods) {
      complete.add(state.execution().key(machine::name));
    }
    return result;
  }

  private static boolean isFreeFollowed(State state) {
    for (List<Integer> writes : state.coherence.values()) {
      for (int i = 1; i < writes.size(); i++) {
        if (state.events.get(writes.get(i - 1)).value() == Memory.FREED) {
          return true;
        }
      }
    }
    return false;
  }

  private boolean isReal(Execution execution) {
    return GraceLaw.holds(execution, model.globalOrder(execution), thread -> machine.isReading(thread));
  }

  /** Number of the event that started the thread, or -1. */
  private static int spawnOf(State state, int thread) {
    for (int i = 0; i < state.events.size(); i++) {
      if (state.events.get(i).isSpawn() && state.events.get(i).location() == thread) {
        return i;
      }
    }
    return -1;
  }

  private long finalValue(State state, int location) {
    List<Integer> writes = state.coherence.get(location);
    return writes == null || writes.isEmpty()
        ? machine.memory().initial(location)
        : state.events.get(writes.get(writes.size() - 1)).value();
  }

  private static boolean satisfies(NaiveMachine.Step request, long value) {
    return Signature.condition(request.signature()).holds(value, request.value());
  }

  private List<State> extend(State state, NaiveMachine.Step asked) {
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

  private Event event(State state, NaiveMachine.Step asked, int source, long value) {
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
      previous = spawnOf(state, asked.thread());
    }
    return new Event(asked.thread(), index, asked.signature(), asked.location(), value, previous, source,
        asked.partner(), asked.dependency());
  }
}
