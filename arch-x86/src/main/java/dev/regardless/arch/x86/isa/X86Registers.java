package dev.regardless.arch.x86.isa;

import dev.regardless.isa.RegisterFile;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The general registers under all their names, the instruction pointer and the code segment (which nothing reads), and
 * the flags. A name stands for a part of a register: {@link #part}.
 */
final class X86Registers implements RegisterFile {
  /** A named part of a register: {@code bits} bits from bit {@code lowest} on. */
  record Part(int register, int bits, int lowest) {}

  /** The accumulator, which CMPXCHG compares with. */
  static final int ACCUMULATOR = 0;
  /** The counter, which shifts take their distance from. */
  static final int COUNTER = 2;
  /** The instruction pointer. */
  static final int INSTRUCTION_POINTER = 16;
  /** The code segment. */
  static final int CODE_SEGMENT = 17;
  /** The carry flag, 0 or 1. */
  static final int CARRY = 18;
  /** Zero, sign, parity and overflow, packed as {@link X86Status} says. */
  static final int STATUS = 19;
  /** How many registers there are. */
  static final int COUNT = 20;

  private static final List<String> LEGACY = List.of("a", "b", "c", "d", "si", "di", "bp", "sp");
  private static final int WITH_HIGH_BYTE = 4;
  private static final int GENERAL = 16;

  private final boolean wide;
  private final Map<String, Part> parts = new HashMap<>();
  private final String[] names = new String[COUNT];

  /** @param wide whether there are 64-bit registers, and more of them */
  X86Registers(boolean wide) {
    this.wide = wide;
    for (int number = 0; number < LEGACY.size(); number++) {
      legacy(number);
    }
    for (int number = LEGACY.size(); number < GENERAL; number++) {
      String name = "r" + number;
      names[number] = name;
      if (wide) {
        add(name, number, 64);
        add(name + "d", number, 32);
        add(name + "w", number, 16);
        add(name + "b", number, 8);
      }
    }
    names[INSTRUCTION_POINTER] = wide ? "rip" : "EIP";
    add(names[INSTRUCTION_POINTER], INSTRUCTION_POINTER, wide ? 64 : 32);
    names[CODE_SEGMENT] = wide ? "cs" : "CS";
    add(names[CODE_SEGMENT], CODE_SEGMENT, 16);
    names[CARRY] = wide ? "cf" : "CF";
    names[STATUS] = wide ? "status" : "STATUS";
  }

  private void legacy(int number) {
    String stem = LEGACY.get(number);
    boolean letter = number < WITH_HIGH_BYTE;
    String word = letter ? stem + "x" : stem;
    if (wide) {
      add("r" + word, number, 64);
    }
    add("e" + word, number, 32);
    add(word, number, 16);
    if (letter) {
      parts.put(stem + "h", new Part(number, 8, 8));
      add(stem + "l", number, 8);
    } else if (wide) {
      add(stem + "l", number, 8);
    }
    names[number] = wide ? "r" + word : ("e" + word).toUpperCase(Locale.ROOT);
  }

  private void add(String name, int register, int bits) {
    parts.put(name.toLowerCase(Locale.ROOT), new Part(register, bits, 0));
  }

  /** The width of a whole register in bits. */
  int nativeBits() {
    return wide ? 64 : 32;
  }

  /** What a name stands for, or null. */
  @Nullable
  Part part(String name) {
    return parts.get(name.toLowerCase(Locale.ROOT));
  }

  @Override
  public int count() {
    return COUNT;
  }

  @Override
  public int find(String name) {
    Part part = part(name);
    return part == null ? NONE : part.register();
  }

  @Override
  public int width(String name) {
    Part part = part(name);
    return part == null ? nativeBits() / 8 : part.bits() / 8;
  }

  @Override
  public String name(int register) {
    return names[register];
  }
}
