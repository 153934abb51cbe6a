package dev.regardless.litmus.test;

/**
 * One unit of memory that is read and written as a whole.
 *
 * @param location the name of the location it belongs to
 * @param element  its index in the array, or -1 for a scalar
 * @param address  the value that points to it
 * @param type     the declared type, {@link ValueType#INT} without a declaration
 * @param initial  its value at the start, zero-extended from the type's width
 */
public record MemoryCell(String location, int element, long address, ValueType type, long initial) {
  /** The name as herd prints it inside brackets: {@code x}, {@code x[1]}. */
  public String text() {
    return element < 0 ? location : location + "[" + element + "]";
  }
}
