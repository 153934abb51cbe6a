package dev.regardless.litmus.syntax;

import java.util.List;
import java.util.stream.Collectors;

/** A value written in an initial state or a condition. */
public sealed interface Constant {
  /** What a place without an initial value holds. */
  Constant ZERO = new Numeral(0);

  /**
   * A number.
   *
   * @param value   the 64 bits; a number above 2^63-1 is kept as its two's complement
   * @param written how the file writes it
   */
  record Numeral(long value, String written) implements Constant {
    /** A number that no file writes. */
    public Numeral(long value) {
      this(value, Long.toString(value));
    }

    @Override
    public String toString() {
      return Long.toString(value);
    }
  }

  /**
   * The address of a variable or of an element of an array.
   *
   * @param variable the variable's name
   * @param element  in elements, 0 for the variable itself
   */
  record Address(String variable, int element) implements Constant {
    @Override
    public String toString() {
      return element == 0 ? variable : variable + "+" + element;
    }
  }

  /**
   * The address of a label in a thread's code.
   *
   * @param thread the thread's number
   * @param label  the label's name
   */
  record CodeAddress(int thread, String label) implements Constant {
    @Override
    public String toString() {
      return "label:\"P" + thread + ":" + label + "\"";
    }
  }

  /**
   * The encoding of an instruction, as self-modifying code loads and stores it.
   *
   * @param text the instruction in the architecture's assembler
   */
  record Encoding(String text) implements Constant {
    @Override
    public String toString() {
      return "instr:\"" + text + "\"";
    }
  }

  /**
   * The contents of an array.
   *
   * @param elements one value for each element
   */
  record Vector(List<Constant> elements) implements Constant {
    public Vector {
      elements = List.copyOf(elements);
    }

    @Override
    public String toString() {
      return elements.stream().map(Object::toString).collect(Collectors.joining(",", "{", "}"));
    }
  }
}
