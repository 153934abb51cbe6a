package dev.regardless.arch.x86.isa;

import dev.regardless.isa.Instruction;
import dev.regardless.isa.InstructionSet;
import dev.regardless.isa.MicroOp;
import dev.regardless.isa.ParseContext;
import dev.regardless.isa.RegisterFile;

/** What the two widths of x86 share. */
abstract sealed class X86InstructionSet implements InstructionSet permits Ia32InstructionSet, Amd64InstructionSet {
  private final String name;
  private final X86Registers registers;
  private final boolean sourceFirst;

  X86InstructionSet(String name, boolean wide, boolean sourceFirst) {
    this.name = name;
    this.registers = new X86Registers(wide);
    this.sourceFirst = sourceFirst;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String defaultModel() {
    return "x86-tso";
  }

  @Override
  public RegisterFile registers() {
    return registers;
  }

  @Override
  public int temporaries() {
    return X86MicroOps.TEMPORARIES;
  }

  @Override
  public Instruction parse(String text, ParseContext context) {
    return new X86Parser(text, context, registers, sourceFirst).parse();
  }

  @Override
  public MicroOp[] translate(Instruction instruction) {
    return new X86Translator(registers.nativeBits()).translate((X86Instruction) instruction);
  }
}
