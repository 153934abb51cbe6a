package dev.regardless.arch.arm64.isa;

import dev.regardless.arch.arm64.isa.A64Function.Operation;
import dev.regardless.arch.arm64.isa.A64Instruction.Operand;
import dev.regardless.isa.Alu;
import dev.regardless.isa.MicroOp;
import dev.regardless.isa.RegisterFile;

/** Meaning of arithmetic, moves and conditional selects. */
final class A64DataTranslator {
  private final MicroOpBuilder builder;

  A64DataTranslator(MicroOpBuilder builder) {
    this.builder = builder;
  }

  /** The temporary or register that holds the value of a last operand. */
  int operand(Operand operand, int bits) {
    return switch (operand) {
      case A64Instruction.Constant constant -> builder.constant(constant.value());
      case A64Instruction.Shifted shifted -> shifted(shifted, bits);
      case A64Instruction.Extended extended -> extended.register() == RegisterFile.ZERO
          ? builder.constant(0)
          : extended.fromBits() == 64 && extended.shift() == 0
              ? extended.register()
              : builder.compute(new ExtendFunction(extended.fromBits(), extended.signed(), extended.shift()),
                  extended.register());
    };
  }

  private int shifted(A64Instruction.Shifted shifted, int bits) {
    int register = builder.read(shifted.register());
    if (shifted.amount() == 0) {
      return register;
    }
    Operation operation = switch (shifted.kind()) {
      case "LSL" -> Operation.SHIFT_LEFT;
      case "LSR" -> Operation.SHIFT_RIGHT;
      case "ASR" -> Operation.SHIFT_RIGHT_SIGNED;
      default -> Operation.ROTATE_RIGHT;
    };
    return builder.compute(new A64Function(operation, bits), register, builder.constant(shifted.amount()));
  }

  void translate(A64Instruction.MoveConstant move) {
    builder.add(MicroOp.constant(builder.write(move.result()), move.value()));
  }

  void translate(A64Instruction.MoveRegister move) {
    int source = builder.read(move.source());
    builder.add(MicroOp.compute(builder.write(move.result()), new ExtendFunction(move.bits(), false, 0), source));
  }

  void translate(A64Instruction.MoveKeep move) {
    int old = builder.read(move.result());
    int field = builder.constant(move.value());
    builder.add(MicroOp.compute(builder.write(move.result()),
        new BitfieldFunction(BitfieldFunction.Kind.INSERT, (move.bits() - move.shift()) % move.bits(), 15, move.bits()),
        field, old));
  }

  void translate(A64Instruction.TwoOperands two) {
    int first = builder.read(two.first());
    int second = operand(two.second(), two.bits());
    builder.add(MicroOp.compute(builder.write(two.result()), new A64Function(two.operation(), two.bits()), first,
        second));
  }

  void translate(A64Instruction.FlagSetting setting) {
    int first = builder.read(setting.first());
    int second = operand(setting.second(), setting.bits());
    A64Function function = new A64Function(setting.operation(), setting.bits());
    A64Function flags = new A64Function(setting.flags(), setting.bits());
    if (setting.flags() == Operation.LOGIC_FLAGS) {
      int result = builder.compute(function, first, second);
      builder.add(MicroOp.compute(A64Registers.NZCV, flags, result));
      if (setting.result() != RegisterFile.ZERO) {
        builder.add(MicroOp.compute(setting.result(), Alu.COPY, result));
      }
      return;
    }
    builder.add(MicroOp.compute(A64Registers.NZCV, flags, first, second));
    if (setting.result() != RegisterFile.ZERO) {
      builder.add(MicroOp.compute(setting.result(), function, first, second));
    }
  }

  void translate(A64Instruction.WithCarry sum) {
    int first = builder.read(sum.first());
    int second = builder.read(sum.second());
    if (sum.invert()) {
      second = builder.compute(Alu.NOT, second);
    }
    int carry = builder.compute(Condition.CS, A64Registers.NZCV);
    if (sum.setsFlags()) {
      builder.add(MicroOp.compute(A64Registers.NZCV, new A64Function(Operation.ADD_CARRY_FLAGS, sum.bits()), first,
          second, carry));
    }
    builder.add(MicroOp.compute(builder.write(sum.result()), new A64Function(Operation.ADD_CARRY, sum.bits()), first,
        second, carry));
  }

  void translate(A64Instruction.OneOperand one) {
    int source = builder.read(one.source());
    builder.add(MicroOp.compute(builder.write(one.result()), new A64Function(one.operation(), one.bits()), source));
  }

  void translate(A64Instruction.Multiply multiply) {
    int first = factor(multiply, multiply.first());
    int second = factor(multiply, multiply.second());
    int addend = builder.read(multiply.addend());
    Operation operation = multiply.subtract() ? Operation.MULTIPLY_SUBTRACT : Operation.MULTIPLY_ADD;
    builder.add(MicroOp.compute(builder.write(multiply.result()), new A64Function(operation, multiply.bits()), first,
        second, addend));
  }

  private int factor(A64Instruction.Multiply multiply, int register) {
    int factor = builder.read(register);
    return multiply.fromWords() ? builder.compute(new ExtendFunction(32, multiply.signed(), 0), factor) : factor;
  }

  void translate(A64Instruction.Bitfield field) {
    int source = builder.read(field.source());
    int result = builder.write(field.result());
    if (field.function().kind() == BitfieldFunction.Kind.INSERT) {
      builder.add(MicroOp.compute(result, field.function(), source, builder.read(field.result())));
    } else {
      builder.add(MicroOp.compute(result, field.function(), source));
    }
  }

  void translate(A64Instruction.Extract extract) {
    int high = builder.read(extract.high());
    int low = builder.read(extract.low());
    if (extract.position() == 0) {
      builder.add(MicroOp.compute(builder.write(extract.result()), new ExtendFunction(extract.bits(), false, 0), low));
      return;
    }
    int lower = builder.compute(new A64Function(Operation.SHIFT_RIGHT, extract.bits()), low,
        builder.constant(extract.position()));
    int upper = builder.compute(new A64Function(Operation.SHIFT_LEFT, extract.bits()), high,
        builder.constant(extract.bits() - extract.position()));
    builder.add(MicroOp.compute(builder.write(extract.result()), Alu.OR, upper, lower));
  }

  /** CSEL: the condition chooses which register is read, so the result depends on it only by that choice. */
  void translate(A64Instruction.ConditionalSelect select) {
    int condition = builder.compute(select.condition(), A64Registers.NZCV);
    int result = builder.write(select.result());
    int branch = builder.reserve();
    int chosen = builder.compute(new ExtendFunction(select.bits(), false, 0), builder.read(select.ifTrue()));
    builder.add(MicroOp.select(result, chosen, condition));
    int end = builder.reserve();
    builder.fill(branch, MicroOp.unless(condition, builder.position()));
    int other = builder.read(select.ifFalse());
    int changed = switch (select.otherwise()) {
      case COPY -> builder.compute(new ExtendFunction(select.bits(), false, 0), other);
      case INCREMENT -> builder.compute(new A64Function(Operation.ADD, select.bits()), other, builder.constant(1));
      case INVERT -> builder.compute(new A64Function(Operation.OR_NOT, select.bits()), builder.constant(0), other);
      case NEGATE -> builder.compute(new A64Function(Operation.SUBTRACT, select.bits()), builder.constant(0), other);
    };
    builder.add(MicroOp.select(result, changed, condition));
    builder.fill(end, MicroOp.skip(builder.position()));
  }

  void translate(A64Instruction.ConditionalCompare compare) {
    int condition = builder.compute(compare.condition(), A64Registers.NZCV);
    int branch = builder.reserve();
    int first = builder.read(compare.first());
    int second = operand(compare.second(), compare.bits());
    int flags = builder.compute(new A64Function(compare.operation(), compare.bits()), first, second);
    builder.add(MicroOp.select(A64Registers.NZCV, flags, condition));
    int end = builder.reserve();
    builder.fill(branch, MicroOp.unless(condition, builder.position()));
    builder.add(MicroOp.select(A64Registers.NZCV, builder.constant(compare.flags()), condition));
    builder.fill(end, MicroOp.skip(builder.position()));
  }
}
