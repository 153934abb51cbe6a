package dev.regardless.isa;

/**
 * A function of up to three values without side effects: what a {@link MicroOp.Kind#COMPUTE} applies. Two uses of one
 * function with equal operands have equal results, and engines rely on it to share and to fold.
 */
public interface PureFunction {
  /** The result; operands that the function does not have are passed as 0. */
  long apply(long first, long second, long third);

  /** A short name for graphs and traces. */
  String symbol();

  /**
   * Whether the result is 0 whenever the first two operands are equal (exclusive or, subtraction): an engine that does
   * not know the operands' value may still use the result, while the dependency on them stays.
   */
  default boolean zeroOnEqualOperands() {
    return false;
  }

  /** Whether the result is 0 whenever one of the first two operands is 0 (and, multiplication). */
  default boolean zeroOnZeroOperand() {
    return false;
  }

  /** Whether the first operand is returned unchanged when the second is 0 (addition, or, shifts at full width). */
  default boolean firstOnZeroSecond() {
    return false;
  }
}
