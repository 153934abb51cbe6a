package dev.regardless.arch.arm64.isa;

import dev.regardless.isa.PureFunction;

/**
 * Extends the low bits of the first operand to 64 and shifts them left.
 *
 * @param bits   8, 16, 32 or 64
 * @param signed by sign or by zeros
 * @param shift  0 to 4
 */
record ExtendFunction(int bits, boolean signed, int shift) implements PureFunction {
  @Override
  public long apply(long first, long second, long third) {
    int unused = 64 - bits;
    return (signed ? first << unused >> unused : first << unused >>> unused) << shift;
  }

  @Override
  public String symbol() {
    return (signed ? "sxt" : "uxt") + bits;
  }
}
