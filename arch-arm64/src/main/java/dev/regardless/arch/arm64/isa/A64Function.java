package dev.regardless.arch.arm64.isa;

import dev.regardless.isa.PureFunction;
import java.util.Locale;

/**
 * Arithmetic at a width of 32 or 64 bits: operands are truncated first and the result is zero-extended.
 *
 * @param operation what to compute
 * @param bits      32 or 64
 */
record A64Function(Operation operation, int bits) implements PureFunction {
  /** What an {@link A64Function} computes. */
  enum Operation {
    ADD,
    SUBTRACT,
    AND,
    BIT_CLEAR,
    OR,
    OR_NOT,
    XOR,
    XOR_NOT,
    SHIFT_LEFT,
    SHIFT_RIGHT,
    SHIFT_RIGHT_SIGNED,
    ROTATE_RIGHT,
    MULTIPLY_ADD,
    MULTIPLY_SUBTRACT,
    DIVIDE_UNSIGNED,
    DIVIDE_SIGNED,
    REVERSE_BITS,
    REVERSE_BYTES,
    REVERSE_HALVES,
    REVERSE_WORDS,
    LEADING_ZEROS,
    LEADING_SIGNS,
    ABSOLUTE,
    ADD_FLAGS,
    SUBTRACT_FLAGS,
    LOGIC_FLAGS,
    ADD_CARRY,
    ADD_CARRY_FLAGS,
    SIGNED_MAXIMUM,
    SIGNED_MINIMUM,
    UNSIGNED_MAXIMUM,
    UNSIGNED_MINIMUM,
    MULTIPLY_HIGH_SIGNED,
    MULTIPLY_HIGH_UNSIGNED
  }

  @Override
  public long apply(long first, long second, long third) {
    long a = zero(first);
    long b = zero(second);
    return zero(switch (operation) {
      case ADD -> a + b;
      case SUBTRACT -> a - b;
      case AND -> a & b;
      case BIT_CLEAR -> a & ~b;
      case OR -> a | b;
      case OR_NOT -> a | ~b;
      case XOR -> a ^ b;
      case XOR_NOT -> a ^ ~b;
      case SHIFT_LEFT -> a << (b & (bits - 1));
      case SHIFT_RIGHT -> a >>> (b & (bits - 1));
      case SHIFT_RIGHT_SIGNED -> sign(a) >> (b & (bits - 1));
      case ROTATE_RIGHT -> bits == 64 ? Long.rotateRight(a, (int) b) : Integer.rotateRight((int) a, (int) b);
      case MULTIPLY_ADD -> third + a * b;
      case MULTIPLY_SUBTRACT -> third - a * b;
      case DIVIDE_UNSIGNED -> b == 0 ? 0 : Long.divideUnsigned(a, b);
      case DIVIDE_SIGNED -> b == 0 ? 0 : sign(a) / sign(b);
      case REVERSE_BITS -> Long.reverse(a) >>> (64 - bits);
      case REVERSE_BYTES -> Long.reverseBytes(a) >>> (64 - bits);
      case REVERSE_HALVES -> ((a & 0xFF00FF00FF00FF00L) >>> 8) | ((a & 0x00FF00FF00FF00FFL) << 8);
      case REVERSE_WORDS -> Long.rotateLeft(Long.reverseBytes(a), 32);
      case LEADING_ZEROS -> Long.numberOfLeadingZeros(a) - (64 - bits);
      case LEADING_SIGNS -> Long.numberOfLeadingZeros(sign(a) ^ (sign(a) >> 63)) - (64 - bits) - 1;
      case ABSOLUTE -> Math.abs(sign(a));
      case ADD_CARRY -> a + b + third;
      case SIGNED_MAXIMUM -> Math.max(sign(a), sign(b));
      case SIGNED_MINIMUM -> Math.min(sign(a), sign(b));
      case UNSIGNED_MAXIMUM -> Long.compareUnsigned(a, b) >= 0 ? a : b;
      case UNSIGNED_MINIMUM -> Long.compareUnsigned(a, b) <= 0 ? a : b;
      case MULTIPLY_HIGH_SIGNED -> Math.multiplyHigh(a, b);
      case MULTIPLY_HIGH_UNSIGNED -> Math.unsignedMultiplyHigh(a, b);
      case ADD_FLAGS -> addFlags(a, b, 0);
      case SUBTRACT_FLAGS -> addFlags(a, zero(~b), 1);
      case ADD_CARRY_FLAGS -> addFlags(a, b, third);
      case LOGIC_FLAGS -> flags(a, 0, 0);
    });
  }

  private long addFlags(long a, long b, long carryIn) {
    long sum = zero(a + b + carryIn);
    boolean carry = bits == 32
        ? (a + b + carryIn) >>> 32 != 0
        : Long.compareUnsigned(sum, a) < 0 || (carryIn == 1 && sum == a);
    boolean overflow = sign(a) < 0 == sign(b) < 0 && sign(sum) < 0 != sign(a) < 0;
    return flags(sum, carry ? 1 : 0, overflow ? 1 : 0);
  }

  private long flags(long result, long carry, long overflow) {
    long n = sign(result) < 0 ? 1 : 0;
    long z = result == 0 ? 1 : 0;
    return (n << Condition.N_BIT) | (z << Condition.Z_BIT) | (carry << Condition.C_BIT) | (overflow << Condition.V_BIT);
  }

  private long zero(long value) {
    return bits == 64 ? value : value & 0xFFFF_FFFFL;
  }

  private long sign(long value) {
    return bits == 64 ? value : (int) value;
  }

  @Override
  public String symbol() {
    return operation.name().toLowerCase(Locale.ROOT) + bits;
  }

  @Override
  public boolean zeroOnEqualOperands() {
    return switch (operation) {
      case XOR, SUBTRACT, BIT_CLEAR -> true;
      default -> false;
    };
  }

  @Override
  public boolean zeroOnZeroOperand() {
    return operation == Operation.AND;
  }

  @Override
  public boolean firstOnZeroSecond() {
    return bits == 64 && switch (operation) {
      case ADD, SUBTRACT, OR, XOR, BIT_CLEAR, SHIFT_LEFT, SHIFT_RIGHT, SHIFT_RIGHT_SIGNED, ROTATE_RIGHT -> true;
      default -> false;
    };
  }
}
