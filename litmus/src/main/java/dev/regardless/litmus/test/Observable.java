package dev.regardless.litmus.test;

/** A register or a memory cell whose final value a condition or a {@code locations} line asks for. */
public sealed interface Observable {
  /** How herd prints it to the left of the equals sign: {@code 0:X1}, {@code [x]}, {@code x[1]}, {@code x}. */
  String text();

  /** How its value is printed and compared. */
  ValueType type();

  /**
   * A register.
   *
   * @param thread   position of the thread in the test, from 0
   * @param register its number in the register file
   */
  record Register(int thread, int register, String text, ValueType type) implements Observable {}

  /**
   * A memory cell.
   *
   * @param cell its number in the {@link MemoryLayout}
   */
  record Cell(int cell, String text, ValueType type) implements Observable {}
}
