package dev.regardless.arch.x86.isa;

import dev.regardless.arch.x86.isa.X86Instruction.Immediate;
import dev.regardless.arch.x86.isa.X86Instruction.Memory;
import dev.regardless.arch.x86.isa.X86Instruction.Operand;
import dev.regardless.arch.x86.isa.X86Instruction.Register;
import dev.regardless.input.BadInputException;
import dev.regardless.isa.ParseContext;
import dev.regardless.isa.UnsupportedTestException;
import java.util.Locale;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Reads one instruction from left to right; every mismatch is an error with its column. */
final class X86OperandReader {
  private static final int NO_HINT = 0;

  private final String text;
  private final ParseContext context;
  private final X86Registers registers;
  private int position;
  private int start;
  private int hint = NO_HINT;

  X86OperandReader(String text, ParseContext context, X86Registers registers) {
    this.text = text;
    this.context = context;
    this.registers = registers;
  }

  ParseContext context() {
    return context;
  }

  /** The instruction with single blanks. */
  String normalised() {
    StringBuilder result = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char character = text.charAt(i);
      if (!Character.isWhitespace(character)) {
        result.append(character);
      } else if (!result.isEmpty() && result.charAt(result.length() - 1) != ' ') {
        result.append(' ');
      }
    }
    return result.toString().stripTrailing();
  }

  /** The width that {@code DWORD PTR} and the like gave the last operands, or 0. */
  int hint() {
    return hint;
  }

  // ---- characters ----

  private void blanks() {
    while (position < text.length() && Character.isWhitespace(text.charAt(position))) {
      position++;
    }
  }

  private char peek() {
    blanks();
    return position < text.length() ? text.charAt(position) : '\0';
  }

  private boolean accept(char symbol) {
    if (peek() == symbol) {
      position++;
      return true;
    }
    return false;
  }

  boolean atEnd() {
    return peek() == '\0';
  }

  void finish() {
    if (!atEnd()) {
      start = position;
      throw error("the end of the instruction");
    }
  }

  void comma() {
    start = position;
    if (!accept(',')) {
      throw error("','");
    }
  }

  boolean acceptComma() {
    return accept(',');
  }

  private void expect(char symbol) {
    blanks();
    start = position;
    if (!accept(symbol)) {
      throw error("'" + symbol + "'");
    }
  }

  /** An error at what was read last. */
  BadInputException error(String expected) {
    int from = Math.min(start, text.length());
    while (from < text.length() && Character.isWhitespace(text.charAt(from))) {
      from++;
    }
    if (from >= text.length()) {
      return context.error(text.length(), "end of instruction", expected);
    }
    int end = from + 1;
    int depth = "([".indexOf(text.charAt(from)) < 0 ? 0 : 1;
    while (end < text.length() && (depth > 0 || ",)] \t".indexOf(text.charAt(end)) < 0)) {
      depth += "([".indexOf(text.charAt(end)) < 0 ? 0 : 1;
      depth -= ")]".indexOf(text.charAt(end)) < 0 ? 0 : 1;
      end++;
    }
    return context.error(from, "'" + text.substring(from, end) + "'", expected);
  }

  private static boolean startsName(char symbol) {
    return Character.isLetter(symbol) || symbol == '_' || symbol == '.';
  }

  private static boolean continuesName(char symbol) {
    return Character.isLetterOrDigit(symbol) || "_./-".indexOf(symbol) >= 0;
  }

  private String name(String expected) {
    blanks();
    start = position;
    if (position == text.length() || !startsName(text.charAt(position))) {
      throw error(expected);
    }
    int end = position;
    while (end < text.length() && continuesName(text.charAt(end))) {
      end++;
    }
    String name = text.substring(position, end);
    int minus = name.indexOf('-');
    if (minus > 0 && registers.part(name.substring(0, minus)) != null) {
      name = name.substring(0, minus);
    }
    position += name.length();
    return name;
  }

  /** A word in upper case: a mnemonic or a prefix. */
  String word() {
    return name("an instruction").toUpperCase(Locale.ROOT);
  }

  private boolean atNumber() {
    char symbol = peek();
    if (symbol == '-') {
      return position + 1 < text.length() && Character.isDigit(text.charAt(position + 1));
    }
    return Character.isDigit(symbol);
  }

  private long number() {
    blanks();
    start = position;
    boolean negative = accept('-');
    int from = position;
    while (position < text.length() && Character.isLetterOrDigit(text.charAt(position))) {
      position++;
    }
    String digits = text.substring(from, position);
    try {
      boolean hexadecimal = digits.startsWith("0x") || digits.startsWith("0X");
      long value = hexadecimal
          ? Long.parseUnsignedLong(digits.substring(2), 16)
          : Long.parseUnsignedLong(digits);
      return negative ? -value : value;
    } catch (NumberFormatException notANumber) {
      throw error("a number").causedBy(notANumber);
    }
  }

  // ---- operands ----

  /** A label of this thread. */
  long label() {
    if (peek() == '*') {
      throw new UnsupportedTestException(context.place(position) + ": not supported: indirect jumps");
    }
    String name = name("a label of this test");
    OptionalLong label = context.label(name);
    if (label.isEmpty()) {
      throw error("a label of this test");
    }
    return label.getAsLong();
  }

  Register register() {
    blanks();
    int at = position;
    if (operand() instanceof Register register) {
      return register;
    }
    start = at;
    throw error("a register");
  }

  Memory memory() {
    blanks();
    int at = position;
    if (operand() instanceof Memory memory) {
      return memory;
    }
    start = at;
    throw error("an address");
  }

  /** Any operand; errors found later are about it. */
  Operand operand() {
    blanks();
    int at = position;
    Operand operand = anyOperand();
    start = at;
    return operand;
  }

  private Operand anyOperand() {
    char symbol = peek();
    start = position;
    if (symbol == '$') {
      position++;
      return new Immediate(atNumber() ? number() : symbol(name("a constant")));
    }
    if (symbol == '%') {
      return percent();
    }
    if (symbol == '(') {
      return parentheses(0);
    }
    if (symbol == '[') {
      return brackets(0);
    }
    if (atNumber()) {
      long value = number();
      return switch (peek()) {
        case '(' -> parentheses(value);
        case '[' -> brackets(value);
        default -> new Immediate(value);
      };
    }
    return named();
  }

  private Operand percent() {
    int at = position++;
    String name = name("a register");
    X86Registers.Part part = part(name, at);
    if (accept(':')) {
      return operand();
    }
    return new Register(part);
  }

  private X86Registers.Part part(String name, int at) {
    X86Registers.Part part = registers.part(name);
    if (part != null) {
      return part;
    }
    String lower = name.toLowerCase(Locale.ROOT);
    if (lower.matches("[xyz]?mm[0-9]+|st[0-9]?")) {
      throw new UnsupportedTestException(context.place(at) + ": not supported: vector and floating point registers");
    }
    OptionalLong symbolic = context.symbolicRegister(name);
    if (symbolic.isEmpty()) {
      start = at;
      throw error("a register");
    }
    return new X86Registers.Part((int) symbolic.getAsLong(), registers.nativeBits(), 0);
  }

  private Operand named() {
    int at = position;
    String name = name("a register, a constant or an address");
    int width = switch (name.toUpperCase(Locale.ROOT)) {
      case "BYTE" -> 8;
      case "WORD" -> 16;
      case "DWORD" -> 32;
      case "QWORD" -> 64;
      default -> NO_HINT;
    };
    if (width != NO_HINT && startsName(peek())) {
      int after = position;
      if (name("PTR").equalsIgnoreCase("PTR")) {
        hint = width;
        return memory();
      }
      position = after;
    }
    X86Registers.Part part = registers.part(name);
    if (part != null) {
      return accept(':') ? operand() : new Register(part);
    }
    if (peek() == '(' || peek() == '[') {
      long address = symbol(name);
      return peek() == '(' ? parentheses(address) : brackets(address);
    }
    start = at;
    throw error("a register, a constant or an address in brackets");
  }

  private long symbol(String name) {
    OptionalLong label = context.label(name);
    return label.isPresent() ? label.getAsLong() : context.symbol(name);
  }

  /** {@code (base, index, scale)}, {@code (base)}, {@code (name)}. */
  private Memory parentheses(long displacement) {
    expect('(');
    long total = displacement;
    int base = X86Instruction.NO_REGISTER;
    int index = X86Instruction.NO_REGISTER;
    int scale = 1;
    if (peek() != ',') {
      X86Registers.Part part = addressRegister();
      if (part == null) {
        total += atNumber() ? number() : symbol(name("a register or a variable"));
      } else if (part.register() != X86Registers.INSTRUCTION_POINTER) {
        base = part.register();
      }
    }
    if (accept(',')) {
      X86Registers.Part part = addressRegister();
      if (part == null) {
        throw error("an index register");
      }
      index = part.register();
      if (accept(',')) {
        scale = (int) number();
      }
    }
    expect(')');
    return new Memory(total, base, index, scale);
  }

  /** A register of an address, or null with nothing read. */
  private X86Registers.@Nullable Part addressRegister() {
    char symbol = peek();
    int at = position;
    start = at;
    boolean marked = symbol == '%';
    if (marked) {
      position++;
    } else if (!startsName(symbol)) {
      return null;
    }
    String name = name("a register");
    X86Registers.Part part = marked ? part(name, at) : registers.part(name);
    if (part == null) {
      position = at;
      return null;
    }
    if (part.bits() < 32) {
      start = at;
      throw error("a register of at least 32 bits");
    }
    return part;
  }

  /** A sum of registers, one of them perhaps scaled, numbers and a variable. */
  private Memory brackets(long displacement) {
    expect('[');
    long total = displacement;
    int base = X86Instruction.NO_REGISTER;
    int index = X86Instruction.NO_REGISTER;
    int scale = 1;
    boolean negative = false;
    do {
      X86Registers.Part part = addressRegister();
      int factor = 1;
      if (part == null && atNumber()) {
        long value = number();
        if (!accept('*')) {
          total += negative ? -value : value;
          continue;
        }
        factor = (int) value;
        part = addressRegister();
      } else if (part == null) {
        total += symbol(name("a register, a variable or a number"));
        continue;
      } else if (accept('*')) {
        factor = (int) number();
      }
      if (part == null || negative) {
        throw error("a register");
      }
      if (base == X86Instruction.NO_REGISTER && factor == 1) {
        base = part.register();
      } else if (index == X86Instruction.NO_REGISTER) {
        index = part.register();
        scale = factor;
      } else {
        throw error("at most two registers in an address");
      }
    } while (accept('+') || (negative = accept('-')));
    expect(']');
    return new Memory(total, base, index, scale);
  }
}
