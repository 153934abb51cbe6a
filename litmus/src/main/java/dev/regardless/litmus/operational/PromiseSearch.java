package dev.regardless.litmus.operational;

import dev.regardless.isa.UnsupportedTestException;
import dev.regardless.litmus.engine.Exploration;
import dev.regardless.litmus.engine.ExplorationLimits;
import dev.regardless.litmus.test.LitmusTest;
import dev.regardless.litmus.test.Observable;
import dev.regardless.operational.ViewModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * All outcomes of a test under a {@link ViewModel}, promises first: the writes of all threads are put in order one by
 * one, each promised by a thread that can still keep its promises; where every thread can end without a further write,
 * the order is that of an execution, and the threads' ends combine freely.
 *
 * <p>A thread sees of the order only the writes to cells that it accesses, so a state is one number for each thread:
 * which order it sees. States in which all threads see the same are the same. Which cells a thread accesses is found out
 * on the way; if one is new, everything starts again. So it does if a thread has to foresee values, and again until no
 * more values turn up.
 */
final class PromiseSearch {
  private static final long CLOCK_EVERY = 1 << 6;
  private static final int LEAST_HEAP_SHARE = 3;
  private static final int MOST_ROUNDS = 20;

  private final LitmusTest test;
  private final ViewModel model;
  private final ExplorationLimits limits;
  private final List<BitSet> accessed = new ArrayList<>();
  private final int[] threadOfRegister;
  private final int[] positionOfRegister;
  private PromiseThread[] threads = new PromiseThread[0];
  private TupleSet visited = new TupleSet(0);
  private TupleSet finished = new TupleSet(0);
  private FinalStates finals;
  private Interner memories = new Interner();
  private int[] stack = new int[64];
  private int depth;
  private final Map<Integer, Set<Long>> written = new HashMap<>();
  private boolean foresight;
  private boolean moreWritten;
  private final AccessWidths widths;

  PromiseSearch(LitmusTest test, ViewModel model, ExplorationLimits limits) {
    this.test = test;
    this.model = model;
    this.limits = limits;
    finals = new FinalStates(test);
    widths = new AccessWidths(test);
    int observables = test.observables().size();
    threadOfRegister = new int[observables];
    positionOfRegister = new int[observables];
    int[] next = new int[test.threads().size()];
    for (int index = 0; index < observables; index++) {
      threadOfRegister[index] = -1;
      if (test.observables().get(index) instanceof Observable.Register register) {
        threadOfRegister[index] = register.thread();
        positionOfRegister[index] = next[register.thread()]++;
      }
    }
    for (int thread = 0; thread < test.threads().size(); thread++) {
      accessed.add(new BitSet());
    }
  }

  Exploration explore() {
    int foreseeingRounds = 0;
    while (true) {
      restart();
      boolean complete = search();
      boolean again = foresight && moreWritten;
      boolean loopCut = false;
      for (PromiseThread thread : threads) {
        again |= thread.grown() || (thread.needsForesight() && !foresight);
        loopCut |= thread.loopCut();
        foresight |= thread.needsForesight();
      }
      foreseeingRounds += foresight ? 1 : 0;
      complete &= foreseeingRounds <= MOST_ROUNDS;
      if (!again || !complete) {
        return new Exploration(finals.outcomes(), false, loopCut, complete, visited.size(), List.of());
      }
    }
  }

  private void restart() {
    int count = test.threads().size();
    moreWritten = false;
    Map<Integer, Set<Long>> foreseeable = new HashMap<>();
    written.forEach((cell, values) -> foreseeable.put(cell, new LinkedHashSet<>(values)));
    threads = new PromiseThread[count];
    for (int thread = 0; thread < count; thread++) {
      threads[thread] = new PromiseThread(test, thread, model, limits.unrollings(), accessed.get(thread), widths,
          foresight ? foreseeable : null);
    }
    visited = new TupleSet(count);
    finished = new TupleSet(count + 1);
    finals = new FinalStates(test);
    memories = new Interner();
    depth = 0;
  }

  /** False if a limit was reached. */
  private boolean search() {
    long deadline = limits.milliseconds() == 0
        ? Long.MAX_VALUE
        : System.nanoTime() + limits.milliseconds() * 1_000_000L;
    long heap = Runtime.getRuntime().maxMemory() / LEAST_HEAP_SHARE;
    int[] state = new int[threads.length];
    push(state);
    long steps = 0;
    while (depth > 0) {
      visited.read(stack[--depth], state);
      if (!expand(state)) {
        return true;
      }
      steps++;
      if (visited.size() > limits.states() || visited.bytes() > heap
          || (deadline != Long.MAX_VALUE && steps % CLOCK_EVERY == 0 && System.nanoTime() - deadline > 0)) {
        return false;
      }
    }
    return true;
  }

  private void push(int[] state) {
    int number = visited.add(state);
    if (number >= 0) {
      if (depth == stack.length) {
        stack = Arrays.copyOf(stack, 2 * depth);
      }
      stack[depth++] = number;
    }
  }

  /** False if what is known of the threads has changed. */
  private boolean expand(int[] state) {
    boolean over = true;
    boolean wild = false;
    for (int thread = 0; thread < threads.length; thread++) {
      ThreadResult result = threads[thread].result(state[thread]);
      if (threads[thread].grown()) {
        return false;
      }
      if (!result.certified) {
        return true;
      }
      over &= result.wild || !result.finals.isEmpty();
      wild |= result.wild;
    }
    if (over && wild) {
      throw new UnsupportedTestException(
          test.source() + ": not supported: an execution accesses memory outside every location");
    }
    if (over) {
      finish(state);
    }
    int[] next = new int[threads.length];
    for (int thread = 0; thread < threads.length; thread++) {
      for (ThreadResult.Promise promise : threads[thread].result(state[thread]).promises) {
        moreWritten |= written.computeIfAbsent(promise.cell(), unseen -> new LinkedHashSet<>()).add(promise.value());
        for (int other = 0; other < threads.length; other++) {
          next[other] = threads[other].extend(state[other], promise.cell(), promise.value(), other == thread);
        }
        push(next);
      }
    }
    return true;
  }

  // ---- outcomes ----

  private void finish(int[] state) {
    int[] combination = new int[threads.length + 1];
    for (int thread = 0; thread < threads.length; thread++) {
      combination[thread] = threads[thread].result(state[thread]).finalsNumber;
    }
    long[] memory = memory(state);
    combination[threads.length] = memories.number(memory);
    if (finished.add(combination) < 0) {
      return;
    }
    for (int index = 0; index < threadOfRegister.length; index++) {
      if (test.observables().get(index) instanceof Observable.Cell cell) {
        finals.values()[index] = memory[cell.cell()];
      }
    }
    combine(state, 0);
  }

  private void combine(int[] state, int thread) {
    if (thread == threads.length) {
      finals.add(false);
      return;
    }
    for (ThreadResult.Registers registers : threads[thread].result(state[thread]).finals) {
      for (int index = 0; index < threadOfRegister.length; index++) {
        if (threadOfRegister[index] == thread) {
          finals.values()[index] = registers.values().get(positionOfRegister[index]);
        }
      }
      combine(state, thread + 1);
    }
  }

  private long[] memory(int[] state) {
    long[] values = new long[test.memory().cells().size()];
    for (int cell = 0; cell < values.length; cell++) {
      values[cell] = last(state, cell);
    }
    return values;
  }

  private long last(int[] state, int cell) {
    for (int thread = 0; thread < threads.length; thread++) {
      if (threads[thread].accesses(cell)) {
        Projections orders = threads[thread].projections();
        for (int order = state[thread]; order != 0; order = orders.parent(order)) {
          if (orders.cell(order) == cell) {
            return orders.value(order);
          }
        }
        return test.memory().cells().get(cell).initial();
      }
    }
    return test.memory().cells().get(cell).initial();
  }
}
