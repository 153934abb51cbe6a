package dev.regardless.machine;

/** The arithmetic of an atomic read-modify-write on 64-bit values. */
public enum RmwOperation {
  ADD,
  OR,
  /** Clears the operand's bits: {@code old & ~operand} (A64 LDCLR). */
  CLEAR,
  EXCLUSIVE_OR,
  SWAP;

  /** The value written when {@code old} was read. */
  public long apply(long old, long operand) {
    return switch (this) {
      case ADD -> old + operand;
      case OR -> old | operand;
      case CLEAR -> old & ~operand;
      case EXCLUSIVE_OR -> old ^ operand;
      case SWAP -> operand;
    };
  }
}
