package dev.regardless.arch.arm64.isa;

import dev.regardless.isa.MicroOp;
import dev.regardless.isa.PureFunction;
import dev.regardless.isa.RegisterFile;
import java.util.ArrayList;
import java.util.List;

/** Collects the micro-operations of one instruction and numbers its temporaries. */
final class MicroOpBuilder {
  /** How many temporaries an instruction may use. */
  static final int TEMPORARIES = 32;

  private static final int FIRST_TEMPORARY = new A64Registers().count();

  private final List<MicroOp> operations = new ArrayList<>();
  private int next = FIRST_TEMPORARY;

  /** A fresh temporary. */
  int temporary() {
    if (next == FIRST_TEMPORARY + TEMPORARIES) {
      throw new IllegalStateException("an instruction needs more than " + TEMPORARIES + " temporaries");
    }
    return next++;
  }

  /** What to read for a register operand: the register, or a temporary that holds 0. */
  int read(int register) {
    return register == RegisterFile.ZERO ? constant(0) : register;
  }

  /** What to write for a register result: the register, or a temporary that nobody reads. */
  int write(int register) {
    return register == RegisterFile.ZERO ? temporary() : register;
  }

  /** A temporary that holds a constant. */
  int constant(long value) {
    int temporary = temporary();
    add(MicroOp.constant(temporary, value));
    return temporary;
  }

  /** A temporary that holds the result of a function. */
  int compute(PureFunction function, int first, int second) {
    int temporary = temporary();
    add(MicroOp.compute(temporary, function, first, second));
    return temporary;
  }

  /** A temporary that holds the result of a function of one operand. */
  int compute(PureFunction function, int first) {
    int temporary = temporary();
    add(MicroOp.compute(temporary, function, first));
    return temporary;
  }

  void add(MicroOp operation) {
    operations.add(operation);
  }

  /** The index that the next operation will have. */
  int position() {
    return operations.size();
  }

  /** Leaves room for an operation whose target is not known yet. */
  int reserve() {
    operations.add(MicroOp.skip(operations.size() + 1));
    return operations.size() - 1;
  }

  void fill(int index, MicroOp operation) {
    operations.set(index, operation);
  }

  MicroOp[] build() {
    return operations.toArray(new MicroOp[0]);
  }
}
