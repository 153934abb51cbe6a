package dev.regardless.litmus.load;

import dev.regardless.litmus.test.ValueType;

/**
 * One {@code place=value;} of a printed final state.
 *
 * @param text   what stands left of the equals sign
 * @param type   how the value is printed
 * @param first  position of the first observable it shows, or {@link #CONSTANT_ZERO}
 * @param length how many observables it shows: 1, or the length of an array
 * @param vector whether the values are printed in braces
 */
public record ShownItem(String text, ValueType type, int first, int length, boolean vector) {
  /** The first observable of a register that always holds zero. */
  public static final int CONSTANT_ZERO = -1;
}
