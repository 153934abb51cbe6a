package dev.regardless.arch.arm64.operational;

import dev.regardless.isa.Annotation;
import dev.regardless.isa.FenceKind;
import dev.regardless.operational.ViewModel;

/**
 * Armv8's views: Pulte and others, PLDI 2019, sections 4 and 5, extended by pick dependencies, by atomic instructions and
 * by what the architecture's published model (herd's aarch64.cat, August 2026) has changed since.
 *
 * <p>A view here is a pair: a <i>bound</i>, the time that must be known, and a <i>write bound</i>, at least as high, that
 * only writes have to respect. The latter carries the rule that a write comes after everything on which something
 * ordered before the write has a pick dependency. A register has, besides, the bound of the reads that it depends on
 * through choices: fences and addresses of writes respect it, addresses of reads do not.
 *
 * <p>What an instruction does counts for later instructions only, so the parts of a thread's state exist twice: in force,
 * and pending until the instruction ends.
 */
public final class Armv8Views implements ViewModel {
  /** Of a register: the bound of what it was computed from; the same through choices; the write bound. */
  private static final int WIDTH = 6;
  private static final int CHOSEN = 1;
  private static final int WRITE_BOUND = 2;
  /**
   * From here the same three again, for what comes from reads of the running instruction: its own writes do not depend on
   * that, only what follows does.
   */
  private static final int OWN = 3;

  // ---- a thread's state: pairs ----
  private static final int READ_OLD = 0;
  private static final int RETURNED_OLD = 2;
  private static final int WRITE_OLD = 4;
  private static final int READ_NEW = 6;
  private static final int WRITE_NEW = 8;
  private static final int RELEASE = 10;
  private static final int CAPTURED = 12;
  private static final int PAIRS_END = 14;
  /** The pending half begins here. */
  private static final int PENDING = PAIRS_END;
  /** The last access of this instruction. */
  private static final int LAST = 2 * PAIRS_END;
  /** 1 if this instruction has made an atomic acquire read. */
  private static final int ATOMIC_ACQUIRE = LAST + 2;
  /** Whether a register has views that come from a read of the running instruction. */
  private static final int ANY_OWN = LAST + 3;
  private static final int CELLS = LAST + 4;

  // ---- for each cell ----
  private static final int COHERENCE = 0;
  private static final int OWN_TIME = 2;
  /** The own write's address and data: what a read of it is ordered after. */
  private static final int OWN_ORDER = 3;
  /** The own write's address and data: what the read's result depends on. */
  private static final int OWN_DEPENDENCY = 5;
  /** The read of the own write's atomic pair. */
  private static final int OWN_ATOMIC = 8;
  /** The last atomic or exclusive read. */
  private static final int ATOMIC_READ = 10;
  private static final int CELL_SIZE = 12;

  private static final int ACQUIRES = Annotation.ACQUIRE | Annotation.ACQUIRE_PC;
  private static final int PAIRED = Annotation.ATOMIC | Annotation.EXCLUSIVE;

  @Override
  public String name() {
    return "armv8";
  }

  @Override
  public int width() {
    return WIDTH;
  }

  @Override
  public int stateSize(int cells) {
    return CELLS + cells * CELL_SIZE;
  }

  private static int cell(int cell) {
    return CELLS + cell * CELL_SIZE;
  }

  private static int view(int[] views, int register, int part) {
    return register < 0 ? 0 : views[register * WIDTH + part];
  }

  /** The view with what comes from reads of the running instruction. */
  private static int whole(int[] views, int register, int part) {
    return Math.max(view(views, register, part), view(views, register, part + OWN));
  }

  private static void raise(int[] state, int index, int bound, int writeBound) {
    state[index] = Math.max(state[index], bound);
    state[index + 1] = Math.max(state[index + 1], Math.max(bound, writeBound));
  }

  private static void raise(int[] state, int index, int from) {
    raise(state, index, state[from], state[from + 1]);
  }

  @Override
  public void select(int[] views, int result, int first, int pick) {
    for (int half = 0; half < WIDTH; half += OWN) {
      int bound = view(views, first, half);
      int chosen = Math.max(view(views, first, half + CHOSEN), view(views, pick, half + CHOSEN));
      int writeBound = Math.max(view(views, first, half + WRITE_BOUND), view(views, pick, half + WRITE_BOUND));
      views[result * WIDTH + half] = bound;
      views[result * WIDTH + half + CHOSEN] = chosen;
      views[result * WIDTH + half + WRITE_BOUND] = writeBound;
    }
  }

  @Override
  public void branch(int[] state, int[] views, int condition) {
    raise(state, CAPTURED, whole(views, condition, CHOSEN), whole(views, condition, WRITE_BOUND));
  }

  @Override
  public void fence(int[] state, FenceKind fence) {
    switch (fence) {
      case FULL, COMPLETION_FULL -> {
        raiseNew(state, READ_OLD, true);
        raiseNew(state, WRITE_OLD, true);
      }
      case LOAD, COMPLETION_LOAD -> raiseNew(state, RETURNED_OLD, true);
      case STORE -> raiseNew(state, WRITE_OLD, false);
      case COMPLETION_STORE -> raiseNew(state, WRITE_OLD, true);
      case INSTRUCTION -> raiseNew(state, CAPTURED, true);
    }
  }

  private static void raiseNew(int[] state, int from, boolean readsToo) {
    if (readsToo) {
      raise(state, READ_NEW, from);
    }
    raise(state, WRITE_NEW, from);
  }

  // ---- reads ----

  private static int boundBeforeRead(int[] state, int annotations, int[] views, int address) {
    int bound = Math.max(state[READ_NEW], view(views, address, 0));
    if ((annotations & Annotation.ACQUIRE) != 0) {
      bound = Math.max(bound, state[RELEASE]);
    }
    return (annotations & Annotation.IN_ORDER) != 0 ? Math.max(bound, state[LAST]) : bound;
  }

  private static int writeBoundBeforeRead(int[] state, int annotations, int[] views, int address) {
    int bound = Math.max(state[READ_NEW + 1],
        Math.max(view(views, address, CHOSEN), view(views, address, WRITE_BOUND)));
    if ((annotations & Annotation.ACQUIRE) != 0) {
      bound = Math.max(bound, state[RELEASE + 1]);
    }
    return (annotations & Annotation.IN_ORDER) != 0 ? Math.max(bound, state[LAST + 1]) : bound;
  }

  @Override
  public int readFloor(int[] state, int cell, int annotations, int[] views, int address) {
    return Math.max(boundBeforeRead(state, annotations, views, address), state[cell(cell) + COHERENCE]);
  }

  @Override
  public void read(int[] state, int cell, int time, int annotations, int[] views, int address, int result) {
    int base = cell(cell);
    int bound = Math.max(boundBeforeRead(state, annotations, views, address), state[base + OWN_ORDER]);
    int writeBound = Math.max(writeBoundBeforeRead(state, annotations, views, address), state[base + OWN_ORDER + 1]);
    int chosen = Math.max(view(views, address, CHOSEN), state[base + OWN_DEPENDENCY + CHOSEN]);
    int depends = state[base + OWN_DEPENDENCY];
    if (time != state[base + OWN_TIME]) {
      bound = Math.max(bound, time);
    }
    if ((annotations & ACQUIRES) != 0) {
      bound = Math.max(bound, state[base + OWN_ATOMIC]);
      writeBound = Math.max(writeBound, state[base + OWN_ATOMIC + 1]);
    }
    writeBound = Math.max(writeBound, Math.max(bound, Math.max(chosen, state[base + OWN_DEPENDENCY + WRITE_BOUND])));
    raise(state, base + COHERENCE, Math.max(bound, time), writeBound);
    raise(state, PENDING + READ_OLD, bound, writeBound);
    if ((annotations & Annotation.NO_RETURN) == 0) {
      raise(state, PENDING + RETURNED_OLD, bound, writeBound);
    }
    if ((annotations & ACQUIRES) != 0) {
      raise(state, PENDING + READ_NEW, bound, writeBound);
      raise(state, PENDING + WRITE_NEW, bound, writeBound);
    }
    if ((annotations & PAIRED) != 0) {
      state[base + ATOMIC_READ] = bound;
      state[base + ATOMIC_READ + 1] = writeBound;
      if ((annotations & Annotation.ACQUIRE) != 0 && (annotations & Annotation.ATOMIC) != 0) {
        state[ATOMIC_ACQUIRE] = 1;
      }
    }
    capture(state, views, address);
    last(state, bound, writeBound);
    int own = result * WIDTH + OWN;
    views[own - OWN] = 0;
    views[own - OWN + CHOSEN] = 0;
    views[own - OWN + WRITE_BOUND] = 0;
    views[own] = Math.max(bound, depends);
    views[own + CHOSEN] = Math.max(chosen, Math.max(bound, depends));
    views[own + WRITE_BOUND] = writeBound;
    state[ANY_OWN] = 1;
  }

  private static void capture(int[] state, int[] views, int address) {
    raise(state, PENDING + CAPTURED, view(views, address, CHOSEN), view(views, address, WRITE_BOUND));
  }

  private static void last(int[] state, int bound, int writeBound) {
    state[LAST] = bound;
    state[LAST + 1] = writeBound;
  }

  // ---- writes ----

  @Override
  public int writeFloor(int[] state, int cell, int annotations, int[] views, int address, int data, int pick) {
    int bound = Math.max(view(views, address, CHOSEN), view(views, address, WRITE_BOUND));
    if ((annotations & Annotation.FREE_DATA) == 0) {
      bound = Math.max(bound, Math.max(view(views, data, CHOSEN), view(views, data, WRITE_BOUND)));
      bound = Math.max(bound, Math.max(view(views, pick, CHOSEN), view(views, pick, WRITE_BOUND)));
    }
    bound = Math.max(bound, Math.max(state[CAPTURED + 1], state[WRITE_NEW + 1]));
    bound = Math.max(bound, state[cell(cell) + COHERENCE + 1]);
    if ((annotations & Annotation.RELEASE) != 0) {
      bound = Math.max(bound, Math.max(state[READ_OLD + 1], state[WRITE_OLD + 1]));
    }
    return (annotations & Annotation.IN_ORDER) != 0 ? Math.max(bound, state[LAST + 1]) : bound;
  }

  @Override
  public void write(int[] state, int cell, int time, int annotations, int[] views, int address, int data, int pick) {
    int base = cell(cell);
    int chosen = Math.max(view(views, address, CHOSEN),
        Math.max(whole(views, data, CHOSEN), whole(views, pick, CHOSEN)));
    int writeBound = Math.max(Math.max(time, chosen), Math.max(view(views, address, WRITE_BOUND),
        Math.max(whole(views, data, WRITE_BOUND), whole(views, pick, WRITE_BOUND))));
    raise(state, base + COHERENCE, time, writeBound);
    raise(state, PENDING + WRITE_OLD, time, writeBound);
    if ((annotations & Annotation.RELEASE) != 0) {
      raise(state, PENDING + RELEASE, time, writeBound);
      if (state[ATOMIC_ACQUIRE] != 0) {
        raise(state, PENDING + READ_NEW, time, writeBound);
        raise(state, PENDING + WRITE_NEW, time, writeBound);
      }
    }
    own(state, base, time, annotations, views, address, data);
    state[base + OWN_DEPENDENCY + CHOSEN] = chosen;
    capture(state, views, address);
    last(state, time, writeBound);
  }

  private static void own(int[] state, int base, int time, int annotations, int[] views, int address, int data) {
    boolean free = (annotations & Annotation.FREE_DATA) != 0;
    state[base + OWN_TIME] = time;
    state[base + OWN_ORDER] = Math.max(view(views, address, 0), free ? 0 : view(views, data, 0));
    state[base + OWN_ORDER + 1] = Math.max(view(views, address, WRITE_BOUND),
        free ? 0 : view(views, data, WRITE_BOUND));
    state[base + OWN_DEPENDENCY] = Math.max(view(views, address, 0), whole(views, data, 0));
    state[base + OWN_DEPENDENCY + WRITE_BOUND] = state[base + OWN_ORDER + 1];
    boolean paired = (annotations & PAIRED) != 0;
    state[base + OWN_ATOMIC] = paired ? state[base + ATOMIC_READ] : 0;
    state[base + OWN_ATOMIC + 1] = paired ? state[base + ATOMIC_READ + 1] : 0;
  }

  @Override
  public void endInstruction(int[] state, int[] views) {
    if (state[ANY_OWN] != 0) {
      for (int register = 0; register < views.length; register += WIDTH) {
        for (int part = register; part < register + OWN; part++) {
          views[part] = Math.max(views[part], views[part + OWN]);
          views[part + OWN] = 0;
        }
      }
      state[ANY_OWN] = 0;
    }
    for (int pair = 0; pair < PAIRS_END; pair++) {
      state[pair] = Math.max(state[pair], state[PENDING + pair]);
      state[PENDING + pair] = 0;
    }
    state[LAST] = 0;
    state[LAST + 1] = 0;
    state[ATOMIC_ACQUIRE] = 0;
  }
}
