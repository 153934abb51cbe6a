package dev.regardless.arch.x86.isa;

import dev.regardless.isa.PureFunction;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What Jcc, SETcc and CMOVcc test: a function of the packed flags ({@link X86Status}, first operand) and the carry
 * (second operand); 1 if it holds.
 */
enum X86Condition implements PureFunction {
  /** Overflow. */
  O(false),
  /** No overflow. */
  NO(false),
  /** Below: carry. */
  B(true),
  /** Above or equal: no carry. */
  AE(true),
  /** Equal: zero. */
  E(false),
  /** Not equal. */
  NE(false),
  /** Below or equal. */
  BE(true),
  /** Above. */
  A(true),
  /** Sign. */
  S(false),
  /** No sign. */
  NS(false),
  /** Parity even. */
  P(false),
  /** Parity odd. */
  NP(false),
  /** Less, signed. */
  L(false),
  /** Greater or equal, signed. */
  GE(false),
  /** Less or equal, signed. */
  LE(false),
  /** Greater, signed. */
  G(false);

  /** Other names; LT and GT are herd's. */
  private static final Map<String, X86Condition> SYNONYMS = Map.ofEntries(Map.entry("C", B), Map.entry("NAE", B),
      Map.entry("NB", AE), Map.entry("NC", AE), Map.entry("Z", E), Map.entry("NZ", NE), Map.entry("NA", BE),
      Map.entry("NBE", A), Map.entry("PE", P), Map.entry("PO", NP), Map.entry("NGE", L), Map.entry("LT", L),
      Map.entry("NL", GE), Map.entry("NG", LE), Map.entry("NLE", G), Map.entry("GT", G));

  private final boolean needsCarry;

  X86Condition(boolean needsCarry) {
    this.needsCarry = needsCarry;
  }

  /** The condition with this name, upper or lower case. */
  static Optional<X86Condition> named(String name) {
    String upper = name.toUpperCase(Locale.ROOT);
    for (X86Condition condition : values()) {
      if (condition.name().equals(upper)) {
        return Optional.of(condition);
      }
    }
    return Optional.ofNullable(SYNONYMS.get(upper));
  }

  /** Whether it tests the carry. */
  boolean needsCarry() {
    return needsCarry;
  }

  /** Whether it tests any of the packed flags. */
  boolean needsStatus() {
    return this != B && this != AE;
  }

  @Override
  public long apply(long status, long carry, long third) {
    boolean zero = (status & X86Status.ZERO) != 0;
    boolean sign = (status & X86Status.SIGN) != 0;
    boolean overflow = (status & X86Status.OVERFLOW) != 0;
    boolean holds = switch (this) {
      case O -> overflow;
      case NO -> !overflow;
      case B -> carry != 0;
      case AE -> carry == 0;
      case E -> zero;
      case NE -> !zero;
      case BE -> carry != 0 || zero;
      case A -> carry == 0 && !zero;
      case S -> sign;
      case NS -> !sign;
      case P -> (status & X86Status.PARITY) != 0;
      case NP -> (status & X86Status.PARITY) == 0;
      case L -> sign != overflow;
      case GE -> sign == overflow;
      case LE -> zero || sign != overflow;
      case G -> !zero && sign == overflow;
    };
    return holds ? 1 : 0;
  }

  @Override
  public String symbol() {
    return name().toLowerCase(Locale.ROOT);
  }
}
