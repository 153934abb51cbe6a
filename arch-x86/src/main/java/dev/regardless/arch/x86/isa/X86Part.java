package dev.regardless.arch.x86.isa;

import dev.regardless.isa.PureFunction;

/**
 * Puts a value (second operand) into {@code bits} bits of a register (first operand) from bit {@code lowest} on, or takes
 * it from there.
 */
record X86Part(boolean insert, int bits, int lowest) implements PureFunction {
  @Override
  public long apply(long first, long second, long third) {
    long mask = -1L >>> (64 - bits);
    if (!insert) {
      return (first >>> lowest) & mask;
    }
    return (first & ~(mask << lowest)) | ((second & mask) << lowest);
  }

  @Override
  public String symbol() {
    return (insert ? "insert" : "extract") + bits + "at" + lowest;
  }
}
