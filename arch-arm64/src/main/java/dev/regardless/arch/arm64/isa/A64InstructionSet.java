package dev.regardless.arch.arm64.isa;

import dev.regardless.isa.Alu;
import dev.regardless.isa.Instruction;
import dev.regardless.isa.InstructionSet;
import dev.regardless.isa.MicroOp;
import dev.regardless.isa.ParseContext;
import dev.regardless.isa.RegisterFile;

/** A64, named {@code AArch64} in litmus tests. */
public final class A64InstructionSet implements InstructionSet {
  private static final RegisterFile REGISTERS = new A64Registers();

  @Override
  public String name() {
    return "AArch64";
  }

  @Override
  public String defaultModel() {
    return "armv8";
  }

  @Override
  public RegisterFile registers() {
    return REGISTERS;
  }

  @Override
  public int temporaries() {
    return MicroOpBuilder.TEMPORARIES;
  }

  @Override
  public Instruction parse(String text, ParseContext context) {
    A64OperandReader reader = new A64OperandReader(text, context);
    A64Instruction instruction = new A64MemoryParser(reader).parse();
    if (instruction == null) {
      instruction = new A64DataParser(reader).parse();
    }
    if (instruction == null) {
      instruction = new A64ControlParser(reader).parse();
    }
    if (instruction == null) {
      throw reader.unknownInstruction();
    }
    return instruction;
  }

  @Override
  public MicroOp[] translate(Instruction instruction) {
    MicroOpBuilder builder = new MicroOpBuilder();
    A64DataTranslator data = new A64DataTranslator(builder);
    A64MemoryTranslator memory = new A64MemoryTranslator(builder);
    switch ((A64Instruction) instruction) {
      case A64Instruction.MoveConstant move -> data.translate(move);
      case A64Instruction.MoveKeep move -> data.translate(move);
      case A64Instruction.MoveRegister move -> data.translate(move);
      case A64Instruction.TwoOperands two -> data.translate(two);
      case A64Instruction.FlagSetting setting -> data.translate(setting);
      case A64Instruction.WithCarry sum -> data.translate(sum);
      case A64Instruction.OneOperand one -> data.translate(one);
      case A64Instruction.Multiply multiply -> data.translate(multiply);
      case A64Instruction.Bitfield field -> data.translate(field);
      case A64Instruction.Extract extract -> data.translate(extract);
      case A64Instruction.ConditionalSelect select -> data.translate(select);
      case A64Instruction.ConditionalCompare compare -> data.translate(compare);
      case A64Instruction.Load load -> memory.translate(load);
      case A64Instruction.Store store -> memory.translate(store);
      case A64Instruction.LoadPair pair -> memory.translate(pair);
      case A64Instruction.StorePair pair -> memory.translate(pair);
      case A64Instruction.LoadExclusive load -> memory.translate(load);
      case A64Instruction.StoreExclusive store -> memory.translate(store);
      case A64Instruction.Atomic atomic -> memory.translate(atomic);
      case A64Instruction.CompareAndSwap swap -> memory.translate(swap);
      case A64Instruction.CompareAndSwapPair swap -> memory.translate(swap);
      default -> control((A64Instruction) instruction, builder);
    }
    return builder.build();
  }

  private static void control(A64Instruction instruction, MicroOpBuilder builder) {
    switch (instruction) {
      case A64Instruction.ReadFlags read ->
        builder.add(MicroOp.compute(builder.write(read.result()), Alu.COPY, A64Registers.NZCV));
      case A64Instruction.WriteFlags write -> {
        int mask = builder.constant(0xF000_0000L);
        builder.add(MicroOp.compute(A64Registers.NZCV, Alu.AND, builder.read(write.source()), mask));
      }
      case A64Instruction.Branch branch -> {
        if (branch.returnAddress() != 0) {
          builder.add(MicroOp.constant(A64Registers.LINK, branch.returnAddress()));
        }
        builder.add(MicroOp.jump(branch.target()));
      }
      case A64Instruction.BranchCondition branch ->
        builder.add(MicroOp.branch(builder.compute(branch.condition(), A64Registers.NZCV), branch.target()));
      case A64Instruction.CompareBranch branch -> {
        int source = builder.compute(Alu.ZERO_EXTEND, builder.read(branch.source()), builder.constant(branch.bits()));
        int condition = builder.compute(branch.branchOnZero() ? Alu.EQUAL : Alu.NOT_EQUAL, source, builder.constant(0));
        builder.add(MicroOp.branch(condition, branch.target()));
      }
      case A64Instruction.TestBranch branch -> {
        int bit = builder.compute(new BitfieldFunction(BitfieldFunction.Kind.UNSIGNED, branch.bit(), branch.bit(), 64),
            builder.read(branch.source()));
        int condition = builder.compute(branch.branchOnZero() ? Alu.EQUAL : Alu.NOT_EQUAL, bit, builder.constant(0));
        builder.add(MicroOp.branch(condition, branch.target()));
      }
      case A64Instruction.BranchRegister branch -> {
        int target = builder.compute(Alu.COPY, builder.read(branch.target()));
        if (branch.returnAddress() != 0) {
          builder.add(MicroOp.constant(A64Registers.LINK, branch.returnAddress()));
        }
        builder.add(MicroOp.jumpRegister(target));
      }
      case A64Instruction.Barrier barrier -> builder.add(MicroOp.fence(barrier.kind()));
      case A64Instruction.Nothing nothing -> {
        // No step: the next instruction follows.
      }
      default -> throw new IllegalStateException("no meaning for " + instruction);
    }
  }
}
