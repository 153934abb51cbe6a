package dev.regardless.litmus.operational;

import dev.regardless.isa.Annotation;
import dev.regardless.litmus.engine.Exploration;
import dev.regardless.litmus.engine.ExplorationLimits;
import dev.regardless.litmus.operational.BufferedThread.Move;
import dev.regardless.litmus.operational.BufferedThread.Pending;
import dev.regardless.litmus.test.LitmusTest;
import dev.regardless.litmus.test.MemoryCell;
import dev.regardless.litmus.test.Observable;
import dev.regardless.operational.BufferedModel;
import java.util.Arrays;
import java.util.List;

/**
 * All states of a test under a {@link BufferedModel}, depth first.
 *
 * <p>Buffering a store is not a step of its own: nobody else sees it, and it can drain as late as one likes, so threads
 * run on past their stores. A locked instruction is one step. A store exclusive (which only other architectures' tests
 * have) goes to memory at once if nobody wrote its cell since the load.
 */
final class BufferedSearch {
  private static final int MEMORY = 0;
  /** Which threads' reservations hold, as bits. */
  private static final int INTACT = 1;
  private static final int THREADS = 2;
  private static final long CLOCK_EVERY = 1 << 12;
  private static final int LEAST_HEAP_SHARE = 3;

  private final LitmusTest test;
  private final ExplorationLimits limits;
  private final BufferedThread[] threads;
  private final Interner memories = new Interner();
  private final Interner buffers = new Interner();
  private final TupleSet visited;
  private final FinalStates finals;
  private final int[] state;
  private final int[] next;
  private int[] stack = new int[64];
  private int depth;

  BufferedSearch(LitmusTest test, BufferedModel model, ExplorationLimits limits) {
    this.test = test;
    this.limits = limits;
    threads = new BufferedThread[test.threads().size()];
    AccessWidths widths = new AccessWidths(test);
    for (int thread = 0; thread < threads.length; thread++) {
      threads[thread] = new BufferedThread(test, thread, model, limits.unrollings(), widths);
    }
    state = new int[THREADS + 2 * threads.length];
    next = new int[state.length];
    visited = new TupleSet(state.length);
    finals = new FinalStates(test);
  }

  Exploration explore() {
    begin(0);
    long deadline = limits.milliseconds() == 0
        ? Long.MAX_VALUE
        : System.nanoTime() + limits.milliseconds() * 1_000_000L;
    long heap = Runtime.getRuntime().maxMemory() / LEAST_HEAP_SHARE;
    long steps = 0;
    boolean complete = true;
    while (depth > 0 && complete) {
      visited.read(stack[--depth], state);
      expand();
      steps++;
      complete = visited.size() <= limits.states() && visited.bytes() < heap
          && (deadline == Long.MAX_VALUE || steps % CLOCK_EVERY != 0 || System.nanoTime() - deadline < 0);
    }
    boolean loopCut = false;
    for (BufferedThread thread : threads) {
      loopCut |= thread.loopCut();
    }
    return new Exploration(finals.outcomes(), false, loopCut, complete, visited.size(), List.of());
  }

  private void begin(int thread) {
    if (thread == threads.length) {
      long[] cells = test.memory().cells().stream().mapToLong(MemoryCell::initial).toArray();
      next[MEMORY] = memories.number(cells);
      next[INTACT] = 0;
      push();
      return;
    }
    for (Move move : threads[thread].first()) {
      next[THREADS + 2 * thread] = move.state();
      next[THREADS + 2 * thread + 1] = buffers.number(move.stores());
      begin(thread + 1);
    }
  }

  private void push() {
    int number = visited.add(next);
    if (number >= 0) {
      if (depth == stack.length) {
        stack = Arrays.copyOf(stack, 2 * depth);
      }
      stack[depth++] = number;
    }
  }

  private void expand() {
    boolean over = true;
    boolean wild = false;
    for (int thread = 0; thread < threads.length; thread++) {
      int local = state[THREADS + 2 * thread];
      long[] buffer = buffers.content(state[THREADS + 2 * thread + 1]);
      Pending pending = threads[thread].pending(local);
      if (buffer.length > 0) {
        over = false;
        drain(thread, buffer);
      }
      wild |= pending == Pending.WILD;
      if (pending != Pending.END && pending != Pending.WILD) {
        over = false;
        advance(thread, local, buffer, pending);
      }
    }
    if (over) {
      finish(wild);
    }
  }

  private void drain(int thread, long[] buffer) {
    System.arraycopy(state, 0, next, 0, state.length);
    write((int) buffer[0], buffer[1], thread);
    next[THREADS + 2 * thread + 1] = buffers.number(Arrays.copyOfRange(buffer, 2, buffer.length));
    push();
  }

  /** Changes memory in the next state; others' reservations of the cell are lost. */
  private void write(int cell, long value, int writer) {
    long[] cells = memories.content(next[MEMORY]);
    if (cells[cell] != value) {
      cells = cells.clone();
      cells[cell] = value;
      next[MEMORY] = memories.number(cells);
    }
    for (int thread = 0; thread < threads.length; thread++) {
      if (thread != writer && threads[thread].reserved(state[THREADS + 2 * thread]) == cell) {
        next[INTACT] &= ~(1 << thread);
      }
    }
  }

  private void advance(int thread, int local, long[] buffer, Pending pending) {
    BufferedThread code = threads[thread];
    int cell = code.cell(local);
    switch (pending) {
      case LOAD -> go(thread, code.moves(local, visible(cell, buffer)), buffer);
      case DRAIN -> {
        if (buffer.length == 0) {
          go(thread, code.moves(local, 0), buffer);
        }
      }
      case LOCKED_LOAD -> {
        if (buffer.length == 0) {
          for (Move move : code.moves(local, memories.content(state[MEMORY])[cell])) {
            locked(thread, cell, move);
          }
        }
      }
      default -> store(thread, local, cell, buffer);
    }
  }

  private long visible(int cell, long[] buffer) {
    for (int index = buffer.length - 2; index >= 0; index -= 2) {
      if (buffer[index] == cell) {
        return buffer[index + 1];
      }
    }
    return memories.content(state[MEMORY])[cell];
  }

  private void go(int thread, List<Move> moves, long[] buffer) {
    int local = state[THREADS + 2 * thread];
    boolean reserves = threads[thread].pending(local) == Pending.LOAD
        && (threads[thread].operation(local).annotations & Annotation.EXCLUSIVE) != 0;
    for (Move move : moves) {
      System.arraycopy(state, 0, next, 0, state.length);
      if (reserves) {
        next[INTACT] |= 1 << thread;
      }
      enter(thread, move, buffer);
      push();
    }
  }

  private void enter(int thread, Move move, long[] buffer) {
    next[THREADS + 2 * thread] = move.state();
    if (move.stores().length > 0) {
      long[] longer = Arrays.copyOf(buffer, buffer.length + move.stores().length);
      System.arraycopy(move.stores(), 0, longer, buffer.length, move.stores().length);
      next[THREADS + 2 * thread + 1] = buffers.number(longer);
    }
  }

  /** The second half of a locked instruction, if it has one: nobody came between. */
  private void locked(int thread, int cell, Move loaded) {
    BufferedThread code = threads[thread];
    boolean stores = code.pending(loaded.state()) == Pending.STORE
        && (code.operation(loaded.state()).annotations & Annotation.ATOMIC) != 0 && code.cell(loaded.state()) == cell;
    System.arraycopy(state, 0, next, 0, state.length);
    if (!stores) {
      enter(thread, loaded, buffers.content(state[THREADS + 2 * thread + 1]));
      push();
      return;
    }
    for (Move move : code.moves(loaded.state(), 0)) {
      System.arraycopy(state, 0, next, 0, state.length);
      write(cell, code.stored(loaded.state()), thread);
      enter(thread, move, new long[0]);
      push();
    }
  }

  private void store(int thread, int local, int cell, long[] buffer) {
    BufferedThread code = threads[thread];
    boolean exclusive = (code.operation(local).annotations & Annotation.EXCLUSIVE) != 0;
    boolean paired = exclusive && code.reserved(local) != BufferedThread.FREE;
    if (buffer.length > 0
        || (paired && (code.reserved(local) != cell || ((state[INTACT] >>> thread) & 1) == 0))) {
      return;
    }
    for (Move move : code.moves(local, 0)) {
      System.arraycopy(state, 0, next, 0, state.length);
      next[INTACT] &= exclusive ? ~(1 << thread) : -1;
      write(cell, code.stored(local), thread);
      enter(thread, move, buffer);
      push();
    }
  }

  private void finish(boolean wild) {
    long[] values = finals.values();
    List<Observable> observables = test.observables();
    long[] cells = memories.content(state[MEMORY]);
    for (int index = 0; index < values.length; index++) {
      values[index] = switch (observables.get(index)) {
        case Observable.Register register ->
          threads[register.thread()].register(state[THREADS + 2 * register.thread()], register.register());
        case Observable.Cell cell -> cells[cell.cell()];
      };
    }
    finals.add(wild);
  }
}
