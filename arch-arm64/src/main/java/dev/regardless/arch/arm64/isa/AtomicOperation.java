package dev.regardless.arch.arm64.isa;

import dev.regardless.isa.PureFunction;
import java.util.Locale;

/** What the LSE atomics store: a function of memory (first operand), register (second) and the width in bytes (third). */
public enum AtomicOperation implements PureFunction {
  /** Sum. */
  ADD,
  /** Bits of the register are cleared in memory. */
  CLR,
  /** Exclusive or. */
  EOR,
  /** Or. */
  SET,
  /** Signed maximum. */
  SMAX,
  /** Signed minimum. */
  SMIN,
  /** Unsigned maximum. */
  UMAX,
  /** Unsigned minimum. */
  UMIN,
  /** The register alone. */
  SWP;

  @Override
  public long apply(long memory, long register, long width) {
    int unused = 64 - 8 * (int) width;
    long a = memory << unused >>> unused;
    long b = register << unused >>> unused;
    long result = switch (this) {
      case ADD -> a + b;
      case CLR -> a & ~b;
      case EOR -> a ^ b;
      case SET -> a | b;
      case SMAX -> Math.max(a << unused >> unused, b << unused >> unused);
      case SMIN -> Math.min(a << unused >> unused, b << unused >> unused);
      case UMAX -> Long.compareUnsigned(a, b) >= 0 ? a : b;
      case UMIN -> Long.compareUnsigned(a, b) <= 0 ? a : b;
      case SWP -> b;
    };
    return result << unused >>> unused;
  }

  @Override
  public String symbol() {
    return name().toLowerCase(Locale.ROOT);
  }
}
