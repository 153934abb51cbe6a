package dev.regardless.arch.x86.isa;

/** x86-64 in AT&amp;T order, named {@code X86_64} in litmus tests. */
public final class Amd64InstructionSet extends X86InstructionSet {
  /** The set. */
  public Amd64InstructionSet() {
    super("X86_64", true, true);
  }
}
