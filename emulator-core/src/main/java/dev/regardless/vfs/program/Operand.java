package dev.regardless.vfs.program;

/** A number that a step needs: known from the start, or only when the step begins. */
public sealed interface Operand {

  /** The number itself. */
  record Constant(long value) implements Operand {
    @Override
    public String toString() {
      return value < 0 || value < 10 ? Long.toString(value) : "0x" + Long.toHexString(value);
    }
  }

  /** The address of a byte of the program's memory; beyond its end nothing is mapped. */
  record Address(int offset) implements Operand {
    @Override
    public String toString() {
      return "&" + offset;
    }
  }

  /** What an earlier step returned, or loaded, plus {@code plus}; 0 if it has not ended. */
  record Result(int step, long plus) implements Operand {
    @Override
    public String toString() {
      return "$" + step + (plus == 0 ? "" : "+" + plus);
    }
  }

  /** What {@code bytes} (4, sign-extended, or 8) bytes of the program's memory hold, plus {@code plus}. */
  record Content(int offset, int bytes, long plus) implements Operand {
    @Override
    public String toString() {
      return (bytes == Long.BYTES ? "[" : "{") + offset + (bytes == Long.BYTES ? "]" : "}")
          + (plus == 0 ? "" : "+" + plus);
    }
  }
}
