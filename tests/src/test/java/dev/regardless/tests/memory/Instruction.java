package dev.regardless.tests.memory;

import dev.regardless.machine.Access;
import dev.regardless.machine.RmwOperation;

/**
 * One instruction of a {@link Program}.
 *
 * @param location accessed location; unused for a fence
 * @param operand value stored, operand of a read-modify-write, or number of the fence
 * @param expected value that a compare-and-exchange compares with
 * @param access {@link Access} bits
 * @param address index in its thread of the reading instruction that its address depends on, or -1
 * @param data the same for the data stored
 */
record Instruction(Kind kind, int location, long operand, long expected, int access, int address, int data) {

  enum Kind {
    LOAD('R', true, false),
    STORE('W', false, true),
    FENCE('F', false, false),
    SWAP('S', true, true),
    ADD('P', true,
        true),
    COMPARE('C', true, true),
    /** A load-exclusive and store-exclusive of the operand. */
    EXCLUSIVE_SWAP('X', true, true),
    /** A load-exclusive and store-exclusive of the value read plus the operand. */
    EXCLUSIVE_ADD('Y', true, true);

    final char letter;
    final boolean reads;
    final boolean writes;

    Kind(char letter, boolean reads, boolean writes) {
      this.letter = letter;
      this.reads = reads;
      this.writes = writes;
    }

    boolean exclusive() {
      return this == EXCLUSIVE_SWAP || this == EXCLUSIVE_ADD;
    }

    /** How the value read becomes the value written, for read-modify-writes. */
    RmwOperation operation() {
      return this == ADD || this == EXCLUSIVE_ADD ? RmwOperation.ADD : RmwOperation.SWAP;
    }

    static Kind of(char letter) {
      for (Kind kind : values()) {
        if (kind.letter == letter) {
          return kind;
        }
      }
      throw new IllegalArgumentException("no instruction " + letter);
    }
  }

  /** Annotation letters in texts, with their bits. */
  private static final String LETTERS = "AQLN";

  private static final int[] BITS = {Access.ACQUIRE, Access.ACQUIRE_PC, Access.RELEASE, Access.NO_RETURN};

  /**
   * From text: kind and location ({@code Rx}), then {@code =value}, then letters of annotations, {@code @i} for an address
   * and {@code #i} for a data dependency on instruction i; {@code Cx=0>1} compares with 0 and writes 1; {@code F0} is
   * fence 0.
   */
  static Instruction parse(String text) {
    Kind kind = Kind.of(text.charAt(0));
    if (kind == Kind.FENCE) {
      return new Instruction(kind, 0, Long.parseLong(text.substring(1)), 0, 0, -1, -1);
    }
    int location = text.charAt(1) - 'x';
    long operand = 0;
    long expected = 0;
    int access = 0;
    int address = -1;
    int data = -1;
    for (int i = 2; i < text.length(); i++) {
      char c = text.charAt(i);
      int letter = LETTERS.indexOf(c);
      if (letter >= 0) {
        access |= BITS[letter];
        continue;
      }
      int digit = text.charAt(++i) - '0';
      switch (c) {
        case '=' -> operand = digit;
        case '>' -> {
          expected = operand;
          operand = digit;
        }
        case '@' -> address = digit;
        case '#' -> data = digit;
        default -> throw new IllegalArgumentException(text);
      }
    }
    return new Instruction(kind, location, operand, expected, access, address, data);
  }

  @Override
  public String toString() {
    if (kind == Kind.FENCE) {
      return "F" + operand;
    }
    StringBuilder text = new StringBuilder().append(kind.letter).append((char) ('x' + location));
    if (kind == Kind.COMPARE) {
      text.append('=').append(expected).append('>').append(operand);
    } else if (kind.writes) {
      text.append('=').append(operand);
    }
    for (int i = 0; i < BITS.length; i++) {
      if (Access.has(access, BITS[i])) {
        text.append(LETTERS.charAt(i));
      }
    }
    return text + (address < 0 ? "" : "@" + address) + (data < 0 ? "" : "#" + data);
  }
}
