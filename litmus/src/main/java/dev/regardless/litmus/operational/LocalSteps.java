package dev.regardless.litmus.operational;

import dev.regardless.isa.CodeAddress;
import dev.regardless.isa.MicroOp;
import dev.regardless.litmus.test.LitmusTest;
import dev.regardless.litmus.test.LitmusThread;
import dev.regardless.litmus.test.MemoryLayout;
import dev.regardless.operational.ViewModel;
import org.jspecify.annotations.Nullable;

/**
 * Runs what concerns one thread alone: arithmetic, jumps, conditions. It stops before whatever the search decides.
 *
 * <p>Loops are cut as the axiomatic engine cuts them: a jump backwards counts if there was a choice since it was last
 * counted (a branch on a value from memory, an access whose address came from there, an explicit choice), and one branch
 * may be counted as often as the limit says. Without choices a loop runs as it must.
 */
final class LocalSteps {
  private static final int MOST_STEPS = 20_000;

  /** Why a thread stopped. */
  enum Stop {
    /** Before a load. */
    LOAD,
    /** Before a store. */
    STORE,
    /** Before a fence. */
    FENCE,
    /** Before a choice. */
    CHOICE,
    /** After an instruction. */
    INSTRUCTION,
    /** Past its last instruction. */
    END,
    /** A condition that has to hold does not. */
    IMPOSSIBLE,
    /** A loop has run too often. */
    CUT,
    /** A jump to where there is no code. */
    ASTRAY
  }

  private final LitmusTest test;
  private final int unrollings;
  private final @Nullable ViewModel model;
  private final AccessWidths widths;
  /** The model's state of the thread that is running; not used without a model. */
  int[] modelState = new int[0];
  private Stop failure = Stop.END;

  LocalSteps(LitmusTest test, int unrollings, @Nullable ViewModel model, AccessWidths widths) {
    this.test = test;
    this.widths = widths;
    this.unrollings = unrollings;
    this.model = model;
  }

  ThreadState start(int thread) {
    int registers = test.isa().registers().count();
    ThreadState state = new ThreadState(CodeAddress.of(thread, 0), registers + test.isa().temporaries(),
        model == null ? 0 : model.width());
    System.arraycopy(test.threads().get(thread).initialRegisters(), 0, state.values, 0, registers);
    return state;
  }

  /** The step before which a thread has stopped. */
  MicroOp operation(ThreadState state) {
    return code(state)[state.step];
  }

  private MicroOp[] code(ThreadState state) {
    LitmusThread thread = test.threads().get(CodeAddress.thread(state.address));
    return thread.code().get(CodeAddress.index(state.address));
  }

  /** The cell that a load or store accesses, or {@link MemoryLayout#NONE}. */
  int cell(ThreadState state, MicroOp access) {
    int cell = test.memory().cellAt(state.values[access.first]);
    widths.note(cell, access);
    return cell;
  }

  /** The part of a value that an access of this width moves. */
  static long narrowed(long value, int width) {
    return width == Long.BYTES ? value : value & ((1L << (8 * width)) - 1);
  }

  /** Runs on until something stops the thread. */
  Stop run(ThreadState state) {
    while (true) {
      int index = CodeAddress.index(state.address);
      LitmusThread thread = test.threads().get(CodeAddress.thread(state.address));
      if (index >= thread.code().size()) {
        return Stop.END;
      }
      MicroOp[] operations = thread.code().get(index);
      if (state.step >= operations.length) {
        next(state, CodeAddress.of(CodeAddress.thread(state.address), index + 1));
        return Stop.INSTRUCTION;
      }
      MicroOp operation = operations[state.step];
      switch (operation.kind) {
        case LOAD :
          return Stop.LOAD;
        case STORE :
          return Stop.STORE;
        case FENCE :
          return Stop.FENCE;
        case CHOOSE :
          return Stop.CHOICE;
        default :
          if (++state.steps > MOST_STEPS) {
            return Stop.CUT;
          }
          boolean jumped = step(state, operation);
          if (failure != Stop.END) {
            Stop reason = failure;
            failure = Stop.END;
            return reason;
          }
          if (jumped) {
            return Stop.INSTRUCTION;
          }
      }
    }
  }

  private static void next(ThreadState state, long address) {
    state.address = address;
    state.step = 0;
  }

  /** One step; true if it ended the instruction by a jump. */
  private boolean step(ThreadState state, MicroOp operation) {
    switch (operation.kind) {
      case CONSTANT -> {
        state.set(operation.result, operation.immediate, false);
        if (model != null) {
          model.join(state.views, operation.result, -1, -1, -1);
        }
      }
      case COMPUTE -> compute(state, operation);
      case SELECT -> {
        state.set(operation.result, state.values[operation.first], state.isFromMemory(operation.first));
        if (model != null) {
          model.select(state.views, operation.result, operation.first, operation.pick);
        }
      }
      case ASSUME -> {
        state.unordered = Math.max(state.unordered, state.highestView(operation.first));
        if (state.values[operation.first] == 0) {
          failure = Stop.IMPOSSIBLE;
        }
      }
      case UNLESS -> {
        state.unordered = Math.max(state.unordered, state.highestView(operation.first));
        state.forks += state.isFromMemory(operation.first) ? 1 : 0;
        if (state.values[operation.first] == 0) {
          state.step = (int) operation.immediate;
          return false;
        }
      }
      case SKIP -> {
        state.step = (int) operation.immediate;
        return false;
      }
      case BRANCH -> {
        branch(state, operation);
        return true;
      }
      case JUMP -> {
        jump(state, operation.immediate);
        return true;
      }
      case JUMP_REGISTER -> {
        jumpRegister(state, operation);
        return true;
      }
      default -> throw new IllegalStateException("not a local step: " + operation);
    }
    state.step++;
    return false;
  }

  private void compute(ThreadState state, MicroOp operation) {
    long value = operation.function().apply(state.value(operation.first), state.value(operation.second),
        state.value(operation.third));
    boolean unknown = state.isFromMemory(operation.first) || state.isFromMemory(operation.second)
        || state.isFromMemory(operation.third);
    if (operation.first == operation.second && operation.function().zeroOnEqualOperands()) {
      unknown = false;
    }
    state.set(operation.result, value, unknown);
    if (model != null) {
      model.join(state.views, operation.result, operation.first, operation.second, operation.third);
    }
  }

  private void branch(ThreadState state, MicroOp operation) {
    if (model != null) {
      model.branch(modelState, state.views, operation.first);
    }
    long following = CodeAddress.of(CodeAddress.thread(state.address), CodeAddress.index(state.address) + 1);
    if (operation.immediate == following) {
      next(state, following);
      return;
    }
    state.forks += state.isFromMemory(operation.first) ? 1 : 0;
    if (state.values[operation.first] != 0) {
      jump(state, operation.immediate);
    } else {
      next(state, following);
    }
  }

  private void jump(ThreadState state, long target) {
    if (target <= state.address && state.countJump() > unrollings) {
      failure = Stop.CUT;
    }
    next(state, target);
  }

  private void jumpRegister(ThreadState state, MicroOp operation) {
    if (model != null) {
      model.branch(modelState, state.views, operation.first);
    }
    state.forks += state.isFromMemory(operation.first) ? 1 : 0;
    long target = state.values[operation.first];
    if (!CodeAddress.isCode(target) || CodeAddress.thread(target) >= test.threads().size()) {
      failure = Stop.ASTRAY;
      return;
    }
    jump(state, target);
  }
}
