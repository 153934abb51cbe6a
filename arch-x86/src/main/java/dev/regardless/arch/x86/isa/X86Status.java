package dev.regardless.arch.x86.isa;

import dev.regardless.isa.PureFunction;
import java.util.Locale;

/**
 * The flags that an operation leaves (Intel SDM volume 1, 3.4.3.1): the carry alone, or the packed others. Where the
 * architecture leaves a flag undefined (overflow after shifts by more than one), it is what the formula for one gives.
 *
 * @param kind what to compute, from which operands
 * @param bits the width of the operation
 */
record X86Status(Kind kind, int bits) implements PureFunction {
  /** Set if the result is 0. */
  static final long ZERO = 1;
  /** The highest bit of the result. */
  static final long SIGN = 2;
  /** Set if the low byte of the result has an even number of bits set. */
  static final long PARITY = 4;
  /** Set if the signed result does not fit. */
  static final long OVERFLOW = 8;

  /** Which flags, after which operation. */
  enum Kind {
    /** Packed flags of a result; no overflow. */
    LOGIC,
    /** Packed flags of first + second + third. */
    ADD,
    /** Carry of first + second + third. */
    ADD_CARRY,
    /** Packed flags of first - second - third. */
    SUBTRACT,
    /** Borrow of first - second - third. */
    SUBTRACT_CARRY,
    /** Packed flags of first shifted left by second; third if the distance is 0. */
    SHIFT_LEFT,
    /** Last bit shifted out to the left; third if the distance is 0. */
    SHIFT_LEFT_CARRY,
    /** Packed flags of first shifted right with zeros. */
    SHIFT_RIGHT,
    /** Last bit shifted out to the right. */
    SHIFT_RIGHT_CARRY,
    /** Packed flags of first shifted right with its sign. */
    SHIFT_RIGHT_SIGNED,
    /** Last bit shifted out to the right of a signed value. */
    SHIFT_RIGHT_SIGNED_CARRY
  }

  @Override
  public long apply(long first, long second, long third) {
    long a = zero(first);
    long b = zero(second);
    return switch (kind) {
      case LOGIC -> flags(a, false);
      case ADD -> {
        long sum = zero(a + b + third);
        yield flags(sum, negative(~(a ^ b) & (a ^ sum)));
      }
      case ADD_CARRY -> bits == 64 ? carry64(a, b, third) : ((a + b + third) >>> bits) & 1;
      case SUBTRACT -> {
        long difference = zero(a - b - third);
        yield flags(difference, negative((a ^ b) & (a ^ difference)));
      }
      case SUBTRACT_CARRY -> borrow(a, b, third);
      default -> shift(a, X86Function.distance(second, bits), third);
    };
  }

  private static long carry64(long a, long b, long carry) {
    long sum = a + b;
    boolean out = Long.compareUnsigned(sum, a) < 0 || (carry != 0 && sum == -1);
    return out ? 1 : 0;
  }

  private static long borrow(long a, long b, long carry) {
    int order = Long.compareUnsigned(a, b);
    return order < 0 || (order == 0 && carry != 0) ? 1 : 0;
  }

  private long shift(long a, int distance, long old) {
    if (distance == 0) {
      return old;
    }
    long signed = a << (64 - bits) >> (64 - bits);
    return switch (kind) {
      case SHIFT_LEFT -> {
        long result = zero(a << distance);
        yield flags(result, negative(result) != (shift(Kind.SHIFT_LEFT_CARRY, a, distance) != 0));
      }
      case SHIFT_LEFT_CARRY -> distance > bits ? 0 : (a >>> (bits - distance)) & 1;
      case SHIFT_RIGHT -> flags(zero(a >>> distance), negative(a));
      case SHIFT_RIGHT_CARRY -> (a >>> (distance - 1)) & 1;
      case SHIFT_RIGHT_SIGNED -> flags(zero(signed >> distance), false);
      default -> (signed >> (distance - 1)) & 1;
    };
  }

  private long shift(Kind other, long a, int distance) {
    return new X86Status(other, bits).shift(a, distance, 0);
  }

  private long flags(long result, boolean overflow) {
    return (result == 0 ? ZERO : 0) | (negative(result) ? SIGN : 0)
        | ((Long.bitCount(result & 0xFF) & 1) == 0 ? PARITY : 0) | (overflow ? OVERFLOW : 0);
  }

  private boolean negative(long value) {
    return ((value >>> (bits - 1)) & 1) != 0;
  }

  private long zero(long value) {
    return value << (64 - bits) >>> (64 - bits);
  }

  @Override
  public String symbol() {
    return "flags-" + kind.name().toLowerCase(Locale.ROOT).replace('_', '-') + bits;
  }
}
