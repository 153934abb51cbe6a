package dev.regardless.litmus.syntax;

/**
 * The type a place is declared with.
 *
 * @param name    the C type, empty if none was written (then {@code int}, as in herd)
 * @param pointer whether a star follows the type
 * @param length  the number of elements of an array, {@link #NO_ARRAY} for a single value
 * @param atomic  whether {@code _Atomic} precedes the type
 */
public record DeclaredType(String name, boolean pointer, int length, boolean atomic) {
  /** The length of what is not an array. */
  public static final int NO_ARRAY = -1;

  /** What a place has that is mentioned without a declaration. */
  public static final DeclaredType UNDECLARED = new DeclaredType("", false, NO_ARRAY, false);

  public boolean isArray() {
    return length != NO_ARRAY;
  }

  public boolean isDeclared() {
    return !name.isEmpty() || pointer || isArray();
  }
}
