package dev.regardless.machine;

/** What an awaited value must satisfy; data rather than code, so that both engines can evaluate and compare it. */
public enum AwaitCondition {
  EQUAL,
  NOT_EQUAL,
  /** Signed comparison. */
  AT_LEAST,
  /** At least one bit of the operand is set in the value. */
  ANY_BIT,
  /** No bit of the operand is set in the value. */
  NO_BIT;

  /** Whether {@code value} satisfies this condition with {@code operand}. */
  public boolean holds(long value, long operand) {
    return switch (this) {
      case EQUAL -> value == operand;
      case NOT_EQUAL -> value != operand;
      case AT_LEAST -> value >= operand;
      case ANY_BIT -> (value & operand) != 0;
      case NO_BIT -> (value & operand) == 0;
    };
  }
}
