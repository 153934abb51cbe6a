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
    // Not a switch over types, for which the JDK would make a class at each start.
    if (instruction instanceof A64Instruction.MoveConstant move) {
      data.translate(move);
    } else if (instruction instanceof A64Instruction.MoveKeep move) {
      data.translate(move);
    } else if (instruction instanceof A64Instruction.MoveRegister move) {
      data.translate(move);
    } else if (instruction instanceof A64Instruction.TwoOperands two) {
      data.translate(two);
    } else if (instruction instanceof A64Instruction.FlagSetting setting) {
      data.translate(setting);
    } else if (instruction instanceof A64Instruction.WithCarry sum) {
      data.translate(sum);
    } else if (instruction instanceof A64Instruction.OneOperand one) {
      data.translate(one);
    } else if (instruction instanceof A64Instruction.Multiply multiply) {
      data.translate(multiply);
    } else if (instruction instanceof A64Instruction.Bitfield field) {
      data.translate(field);
    } else if (instruction instanceof A64Instruction.Extract extract) {
      data.translate(extract);
    } else if (instruction instanceof A64Instruction.ConditionalSelect select) {
      data.translate(select);
    } else if (instruction instanceof A64Instruction.ConditionalCompare compare) {
      data.translate(compare);
    } else if (instruction instanceof A64Instruction.Load load) {
      memory.translate(load);
    } else if (instruction instanceof A64Instruction.Store store) {
      memory.translate(store);
    } else if (instruction instanceof A64Instruction.LoadPair pair) {
      memory.translate(pair);
    } else if (instruction instanceof A64Instruction.StorePair pair) {
      memory.translate(pair);
    } else if (instruction instanceof A64Instruction.LoadExclusive load) {
      memory.translate(load);
    } else if (instruction instanceof A64Instruction.StoreExclusive store) {
      memory.translate(store);
    } else if (instruction instanceof A64Instruction.Atomic atomic) {
      memory.translate(atomic);
    } else if (instruction instanceof A64Instruction.CompareAndSwap swap) {
      memory.translate(swap);
    } else if (instruction instanceof A64Instruction.CompareAndSwapPair swap) {
      memory.translate(swap);
    } else {
      control((A64Instruction) instruction, builder);
    }
    return builder.build();
  }

  private static void control(A64Instruction instruction, MicroOpBuilder builder) {
    if (instruction instanceof A64Instruction.ReadFlags read) {
      builder.add(MicroOp.compute(builder.write(read.result()), Alu.COPY, A64Registers.NZCV));
    } else if (instruction instanceof A64Instruction.WriteFlags write) {
      int mask = builder.constant(0xF000_0000L);
      builder.add(MicroOp.compute(A64Registers.NZCV, Alu.AND, builder.read(write.source()), mask));
    } else if (instruction instanceof A64Instruction.Branch branch) {
      if (branch.returnAddress() != 0) {
        builder.add(MicroOp.constant(A64Registers.LINK, branch.returnAddress()));
      }
      builder.add(MicroOp.jump(branch.target()));
    } else if (instruction instanceof A64Instruction.BranchCondition branch) {
      builder.add(MicroOp.branch(builder.compute(branch.condition(), A64Registers.NZCV), branch.target()));
    } else if (instruction instanceof A64Instruction.CompareBranch branch) {
      int source = builder.compute(Alu.ZERO_EXTEND, builder.read(branch.source()), builder.constant(branch.bits()));
      int condition = builder.compute(branch.branchOnZero() ? Alu.EQUAL : Alu.NOT_EQUAL, source, builder.constant(0));
      builder.add(MicroOp.branch(condition, branch.target()));
    } else if (instruction instanceof A64Instruction.TestBranch branch) {
      int bit = builder.compute(new BitfieldFunction(BitfieldFunction.Kind.UNSIGNED, branch.bit(), branch.bit(), 64),
          builder.read(branch.source()));
      int condition = builder.compute(branch.branchOnZero() ? Alu.EQUAL : Alu.NOT_EQUAL, bit, builder.constant(0));
      builder.add(MicroOp.branch(condition, branch.target()));
    } else if (instruction instanceof A64Instruction.BranchRegister branch) {
      int target = builder.compute(Alu.COPY, builder.read(branch.target()));
      if (branch.returnAddress() != 0) {
        builder.add(MicroOp.constant(A64Registers.LINK, branch.returnAddress()));
      }
      builder.add(MicroOp.jumpRegister(target));
    } else if (instruction instanceof A64Instruction.Barrier barrier) {
      builder.add(MicroOp.fence(barrier.kind()));
    } else if (instruction instanceof A64Instruction.Nothing) {
      // No step: the next instruction follows.
    } else {
      throw new IllegalStateException("no meaning for " + instruction);
    }
  }
}
