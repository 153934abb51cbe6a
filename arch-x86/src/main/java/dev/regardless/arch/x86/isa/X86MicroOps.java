package dev.regardless.arch.x86.isa;

import dev.regardless.isa.MicroOp;
import dev.regardless.isa.PureFunction;
import java.util.ArrayList;
import java.util.List;

/** Collects the steps of one instruction. */
final class X86MicroOps {
  /** How many temporaries an instruction may use. */
  static final int TEMPORARIES = 16;

  private final List<MicroOp> steps = new ArrayList<>();
  private int used;

  int temporary() {
    if (used == TEMPORARIES) {
      throw new IllegalStateException("an instruction needs more than " + TEMPORARIES + " temporaries");
    }
    return X86Registers.COUNT + used++;
  }

  void add(MicroOp step) {
    steps.add(step);
  }

  int constant(long value) {
    int result = temporary();
    add(MicroOp.constant(result, value));
    return result;
  }

  int compute(PureFunction function, int first) {
    int result = temporary();
    add(MicroOp.compute(result, function, first));
    return result;
  }

  int compute(PureFunction function, int first, int second) {
    int result = temporary();
    add(MicroOp.compute(result, function, first, second));
    return result;
  }

  int compute(PureFunction function, int first, int second, int third) {
    int result = temporary();
    add(MicroOp.compute(result, function, first, second, third));
    return result;
  }

  /** The index of the next step. */
  int position() {
    return steps.size();
  }

  /** Leaves room for a step whose target is not known yet. */
  int reserve() {
    add(MicroOp.skip(steps.size() + 1));
    return steps.size() - 1;
  }

  void fill(int index, MicroOp step) {
    steps.set(index, step);
  }

  MicroOp[] build() {
    return steps.toArray(new MicroOp[0]);
  }
}
