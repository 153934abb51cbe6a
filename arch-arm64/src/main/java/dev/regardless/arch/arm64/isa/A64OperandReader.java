package dev.regardless.arch.arm64.isa;

import dev.regardless.arch.arm64.isa.A64Instruction.Address;
import dev.regardless.arch.arm64.isa.A64Instruction.Constant;
import dev.regardless.arch.arm64.isa.A64Instruction.Extended;
import dev.regardless.arch.arm64.isa.A64Instruction.Index;
import dev.regardless.arch.arm64.isa.A64Instruction.Operand;
import dev.regardless.arch.arm64.isa.A64Instruction.Shifted;
import dev.regardless.input.BadInputException;
import dev.regardless.isa.ParseContext;
import dev.regardless.isa.RegisterFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/** Reads the operands of one instruction from left to right; every mismatch is an error with its column. */
final class A64OperandReader {
  private static final RegisterFile REGISTERS = new A64Registers();

  private final String text;
  private final ParseContext context;
  private final String mnemonic;
  private final List<String> operands = new ArrayList<>();
  private final List<Integer> offsets = new ArrayList<>();
  private int position;

  A64OperandReader(String text, ParseContext context) {
    this.text = text;
    this.context = context;
    int end = 0;
    while (end < text.length() && !Character.isWhitespace(text.charAt(end))) {
      end++;
    }
    mnemonic = text.substring(0, end).toUpperCase(Locale.ROOT);
    split(end);
  }

  private void split(int from) {
    if (text.substring(from).isBlank()) {
      return;
    }
    int depth = 0;
    int start = from;
    for (int index = from; index <= text.length(); index++) {
      char symbol = index == text.length() ? ',' : text.charAt(index);
      if (symbol == '[') {
        depth++;
      } else if (symbol == ']') {
        depth--;
      }
      if (symbol == ',' && (depth == 0 || index == text.length())) {
        add(start, index);
        start = index + 1;
      }
    }
  }

  private void add(int start, int end) {
    int from = start;
    while (from < end && Character.isWhitespace(text.charAt(from))) {
      from++;
    }
    operands.add(text.substring(from, end).strip());
    offsets.add(from);
  }

  /** The first word, in upper case. */
  String mnemonic() {
    return mnemonic;
  }

  /** The instruction, normalised. */
  String normalised() {
    return operands.isEmpty() ? mnemonic : mnemonic + " " + String.join(",", operands);
  }

  boolean atEnd() {
    return position == operands.size();
  }

  int remaining() {
    return operands.size() - position;
  }

  /** The next operand without reading it; empty at the end. */
  String peek() {
    return atEnd() ? "" : operands.get(position);
  }

  BadInputException error(String expected) {
    if (atEnd()) {
      return context.error(text.length(), "end of instruction", expected);
    }
    return context.error(offsets.get(position), "'" + operands.get(position) + "'", expected);
  }

  BadInputException unknownInstruction() {
    return context.error(0, "unknown instruction '" + mnemonic + "'", "an A64 instruction");
  }

  ParseContext context() {
    return context;
  }

  void finish() {
    if (!atEnd()) {
      throw error("the end of the instruction");
    }
  }

  boolean peekRegister() {
    return registerOf(peek()) != RegisterFile.NONE;
  }

  private int registerOf(String operand) {
    if (operand.startsWith("%")) {
      OptionalLong register = context.symbolicRegister(operand.substring(1));
      return register.isPresent() ? (int) register.getAsLong() : RegisterFile.NONE;
    }
    int register = REGISTERS.find(operand);
    return register == A64Registers.NZCV ? RegisterFile.NONE : register;
  }

  private int bitsOf(String operand) {
    return operand.startsWith("%") ? 64 : REGISTERS.width(operand) * 8;
  }

  /** The width of the register that comes next, 32 or 64. */
  int peekBits() {
    return bitsOf(peek());
  }

  /** A register of any width. */
  int register() {
    int register = registerOf(peek());
    if (register == RegisterFile.NONE) {
      throw error("a register");
    }
    position++;
    return register;
  }

  /** A register of the given width. */
  int register(int bits) {
    if (registerOf(peek()) == RegisterFile.NONE || (bitsOf(peek()) != bits && !peek().startsWith("%"))) {
      throw error(bits == 64 ? "a 64-bit register" : "a 32-bit register");
    }
    return register();
  }

  boolean peekConstant() {
    String operand = peek();
    if (operand.startsWith("#")) {
      return true;
    }
    return !operand.isEmpty() && (Character.isDigit(operand.charAt(0))
        || (operand.length() > 1 && operand.charAt(0) == '-' && Character.isDigit(operand.charAt(1))));
  }

  /** A constant, with or without its hash. */
  long constant() {
    if (!peekConstant()) {
      throw error("a constant");
    }
    long value = number(peek(), offsets.get(position));
    position++;
    return value;
  }

  /** A constant between two bounds. */
  int constant(int least, int most) {
    A64OperandReader before = this;
    int at = position;
    long value = constant();
    if (value < least || value > most) {
      position = at;
      throw before.error("a constant from " + least + " to " + most);
    }
    return (int) value;
  }

  private long number(String operand, int offset) {
    String digits = operand.startsWith("#") ? operand.substring(1).strip() : operand;
    try {
      boolean negative = digits.startsWith("-");
      String magnitude = negative ? digits.substring(1) : digits;
      long value;
      if (magnitude.startsWith("0x") || magnitude.startsWith("0X")) {
        value = Long.parseUnsignedLong(magnitude.substring(2), 16);
      } else if (magnitude.startsWith("0b")) {
        value = Long.parseUnsignedLong(magnitude.substring(2), 2);
      } else {
        value = Long.parseUnsignedLong(magnitude);
      }
      return negative ? -value : value;
    } catch (NumberFormatException notANumber) {
      throw context.error(offset, "'" + operand + "'", "a constant").causedBy(notANumber);
    }
  }

  /** Any word: a condition, a barrier option. */
  String word() {
    if (atEnd()) {
      throw error("a word");
    }
    return operands.get(position++);
  }

  Condition condition() {
    Condition condition = Condition.named(peek()).orElseThrow(() -> error("a condition (EQ, NE, ...)"));
    position++;
    return condition;
  }

  /** A label of the test, or a distance in bytes from this instruction: {@code .+8}. */
  long label() {
    String operand = peek();
    OptionalLong label = context.label(operand);
    if (label.isEmpty() && (operand.startsWith(".+") || operand.startsWith(".-"))) {
      long distance = number(operand.substring(2).strip(), offsets.get(position));
      long here = context.nextAddress() - 4;
      label = OptionalLong.of(operand.charAt(1) == '+' ? here + distance : here - distance);
    }
    if (label.isEmpty()) {
      throw error("a label of this test");
    }
    position++;
    return label.getAsLong();
  }

  /** The last operand of arithmetic: a constant with an optional LSL, or a register with an optional shift or extend. */
  Operand second(int bits) {
    if (peekConstant()) {
      long value = constant();
      return new Constant(atEnd() ? value : value << modifierAmount("LSL"));
    }
    int width = peekBits();
    int register = register();
    if (atEnd()) {
      if (width != bits) {
        position--;
        throw error(bits == 64 ? "a 64-bit register" : "a 32-bit register");
      }
      return new Shifted(register, "LSL", 0);
    }
    return modified(register);
  }

  private Operand modified(int register) {
    String[] parts = peek().split("[\\s#]+", 2);
    String kind = parts[0].toUpperCase(Locale.ROOT);
    int amount = parts.length == 1 || parts[1].isBlank()
        ? 0
        : (int) number(parts[1].strip(), offsets.get(position));
    if (amount < 0 || amount > 63) {
      throw error("a shift from 0 to 63");
    }
    Operand operand = switch (kind) {
      case "LSL", "LSR", "ASR", "ROR" -> new Shifted(register, kind, amount);
      case "UXTB", "UXTH", "UXTW", "UXTX", "SXTB", "SXTH", "SXTW", "SXTX" ->
        new Extended(register, extendedBits(kind), kind.charAt(0) == 'S', amount);
      default -> throw error("a shift (LSL, LSR, ASR, ROR) or an extension (UXTW, SXTW, ...)");
    };
    position++;
    return operand;
  }

  private static int extendedBits(String kind) {
    return switch (kind.charAt(3)) {
      case 'B' -> 8;
      case 'H' -> 16;
      case 'W' -> 32;
      default -> 64;
    };
  }

  /** The amount of an optional shift of the given kind, 0 if there is none. */
  int modifierAmount(String kind) {
    if (atEnd()) {
      return 0;
    }
    if (modified(RegisterFile.ZERO) instanceof Shifted shifted && shifted.kind().equals(kind)) {
      return shifted.amount();
    }
    position--;
    throw error(kind + " and an amount");
  }

  boolean peekMemory() {
    return peek().startsWith("[");
  }

  /** A base register alone: {@code [X1]} or {@code [X1,#0]}. */
  int base() {
    int at = position;
    Address address = address();
    if (address.index() != Index.OFFSET || !(address.offset() instanceof Constant none) || none.value() != 0) {
      position = at;
      throw error("an address without offset");
    }
    return address.base();
  }

  /** An address in any of its forms. */
  Address address() {
    String operand = peek();
    boolean pre = operand.endsWith("!");
    String body = pre ? operand.substring(0, operand.length() - 1).strip() : operand;
    if (!body.startsWith("[") || !body.endsWith("]")) {
      throw error("an address in brackets");
    }
    int start = offsets.get(position) + 1;
    A64OperandReader inner = new A64OperandReader(" ".repeat(start) + body.substring(1, body.length() - 1), context,
        start);
    int base = inner.register(64);
    if (base == RegisterFile.ZERO) {
      throw error("a base register other than XZR");
    }
    Operand offset = inner.atEnd() ? new Constant(0) : inner.offset();
    inner.finish();
    position++;
    if (pre) {
      return new Address(base, offset, Index.PRE);
    }
    if (!atEnd() && peekConstant()) {
      return new Address(base, new Constant(constant()), Index.POST);
    }
    return new Address(base, offset, Index.OFFSET);
  }

  private A64OperandReader(String padded, ParseContext context, int from) {
    text = padded;
    this.context = context;
    mnemonic = "";
    split(from);
  }

  private Operand offset() {
    if (peekConstant()) {
      return new Constant(constant());
    }
    int width = peekBits();
    int register = register();
    if (atEnd()) {
      return width == 64 ? new Extended(register, 64, false, 0) : new Extended(register, 32, true, 0);
    }
    Operand operand = modified(register);
    if (operand instanceof Shifted shifted) {
      if (!shifted.kind().equals("LSL")) {
        position--;
        throw error("LSL, UXTW, SXTW or SXTX");
      }
      return new Extended(register, width, false, shifted.amount());
    }
    return operand;
  }
}
