package dev.regardless.litmus.test;

/**
 * How a value is stored and printed.
 *
 * @param bytes   1, 2, 4 or 8
 * @param signed  whether it is printed as a signed number
 * @param pointer whether it was declared as a pointer
 */
public record ValueType(int bytes, boolean signed, boolean pointer) {
  /** herd's type for what has none: {@code int}. */
  public static final ValueType INT = new ValueType(4, true, false);

  /** The value as a number of this type: truncated, then extended by its sign or by zeros to 64 bits. */
  public long normalise(long value) {
    if (bytes == 8) {
      return value;
    }
    int unused = 64 - 8 * bytes;
    return signed ? value << unused >> unused : value << unused >>> unused;
  }
}
