package dev.regardless.litmus.load;

import dev.regardless.input.BadInputException;
import dev.regardless.isa.CodeAddress;
import dev.regardless.isa.Instruction;
import dev.regardless.isa.InstructionSet;
import dev.regardless.isa.MicroOp;
import dev.regardless.isa.ParseContext;
import dev.regardless.litmus.syntax.CodeLine;
import dev.regardless.litmus.syntax.Position;
import dev.regardless.litmus.test.LitmusThread;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** Lets the instruction set read a thread's column of code. */
final class ThreadBuilder {
  private final InstructionSet isa;
  private final MemoryBuilder memory;
  private final Labels labels;
  private final SymbolicRegisters symbolic;

  ThreadBuilder(InstructionSet isa, MemoryBuilder memory, Labels labels, SymbolicRegisters symbolic) {
    this.isa = isa;
    this.memory = memory;
    this.labels = labels;
    this.symbolic = symbolic;
  }

  /**
   * Reads a thread.
   *
   * @param thread    its number
   * @param lines     its cells
   * @param registers what every register holds at the start
   */
  LitmusThread build(int thread, List<CodeLine> lines, long[] registers) {
    List<Instruction> instructions = new ArrayList<>();
    List<MicroOp[]> code = new ArrayList<>();
    for (CodeLine line : lines) {
      if (!line.text().isEmpty()) {
        Instruction instruction = isa.parse(line.text(), new Context(thread, instructions.size(), line.position()));
        instructions.add(instruction);
        code.add(isa.translate(instruction));
      }
    }
    return new LitmusThread(thread, List.copyOf(instructions), List.copyOf(code), labels.of(thread), registers);
  }

  /** What the instruction at {@code index} of {@code thread} may refer to. */
  private final class Context implements ParseContext {
    private final int thread;
    private final int index;
    private final Position position;

    Context(int thread, int index, Position position) {
      this.thread = thread;
      this.index = index;
      this.position = position;
    }

    @Override
    public OptionalLong label(String name) {
      return labels.find(thread, name);
    }

    @Override
    public long nextAddress() {
      return CodeAddress.of(thread, index + 1);
    }

    @Override
    public long symbol(String name) {
      return memory.address(name);
    }

    @Override
    public OptionalLong symbolicRegister(String name) {
      return symbolic.register(thread, name);
    }

    @Override
    public BadInputException error(int offset, String found, String expected) {
      return position.plus(offset).error(found, expected);
    }

    @Override
    public String place(int offset) {
      Position place = position.plus(offset);
      return place.file() + ":" + place.line() + ":" + place.column();
    }
  }
}
