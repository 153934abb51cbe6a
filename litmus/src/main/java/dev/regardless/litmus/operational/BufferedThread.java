package dev.regardless.litmus.operational;

import dev.regardless.isa.Annotation;
import dev.regardless.isa.MicroOp;
import dev.regardless.isa.UnsupportedTestException;
import dev.regardless.litmus.operational.LocalSteps.Stop;
import dev.regardless.litmus.test.LitmusTest;
import dev.regardless.litmus.test.MemoryLayout;
import dev.regardless.operational.BufferedModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One thread under a {@link BufferedModel}: its states, numbered, each just before something that other threads can see,
 * and where it goes from each. What it does next depends on nothing but its state and the value it loads, so every move
 * is worked out once.
 */
final class BufferedThread {
  /** What a thread is about to do. */
  enum Pending {
    /** Load. */
    LOAD,
    /** Load as the first half of a locked instruction. */
    LOCKED_LOAD,
    /** Store to memory itself. */
    STORE,
    /** Wait until its buffer is empty. */
    DRAIN,
    /** Nothing: it has ended. */
    END,
    /** Access something that is no cell. */
    WILD
  }

  /**
   * One way to go on.
   *
   * @param state  the state it leads to
   * @param stores what it put into the buffer on the way: cell, value, and 1 if it is a store exclusive
   */
  record Move(int state, long[] stores) {}

  /** In place of a cell: no reservation. */
  static final int NONE = -1;
  /** In place of a cell: the thread has stored to the cell itself since, which frees the pair of its condition. */
  static final int FREE = -2;

  private static final int ADDRESS = 0;
  private static final int STEP = 1;
  private static final int RESERVED = 2;
  private static final int ACCESSES = 3;
  private static final int VALUES = 4;
  private static final long LOADED = 1;
  private static final long STORED = 2;
  private static final int JUMP_FIELDS = 3;

  private final LitmusTest test;
  private final BufferedModel model;
  private final LocalSteps steps;
  private final Interner states = new Interner();
  private final List<Pending> pending = new ArrayList<>();
  private final List<MicroOp> operations = new ArrayList<>();
  private final List<Integer> cells = new ArrayList<>();
  private final List<Map<Long, List<Move>>> moves = new ArrayList<>();
  private final List<Move> first;
  private boolean loopCut;
  private long accesses;
  private int reserved;

  BufferedThread(LitmusTest test, int thread, BufferedModel model, int unrollings, AccessWidths widths) {
    this.test = test;
    this.model = model;
    steps = new LocalSteps(test, unrollings, null, widths);
    accesses = 0;
    reserved = NONE;
    first = follow(steps.start(thread), new ArrayList<>());
  }

  boolean loopCut() {
    return loopCut;
  }

  /** The states in which the thread begins. */
  List<Move> first() {
    return first;
  }

  Pending pending(int state) {
    return pending.get(state);
  }

  MicroOp operation(int state) {
    return operations.get(state);
  }

  int cell(int state) {
    return cells.get(state);
  }

  long register(int state, int register) {
    return states.content(state)[VALUES + register];
  }

  /** The value that a pending store stores. */
  long stored(int state) {
    MicroOp operation = operations.get(state);
    return LocalSteps.narrowed(register(state, operation.second), operation.width);
  }

  /** The cell of the last load exclusive without its store, {@link #NONE} or {@link #FREE}. */
  int reserved(int state) {
    return (int) states.content(state)[RESERVED];
  }

  /** Where a state leads if its access, if it is a load, returns this value. */
  List<Move> moves(int state, long value) {
    List<Move> known = moves.get(state).get(value);
    if (known == null) {
      known = work(state, value);
      moves.get(state).put(value, known);
    }
    return known;
  }

  private List<Move> work(int number, long value) {
    ThreadState state = unpack(states.content(number));
    MicroOp operation = steps.operation(state);
    switch (operation.kind) {
      case LOAD -> {
        load(state, operation, value);
      }
      case STORE -> {
        accesses |= STORED;
        if ((operation.annotations & Annotation.EXCLUSIVE) != 0) {
          reserved = NONE;
        } else if (reserved == steps.cell(state, operation)) {
          reserved = FREE;
        }
      }
      default -> {
        // A fence: done.
      }
    }
    state.step++;
    return follow(state, new ArrayList<>());
  }

  private void load(ThreadState state, MicroOp operation, long value) {
    refuse(LOADED, operation);
    accesses |= LOADED;
    if ((operation.annotations & Annotation.EXCLUSIVE) != 0) {
      reserved = steps.cell(state, operation);
    }
    state.forks += state.isFromMemory(operation.first) ? 1 : 0;
    state.set(operation.result, LocalSteps.narrowed(value, operation.width), true);
  }

  /** Two loads or two stores of one instruction are in no order, which this machine cannot show. */
  private void refuse(long kind, MicroOp operation) {
    if ((accesses & kind) != 0 && (operation.annotations & Annotation.IN_ORDER) == 0) {
      throw new UnsupportedTestException(test.source()
          + ": not supported by the operational engine under this model: instructions with two loads or two stores");
    }
  }

  private List<Move> follow(ThreadState state, List<Long> stores) {
    List<Move> found = new ArrayList<>();
    while (true) {
      Stop stop = steps.run(state);
      switch (stop) {
        case INSTRUCTION -> accesses = 0;
        case CHOICE -> {
          state.forks++;
          ThreadState other = new ThreadState(state);
          other.step = (int) steps.operation(state).immediate;
          long accessesBefore = accesses;
          int reservedBefore = reserved;
          List<Move> others = follow(other, new ArrayList<>(stores));
          accesses = accessesBefore;
          reserved = reservedBefore;
          state.step++;
          found.addAll(follow(state, stores));
          found.addAll(others);
          return found;
        }
        case LOAD, STORE -> {
          if (!buffer(state, stop, stores)) {
            found.add(move(state, pendingAccess(state, stop), stores));
            return found;
          }
        }
        case FENCE -> {
          if (model.waits(steps.operation(state).fence())) {
            found.add(move(state, Pending.DRAIN, stores));
            return found;
          }
          state.step++;
        }
        case END -> {
          found.add(move(state, Pending.END, stores));
          return found;
        }
        case ASTRAY -> {
          found.add(move(state, Pending.WILD, stores));
          return found;
        }
        case IMPOSSIBLE, CUT -> {
          loopCut |= stop == Stop.CUT;
          return found;
        }
      }
    }
  }

  /** Puts a store into the buffer, which nobody else can see; false if the thread has to stop here. */
  private boolean buffer(ThreadState state, Stop stop, List<Long> stores) {
    MicroOp operation = steps.operation(state);
    int cell = steps.cell(state, operation);
    if (stop == Stop.LOAD || cell == MemoryLayout.NONE || !model.buffersStores()
        || (operation.annotations & (Annotation.ATOMIC | Annotation.EXCLUSIVE)) != 0) {
      return false;
    }
    refuse(STORED, operation);
    accesses |= STORED;
    state.forks += state.isFromMemory(operation.first) ? 1 : 0;
    stores.add((long) cell);
    stores.add(LocalSteps.narrowed(state.values[operation.second], operation.width));
    state.step++;
    return true;
  }

  private Pending pendingAccess(ThreadState state, Stop stop) {
    MicroOp operation = steps.operation(state);
    if (steps.cell(state, operation) == MemoryLayout.NONE) {
      return Pending.WILD;
    }
    if (stop == Stop.LOAD) {
      return (operation.annotations & Annotation.ATOMIC) != 0 ? Pending.LOCKED_LOAD : Pending.LOAD;
    }
    refuse(STORED, operation);
    if (model.buffersStores() && (operation.annotations & Annotation.EXCLUSIVE) != 0) {
      throw new UnsupportedTestException(test.source()
          + ": not supported by the operational engine under this model: store exclusives in a buffer");
    }
    return Pending.STORE;
  }

  private Move move(ThreadState state, Pending what, List<Long> stores) {
    int number = states.number(pack(state));
    if (number == pending.size()) {
      boolean access = what == Pending.LOAD || what == Pending.LOCKED_LOAD || what == Pending.STORE;
      pending.add(what);
      operations.add(what == Pending.END || what == Pending.WILD ? MicroOp.skip(0) : steps.operation(state));
      cells.add(access ? steps.cell(state, steps.operation(state)) : NONE);
      moves.add(new HashMap<>());
    }
    long[] buffered = new long[stores.size()];
    Arrays.setAll(buffered, stores::get);
    return new Move(number, buffered);
  }

  private long[] pack(ThreadState state) {
    int flags = state.fromMemory.length;
    int registers = state.values.length;
    long[] packed = new long[VALUES + registers + flags + state.jumps.length];
    packed[ADDRESS] = state.address;
    packed[STEP] = state.step;
    packed[RESERVED] = reserved;
    packed[ACCESSES] = accesses;
    System.arraycopy(state.values, 0, packed, VALUES, registers);
    System.arraycopy(state.fromMemory, 0, packed, VALUES + registers, flags);
    int at = VALUES + registers + flags;
    for (int index = 0; index < state.jumps.length; index += JUMP_FIELDS) {
      packed[at + index] = state.jumps[index];
      packed[at + index + 1] = state.jumps[index + 1];
      packed[at + index + 2] = state.jumps[index + 2] < state.forks ? 0 : 1;
    }
    return packed;
  }

  private ThreadState unpack(long[] packed) {
    int registers = test.isa().registers().count() + test.isa().temporaries();
    ThreadState state = new ThreadState(packed[ADDRESS], registers, 0);
    state.step = (int) packed[STEP];
    reserved = (int) packed[RESERVED];
    accesses = packed[ACCESSES];
    System.arraycopy(packed, VALUES, state.values, 0, registers);
    System.arraycopy(packed, VALUES + registers, state.fromMemory, 0, state.fromMemory.length);
    int at = VALUES + registers + state.fromMemory.length;
    state.jumps = Arrays.copyOfRange(packed, at, packed.length);
    state.forks = 1;
    return state;
  }
}
