package dev.regardless.arch.x86.isa;

/** 32-bit x86 in Intel order, named {@code X86} in litmus tests. */
public final class Ia32InstructionSet extends X86InstructionSet {
  /** The set. */
  public Ia32InstructionSet() {
    super("X86", false, false);
  }
}
