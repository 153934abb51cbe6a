package dev.regardless.arch.x86.isa;

import dev.regardless.arch.x86.isa.X86Function.Operation;
import dev.regardless.arch.x86.isa.X86Instruction.Immediate;
import dev.regardless.arch.x86.isa.X86Instruction.Memory;
import dev.regardless.arch.x86.isa.X86Instruction.Operand;
import dev.regardless.arch.x86.isa.X86Instruction.Register;
import dev.regardless.isa.Alu;
import dev.regardless.isa.Annotation;
import dev.regardless.isa.MicroOp;

/**
 * What instructions do. An instruction that reads and writes memory computes its address once, reads, and writes; with
 * LOCK, or as XCHG, both halves are {@link Annotation#ATOMIC}. Writing a 32-bit part clears the upper half of its
 * register; writing 8 or 16 bits keeps the rest.
 */
final class X86Translator {
  private final X86MicroOps steps = new X86MicroOps();
  private final int nativeBits;

  X86Translator(int nativeBits) {
    this.nativeBits = nativeBits;
  }

  /** Not a switch over types, for which the JDK would make a class at each start. */
  MicroOp[] translate(X86Instruction instruction) {
    if (instruction instanceof X86Instruction.Move move) {
      move(move);
    } else if (instruction instanceof X86Instruction.MoveExtended move) {
      int value = read(move.source(), move.sourceBits());
      int wide = steps.compute(move.signed() ? Alu.SIGN_EXTEND : Alu.ZERO_EXTEND, value,
          steps.constant(move.sourceBits()));
      write(move.target(), steps.compute(new X86Function(Operation.COPY, move.bits()), wide));
    } else if (instruction instanceof X86Instruction.LoadAddress load) {
      write(load.target(), steps.compute(new X86Function(Operation.COPY, load.bits()), address(load.source())));
    } else if (instruction instanceof X86Instruction.Exchange exchange) {
      exchange(exchange);
    } else if (instruction instanceof X86Instruction.Arithmetic arithmetic) {
      arithmetic(arithmetic);
    } else if (instruction instanceof X86Instruction.Comparison comparison) {
      int first = read(comparison.first(), comparison.bits());
      int second = read(comparison.second(), comparison.bits());
      flags(comparison.operation(), first, second, comparison.bits(), MicroOp.NONE);
    } else if (instruction instanceof X86Instruction.Unary unary) {
      unary(unary);
    } else if (instruction instanceof X86Instruction.Shift shift) {
      shift(shift);
    } else if (instruction instanceof X86Instruction.ExchangeAdd add) {
      exchangeAdd(add);
    } else if (instruction instanceof X86Instruction.CompareExchange exchange) {
      compareExchange(exchange);
    } else if (instruction instanceof X86Instruction.BitTest test) {
      bitTest(test);
    } else if (instruction instanceof X86Instruction.ConditionalMove move) {
      int source = steps.compute(new X86Function(Operation.COPY, move.bits()), read(move.source(), move.bits()));
      int old = steps.compute(new X86Function(Operation.COPY, move.bits()), read(move.target(), move.bits()));
      write(move.target(), steps.compute(X86Choice.CHOOSE, condition(move.condition()), source, old));
    } else if (instruction instanceof X86Instruction.ConditionalSet set) {
      int condition = condition(set.condition());
      store(set.target(), locate(set.target()), condition, 8, Annotation.PLAIN);
    } else if (instruction instanceof X86Instruction.Jump jump) {
      steps.add(MicroOp.jump(jump.target()));
    } else if (instruction instanceof X86Instruction.ConditionalJump jump) {
      steps.add(MicroOp.branch(condition(jump.condition()), jump.target()));
    } else if (instruction instanceof X86Instruction.Fence fence) {
      steps.add(MicroOp.fence(fence.kind()));
    } else if (instruction instanceof X86Instruction.SetCarry set) {
      steps.add(MicroOp.constant(X86Registers.CARRY, set.value()));
    } else if (!(instruction instanceof X86Instruction.Nothing)) {
      throw new IllegalStateException("no meaning for " + instruction);
    }
    return steps.build();
  }

  // ---- operands ----

  private int address(Memory memory) {
    int sum = MicroOp.NONE;
    if (memory.base() != X86Instruction.NO_REGISTER) {
      sum = memory.base();
    }
    if (memory.index() != X86Instruction.NO_REGISTER) {
      int scaled = memory.scale() == 1
          ? memory.index()
          : steps.compute(Alu.MULTIPLY, memory.index(), steps.constant(memory.scale()));
      sum = sum == MicroOp.NONE ? scaled : steps.compute(new X86Function(Operation.ADD, nativeBits), sum, scaled);
    }
    if (sum == MicroOp.NONE) {
      return steps.constant(memory.displacement());
    }
    return memory.displacement() == 0
        ? steps.compute(Alu.COPY, sum)
        : steps.compute(new X86Function(Operation.ADD, nativeBits), sum, steps.constant(memory.displacement()));
  }

  /** The address of an operand in memory, {@link MicroOp#NONE} for any other. */
  private int locate(Operand operand) {
    return operand instanceof Memory memory ? address(memory) : MicroOp.NONE;
  }

  private int read(Operand operand, int bits) {
    return load(operand, locate(operand), bits, Annotation.PLAIN);
  }

  /** The value of an operand; bits above {@code bits} are to be ignored. */
  private int load(Operand operand, int address, int bits, int annotations) {
    if (operand instanceof Immediate immediate) {
      return steps.constant(immediate.value());
    }
    if (operand instanceof Register register) {
      return register.part().lowest() == 0
          ? register.part().register()
          : steps.compute(new X86Part(false, register.part().bits(), register.part().lowest()),
              register.part().register());
    }
    int value = steps.temporary();
    steps.add(MicroOp.load(value, address, bits / 8, annotations));
    return value;
  }

  private void store(Operand target, int address, int value, int bits, int annotations) {
    if (target instanceof Register register) {
      write(register, value);
    } else {
      steps.add(MicroOp.store(address, value, bits / 8, annotations));
    }
  }

  /** Changes a register; the value has no bits set above the width of the operation. */
  private void write(Register target, int value) {
    int register = target.part().register();
    if (target.part().bits() >= 32) {
      steps.add(MicroOp.compute(register, Alu.COPY, value));
    } else {
      steps.add(MicroOp.compute(register, new X86Part(true, target.part().bits(), target.part().lowest()), register,
          value));
    }
  }

  private int condition(X86Condition condition) {
    int status = condition.needsStatus() ? X86Registers.STATUS : steps.constant(0);
    return condition.needsCarry()
        ? steps.compute(condition, status, X86Registers.CARRY)
        : steps.compute(condition, status);
  }

  private static int atomic(boolean locked) {
    return locked ? Annotation.ATOMIC : Annotation.PLAIN;
  }

  // ---- families ----

  private void move(X86Instruction.Move move) {
    if (move.target() instanceof Register register && register.part().bits() >= 32) {
      int result = register.part().register();
      if (move.source() instanceof Immediate immediate) {
        steps.add(MicroOp.constant(result, new X86Function(Operation.COPY, move.bits()).apply(immediate.value(), 0,
            0)));
      } else if (move.source() instanceof Memory memory) {
        steps.add(MicroOp.load(result, address(memory), move.bits() / 8, Annotation.PLAIN));
      } else if (move.source() instanceof Register source) {
        steps.add(MicroOp.compute(result, new X86Function(Operation.COPY, move.bits()), read(source, move.bits())));
      }
      return;
    }
    int address = locate(move.target());
    store(move.target(), address, read(move.source(), move.bits()), move.bits(), Annotation.PLAIN);
  }

  private void exchange(X86Instruction.Exchange exchange) {
    int bits = exchange.bits();
    int first = locate(exchange.first());
    int second = locate(exchange.second());
    X86Function copy = new X86Function(Operation.COPY, bits);
    int firstValue = steps.compute(copy, load(exchange.first(), first, bits, Annotation.ATOMIC));
    int secondValue = steps.compute(copy, load(exchange.second(), second, bits, Annotation.ATOMIC));
    store(exchange.first(), first, secondValue, bits, Annotation.ATOMIC);
    store(exchange.second(), second, firstValue, bits, Annotation.ATOMIC);
  }

  private void arithmetic(X86Instruction.Arithmetic arithmetic) {
    int bits = arithmetic.bits();
    int address = locate(arithmetic.target());
    int source = read(arithmetic.source(), bits);
    int old = load(arithmetic.target(), address, bits, atomic(arithmetic.locked()));
    int carry = arithmetic.withCarry() ? X86Registers.CARRY : MicroOp.NONE;
    int result = steps.compute(new X86Function(arithmetic.operation(), bits), old, source, carry);
    flags(arithmetic.operation(), old, source, bits, carry);
    store(arithmetic.target(), address, result, bits, atomic(arithmetic.locked()));
  }

  /** Sets all flags as a sum, a difference or a bitwise operation does; {@code carry} may be absent. */
  private void flags(Operation operation, int first, int second, int bits, int carry) {
    if (operation == Operation.ADD || operation == Operation.SUBTRACT) {
      boolean sum = operation == Operation.ADD;
      X86Status status = new X86Status(sum ? X86Status.Kind.ADD : X86Status.Kind.SUBTRACT, bits);
      X86Status out = new X86Status(sum ? X86Status.Kind.ADD_CARRY : X86Status.Kind.SUBTRACT_CARRY, bits);
      steps.add(MicroOp.compute(X86Registers.STATUS, status, first, second, carry));
      steps.add(MicroOp.compute(X86Registers.CARRY, out, first, second, carry));
    } else {
      int result = steps.compute(new X86Function(operation, bits), first, second);
      steps.add(MicroOp.compute(X86Registers.STATUS, new X86Status(X86Status.Kind.LOGIC, bits), result));
      steps.add(MicroOp.constant(X86Registers.CARRY, 0));
    }
  }

  private void unary(X86Instruction.Unary unary) {
    int bits = unary.bits();
    int address = locate(unary.target());
    int old = load(unary.target(), address, bits, atomic(unary.locked()));
    int result;
    switch (unary.operation()) {
      case NOT -> result = steps.compute(new X86Function(Operation.NOT, bits), old);
      case NEGATE -> {
        result = steps.compute(new X86Function(Operation.NEGATE, bits), old);
        flags(Operation.SUBTRACT, steps.constant(0), steps.compute(Alu.COPY, old), bits, MicroOp.NONE);
      }
      default -> {
        int one = steps.constant(1);
        result = steps.compute(new X86Function(unary.operation(), bits), old, one);
        X86Status.Kind kind = unary.operation() == Operation.ADD ? X86Status.Kind.ADD : X86Status.Kind.SUBTRACT;
        steps.add(MicroOp.compute(X86Registers.STATUS, new X86Status(kind, bits), old, one));
      }
    }
    store(unary.target(), address, result, bits, atomic(unary.locked()));
  }

  private void shift(X86Instruction.Shift shift) {
    int bits = shift.bits();
    int address = locate(shift.target());
    int distance = read(shift.distance(), 8);
    int old = load(shift.target(), address, bits, Annotation.PLAIN);
    int result = steps.compute(new X86Function(shift.operation(), bits), old, distance);
    X86Status.Kind status = switch (shift.operation()) {
      case SHIFT_LEFT -> X86Status.Kind.SHIFT_LEFT;
      case SHIFT_RIGHT -> X86Status.Kind.SHIFT_RIGHT;
      default -> X86Status.Kind.SHIFT_RIGHT_SIGNED;
    };
    X86Status.Kind carry = switch (shift.operation()) {
      case SHIFT_LEFT -> X86Status.Kind.SHIFT_LEFT_CARRY;
      case SHIFT_RIGHT -> X86Status.Kind.SHIFT_RIGHT_CARRY;
      default -> X86Status.Kind.SHIFT_RIGHT_SIGNED_CARRY;
    };
    boolean fixed = shift.distance() instanceof Immediate immediate
        && X86Function.distance(immediate.value(), bits) != 0;
    steps.add(MicroOp.compute(X86Registers.STATUS, new X86Status(status, bits), old, distance,
        fixed ? MicroOp.NONE : X86Registers.STATUS));
    steps.add(MicroOp.compute(X86Registers.CARRY, new X86Status(carry, bits), old, distance,
        fixed ? MicroOp.NONE : X86Registers.CARRY));
    store(shift.target(), address, result, bits, Annotation.PLAIN);
  }

  private void exchangeAdd(X86Instruction.ExchangeAdd add) {
    int bits = add.bits();
    int address = locate(add.target());
    X86Function copy = new X86Function(Operation.COPY, bits);
    int old = steps.compute(copy, load(add.target(), address, bits, atomic(add.locked())));
    int source = read(add.source(), bits);
    int sum = steps.compute(new X86Function(Operation.ADD, bits), old, source);
    flags(Operation.ADD, old, source, bits, MicroOp.NONE);
    write(add.source(), old);
    store(add.target(), address, sum, bits, atomic(add.locked()));
  }

  /** If the comparison fails there is no write: the value written back would be the one that was read. */
  private void compareExchange(X86Instruction.CompareExchange exchange) {
    int bits = exchange.bits();
    int address = locate(exchange.target());
    int source = steps.compute(new X86Function(Operation.COPY, bits), read(exchange.source(), bits));
    int old = load(exchange.target(), address, bits, atomic(exchange.locked()));
    int expected = steps.compute(new X86Function(Operation.COPY, bits), X86Registers.ACCUMULATOR);
    int found = steps.compute(new X86Function(Operation.COPY, bits), old);
    flags(Operation.SUBTRACT, expected, found, bits, MicroOp.NONE);
    int equal = steps.compute(Alu.EQUAL, expected, found);
    int unless = steps.reserve();
    store(exchange.target(), address, source, bits, atomic(exchange.locked()));
    int end = steps.reserve();
    steps.fill(unless, MicroOp.unless(equal, steps.position()));
    write(new Register(new X86Registers.Part(X86Registers.ACCUMULATOR, bits, 0)), found);
    steps.fill(end, MicroOp.skip(steps.position()));
  }

  private void bitTest(X86Instruction.BitTest test) {
    int bits = test.bits();
    int address = locate(test.target());
    int position = read(test.position(), bits);
    int old = load(test.target(), address, bits, atomic(test.locked()));
    int mask = steps.compute(new X86Function(Operation.BIT_MASK, bits), position);
    int changed = steps.compute(new X86Function(test.operation(), bits), old, mask);
    steps.add(MicroOp.compute(X86Registers.CARRY, new X86Function(Operation.BIT, bits), old, position));
    if (test.operation() != Operation.COPY) {
      store(test.target(), address, changed, bits, atomic(test.locked()));
    }
  }
}
