package dev.regardless.arch.arm64.isa;

import dev.regardless.isa.PureFunction;
import java.util.Locale;
import java.util.Optional;

/** The condition codes: 1 if the flags given as first operand satisfy them, else 0 (DDI 0487, C1.2.4). */
public enum Condition implements PureFunction {
  /** Equal: Z. */
  EQ,
  /** Not equal. */
  NE,
  /** Carry set, unsigned higher or same: C. */
  CS,
  /** Carry clear, unsigned lower. */
  CC,
  /** Negative: N. */
  MI,
  /** Positive or zero. */
  PL,
  /** Overflow: V. */
  VS,
  /** No overflow. */
  VC,
  /** Unsigned higher: C and not Z. */
  HI,
  /** Unsigned lower or same. */
  LS,
  /** Signed greater or equal: N = V. */
  GE,
  /** Signed less. */
  LT,
  /** Signed greater: not Z and N = V. */
  GT,
  /** Signed less or equal. */
  LE,
  /** Always. */
  AL;

  /** Bit of N in the flags. */
  static final int N_BIT = 31;
  /** Bit of Z in the flags. */
  static final int Z_BIT = 30;
  /** Bit of C in the flags. */
  static final int C_BIT = 29;
  /** Bit of V in the flags. */
  static final int V_BIT = 28;

  /** The condition with this name, with the synonyms HS and LO. */
  public static Optional<Condition> named(String name) {
    String upper = name.toUpperCase(Locale.ROOT);
    if (upper.equals("HS")) {
      return Optional.of(CS);
    }
    if (upper.equals("LO")) {
      return Optional.of(CC);
    }
    if (upper.equals("NV")) {
      return Optional.of(AL);
    }
    for (Condition condition : values()) {
      if (condition.name().equals(upper)) {
        return Optional.of(condition);
      }
    }
    return Optional.empty();
  }

  /** The opposite condition; {@link #AL} has none and returns itself. */
  public Condition inverted() {
    return this == AL ? AL : values()[ordinal() ^ 1];
  }

  @Override
  public long apply(long flags, long second, long third) {
    boolean n = (flags >>> N_BIT & 1) != 0;
    boolean z = (flags >>> Z_BIT & 1) != 0;
    boolean c = (flags >>> C_BIT & 1) != 0;
    boolean v = (flags >>> V_BIT & 1) != 0;
    boolean holds = switch (this) {
      case EQ -> z;
      case NE -> !z;
      case CS -> c;
      case CC -> !c;
      case MI -> n;
      case PL -> !n;
      case VS -> v;
      case VC -> !v;
      case HI -> c && !z;
      case LS -> !c || z;
      case GE -> n == v;
      case LT -> n != v;
      case GT -> !z && n == v;
      case LE -> z || n != v;
      case AL -> true;
    };
    return holds ? 1 : 0;
  }

  @Override
  public String symbol() {
    return name().toLowerCase(Locale.ROOT);
  }
}
