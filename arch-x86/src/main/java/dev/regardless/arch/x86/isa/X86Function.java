package dev.regardless.arch.x86.isa;

import dev.regardless.isa.PureFunction;
import java.util.Locale;

/**
 * Arithmetic at a width of 8 to 64 bits: operands are truncated first and the result is zero-extended.
 *
 * @param operation what to compute
 * @param bits      8, 16, 32 or 64
 */
record X86Function(Operation operation, int bits) implements PureFunction {
  /** What an {@link X86Function} computes; the third operand of sums and differences is the carry. */
  enum Operation {
    /** First. */
    COPY,
    /** First + second + third. */
    ADD,
    /** First - second - third. */
    SUBTRACT,
    /** Bitwise and. */
    AND,
    /** Bitwise or. */
    OR,
    /** Bitwise exclusive or. */
    XOR,
    /** First and not second. */
    AND_NOT,
    /** Complement of first. */
    NOT,
    /** Two's complement of first. */
    NEGATE,
    /** First shifted left by second, whose high bits do not count. */
    SHIFT_LEFT,
    /** First shifted right with zeros. */
    SHIFT_RIGHT,
    /** First shifted right with copies of its sign. */
    SHIFT_RIGHT_SIGNED,
    /** The bit of first at position second, which wraps. */
    BIT,
    /** 1 shifted left to position first, which wraps. */
    BIT_MASK
  }

  /** How far a shift at a width of {@code bits} goes. */
  static int distance(long second, int bits) {
    return (int) second & (bits == 64 ? 63 : 31);
  }

  @Override
  public long apply(long first, long second, long third) {
    long a = zero(first);
    long b = zero(second);
    return zero(switch (operation) {
      case COPY -> a;
      case ADD -> a + b + third;
      case SUBTRACT -> a - b - third;
      case AND -> a & b;
      case OR -> a | b;
      case XOR -> a ^ b;
      case AND_NOT -> a & ~b;
      case NOT -> ~a;
      case NEGATE -> -a;
      case SHIFT_LEFT -> a << distance(second, bits);
      case SHIFT_RIGHT -> a >>> distance(second, bits);
      case SHIFT_RIGHT_SIGNED -> signed(a) >> distance(second, bits);
      case BIT -> (a >>> (b & (bits - 1))) & 1;
      case BIT_MASK -> 1L << (a & (bits - 1));
    });
  }

  private long zero(long value) {
    return value << (64 - bits) >>> (64 - bits);
  }

  private long signed(long value) {
    return value << (64 - bits) >> (64 - bits);
  }

  @Override
  public String symbol() {
    return operation.name().toLowerCase(Locale.ROOT) + bits;
  }

  @Override
  public boolean zeroOnEqualOperands() {
    return operation == Operation.XOR || operation == Operation.AND_NOT;
  }

  @Override
  public boolean zeroOnZeroOperand() {
    return operation == Operation.AND;
  }

  @Override
  public boolean firstOnZeroSecond() {
    return bits == 64 && (operation == Operation.OR || operation == Operation.XOR || operation == Operation.AND_NOT);
  }
}
