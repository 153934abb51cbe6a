package dev.regardless.arch.x86.isa;

import dev.regardless.input.BadInputException;
import dev.regardless.isa.CodeAddress;
import dev.regardless.isa.InstructionSet;
import dev.regardless.isa.MicroOp;
import dev.regardless.isa.ParseContext;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;

/** Runs single instructions on one thread with memory as a map, so that tests can state exact results. */
final class Interpreter implements ParseContext {
  static final long X = 0x1000;
  static final long Y = 0x2000;
  static final long TARGET = CodeAddress.of(0, 40);

  final InstructionSet set;
  final long[] registers;
  final Map<Long, Long> memory = new HashMap<>();
  final StringBuilder accesses = new StringBuilder();
  boolean jumped;

  Interpreter(InstructionSet set) {
    this.set = set;
    registers = new long[set.registers().count() + set.temporaries()];
    memory.put(X, 0L);
    memory.put(Y, 0L);
  }

  Interpreter with(String register, long value) {
    registers[set.registers().find(register)] = value;
    return this;
  }

  Interpreter run(String... texts) {
    for (String text : texts) {
      run(set.translate(set.parse(text, this)));
    }
    return this;
  }

  long register(String name) {
    return registers[set.registers().find(name)];
  }

  private long value(int register) {
    return register == MicroOp.NONE ? 0 : registers[register];
  }

  private void run(MicroOp[] steps) {
    int index = 0;
    while (index < steps.length) {
      MicroOp step = steps[index++];
      switch (step.kind) {
        case CONSTANT -> registers[step.result] = step.immediate;
        case COMPUTE ->
          registers[step.result] = step.function().apply(value(step.first), value(step.second), value(step.third));
        case LOAD -> {
          accesses.append('R').append(step.width).append(step.annotations == 0 ? "" : "*").append(' ');
          registers[step.result] = memory.getOrDefault(value(step.first), 0L) & (-1L >>> (64 - 8 * step.width));
        }
        case STORE -> {
          accesses.append('W').append(step.width).append(step.annotations == 0 ? "" : "*").append(' ');
          memory.put(value(step.first), value(step.second) & (-1L >>> (64 - 8 * step.width)));
        }
        case FENCE -> accesses.append(step.fence()).append(' ');
        case BRANCH -> jumped = value(step.first) != 0;
        case JUMP -> jumped = true;
        case UNLESS -> index = value(step.first) == 0 ? (int) step.immediate : index;
        case SKIP -> index = (int) step.immediate;
        default -> throw new IllegalStateException("not used by x86: " + step);
      }
    }
  }

  @Override
  public OptionalLong label(String name) {
    return name.equals("L0") ? OptionalLong.of(TARGET) : OptionalLong.empty();
  }

  @Override
  public long nextAddress() {
    return CodeAddress.of(0, 1);
  }

  @Override
  public long symbol(String name) {
    return name.equals("x") ? X : Y;
  }

  @Override
  public OptionalLong symbolicRegister(String name) {
    return name.equals("free") ? OptionalLong.of(9) : OptionalLong.empty();
  }

  @Override
  public BadInputException error(int offset, String found, String expected) {
    return BadInputException.at("t.litmus", 1, offset + 1, found, expected);
  }

  @Override
  public String place(int offset) {
    return "t.litmus:1:" + (offset + 1);
  }
}
