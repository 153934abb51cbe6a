package dev.regardless.tests.memory;

import dev.regardless.emulation.StorageParameters;
import dev.regardless.emulation.StorageSubsystem;
import dev.regardless.machine.Access;
import dev.regardless.machine.Architecture;
import dev.regardless.tests.memory.Instruction.Kind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Performs a program on an architecture's storage in every interleaving, with every choice and internal transition. */
final class Operational {

  private static final int MOST_INSTRUCTIONS = 16;

  private final Program program;
  private final StorageSubsystem storage;
  private final EnumeratingChooser chooser = new EnumeratingChooser();
  private final int threads;
  private final int[] next;
  private final boolean[] reserved;
  private final long[][] values;
  private final long[][] views;
  private long executions;

  /** Nothing is held back by the storage itself: that makes no outcome possible that is not anyway. */
  Operational(Program program, Architecture architecture) {
    this(program, architecture, 1_000_000);
  }

  Operational(Program program, Architecture architecture, int drainBias) {
    this.program = program;
    this.threads = program.threads().size();
    this.storage = architecture
        .storage(new StorageParameters(threads, chooser, 16, 16, drainBias, true, (thread, location) -> {}));
    storage.ensureLocations(Program.LOCATIONS);
    this.next = new int[threads];
    this.reserved = new boolean[threads];
    this.values = new long[threads][MOST_INSTRUCTIONS];
    this.views = new long[threads][MOST_INSTRUCTIONS];
  }

  /** All outcomes. */
  Set<List<Long>> outcomes() {
    Set<List<Long>> outcomes = new HashSet<>();
    do {
      executions++;
      if (execute()) {
        outcomes.add(outcome());
      }
    } while (chooser.next());
    return outcomes;
  }

  /** Number of executions that {@link #outcomes} went through. */
  long executions() {
    return executions;
  }

  /** One execution; false if it ended in a store-exclusive that lost its reservation, where a retry would follow. */
  private boolean execute() {
    storage.restart();
    for (int location = 0; location < Program.LOCATIONS; location++) {
      storage.reset(location, 0);
    }
    for (int thread = 0; thread < threads; thread++) {
      next[thread] = 0;
      reserved[thread] = false;
    }
    while (true) {
      int actions = 0;
      for (int thread = 0; thread < threads; thread++) {
        actions += isDone(thread) ? 0 : 1;
        actions += storage.transitions(thread);
      }
      if (actions == 0) {
        return true;
      }
      if (!act(actions == 1 ? 0 : chooser.choose(actions))) {
        return false;
      }
    }
  }

  private boolean act(int choice) {
    int action = choice;
    for (int thread = 0; thread < threads; thread++) {
      if (!isDone(thread) && action-- == 0) {
        return step(thread);
      }
      int transitions = storage.transitions(thread);
      if (action >= 0 && action < transitions) {
        storage.apply(thread, action);
        return true;
      }
      action -= transitions;
    }
    throw new IllegalStateException("no action " + choice);
  }

  private boolean isDone(int thread) {
    return next[thread] >= program.threads().get(thread).size();
  }

  /** Fences go with the access after them: nothing in between makes a difference to anybody else. */
  private void takeFences(int thread) {
    while (!isDone(thread)) {
      Instruction instruction = program.threads().get(thread).get(next[thread]);
      if (instruction.kind() != Kind.FENCE) {
        return;
      }
      storage.fence(thread, (int) instruction.operand());
      next[thread]++;
    }
  }

  private boolean step(int thread) {
    takeFences(thread);
    if (isDone(thread)) {
      return true;
    }
    int index = next[thread];
    Instruction i = program.threads().get(thread).get(index);
    if (i.kind().exclusive() && !reserved[thread]) {
      values[thread][index] = storage.load(
          thread, i.location(), (i.access() & ~Access.RELEASE) | Access.EXCLUSIVE, view(thread, i.address()));
      views[thread][index] = storage.lastView(thread);
      reserved[thread] = true;
      return true;
    }
    if (i.kind().exclusive()) {
      reserved[thread] = false;
      long value = i.kind().operation().apply(values[thread][index], i.operand());
      if (!storage.storeExclusive(thread, i.location(), value, (i.access() & Access.RELEASE) | Access.EXCLUSIVE,
          view(thread, i.address()), view(thread, i.data()))) {
        return false;
      }
    } else {
      values[thread][index] = perform(thread, i);
      if (i.kind().reads) {
        views[thread][index] = storage.lastView(thread);
      }
    }
    next[thread]++;
    return true;
  }

  private long perform(int thread, Instruction i) {
    long address = view(thread, i.address());
    long data = view(thread, i.data());
    return switch (i.kind()) {
      case LOAD -> storage.load(thread, i.location(), i.access(), address);
      case STORE -> {
        storage.store(thread, i.location(), i.operand(), i.access(), address, data);
        yield 0;
      }
      case COMPARE ->
        storage.compareExchange(thread, i.location(), i.expected(), i.operand(), i.access(), address, data);
      default -> storage.readModifyWrite(thread, i.location(), i.kind().operation(), i.operand(), i.access(), address,
          data);
    };
  }

  private long view(int thread, int dependency) {
    return dependency < 0 ? 0 : views[thread][dependency];
  }

  private List<Long> outcome() {
    List<Long> outcome = new ArrayList<>(program.outcomeSize());
    for (int thread = 0; thread < threads; thread++) {
      List<Instruction> code = program.threads().get(thread);
      for (int i = 0; i < code.size(); i++) {
        if (code.get(i).kind().reads) {
          outcome.add(values[thread][i]);
        }
      }
    }
    for (int location = 0; location < Program.LOCATIONS; location++) {
      outcome.add(storage.newest(location));
    }
    return outcome;
  }
}
