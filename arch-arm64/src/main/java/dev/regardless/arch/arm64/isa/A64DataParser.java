package dev.regardless.arch.arm64.isa;

import dev.regardless.arch.arm64.isa.A64Function.Operation;
import dev.regardless.arch.arm64.isa.A64Instruction.Operand;
import dev.regardless.isa.ParseContext;
import dev.regardless.isa.RegisterFile;
import org.jspecify.annotations.Nullable;

/** Syntax of arithmetic, moves, bitfields and conditional selects. */
final class A64DataParser {
  private final A64OperandReader reader;
  private final String text;
  private int bits;

  A64DataParser(A64OperandReader reader) {
    this.reader = reader;
    text = reader.normalised();
  }

  /** The instruction, or null if the mnemonic is none of these families'. */
  @Nullable
  A64Instruction parse() {
    bits = reader.peekRegister() ? reader.peekBits() : 64;
    return switch (reader.mnemonic()) {
      case "MOV", "MOVZ", "MOVN", "MOVK", "ADR", "ADRP" -> move();
      case "ADD" -> two(Operation.ADD);
      case "SUB" -> two(Operation.SUBTRACT);
      case "AND" -> two(Operation.AND);
      case "ORR" -> two(Operation.OR);
      case "EOR" -> two(Operation.XOR);
      case "BIC" -> two(Operation.BIT_CLEAR);
      case "ORN" -> two(Operation.OR_NOT);
      case "EON" -> two(Operation.XOR_NOT);
      case "MVN" -> fromZero(Operation.OR_NOT);
      case "NEG" -> fromZero(Operation.SUBTRACT);
      case "LSLV" -> two(Operation.SHIFT_LEFT);
      case "LSRV" -> two(Operation.SHIFT_RIGHT);
      case "ASRV" -> two(Operation.SHIFT_RIGHT_SIGNED);
      case "RORV" -> two(Operation.ROTATE_RIGHT);
      case "LSL" -> shift(Operation.SHIFT_LEFT);
      case "LSR" -> shift(Operation.SHIFT_RIGHT);
      case "ASR" -> shift(Operation.SHIFT_RIGHT_SIGNED);
      case "ROR" -> shift(Operation.ROTATE_RIGHT);
      case "UDIV" -> two(Operation.DIVIDE_UNSIGNED);
      case "SDIV" -> two(Operation.DIVIDE_SIGNED);
      case "SMULH" -> two(Operation.MULTIPLY_HIGH_SIGNED);
      case "UMULH" -> two(Operation.MULTIPLY_HIGH_UNSIGNED);
      case "ADDS" -> flags(true, false, Operation.ADD, Operation.ADD_FLAGS);
      case "SUBS" -> flags(true, false, Operation.SUBTRACT, Operation.SUBTRACT_FLAGS);
      case "ANDS" -> flags(true, false, Operation.AND, Operation.LOGIC_FLAGS);
      case "BICS" -> flags(true, false, Operation.BIT_CLEAR, Operation.LOGIC_FLAGS);
      case "NEGS" -> flags(true, true, Operation.SUBTRACT, Operation.SUBTRACT_FLAGS);
      case "CMP" -> flags(false, false, Operation.SUBTRACT, Operation.SUBTRACT_FLAGS);
      case "CMN" -> flags(false, false, Operation.ADD, Operation.ADD_FLAGS);
      case "TST" -> flags(false, false, Operation.AND, Operation.LOGIC_FLAGS);
      case "ADC" -> carry(false, false);
      case "ADCS" -> carry(false, true);
      case "SBC" -> carry(true, false);
      case "SBCS" -> carry(true, true);
      case "RBIT" -> one(Operation.REVERSE_BITS);
      case "REV", "REV64" -> one(Operation.REVERSE_BYTES);
      case "REV16" -> one(Operation.REVERSE_HALVES);
      case "REV32" -> one(Operation.REVERSE_WORDS);
      case "CLZ" -> one(Operation.LEADING_ZEROS);
      case "CLS" -> one(Operation.LEADING_SIGNS);
      case "ABS" -> one(Operation.ABSOLUTE);
      case "MUL" -> multiply(false, false, true, true);
      case "MNEG" -> multiply(true, false, true, true);
      case "MADD" -> multiply(false, false, false, true);
      case "MSUB" -> multiply(true, false, false, true);
      case "SMULL" -> multiply(false, true, true, true);
      case "SMNEGL" -> multiply(true, true, true, true);
      case "SMADDL" -> multiply(false, true, false, true);
      case "SMSUBL" -> multiply(true, true, false, true);
      case "UMULL" -> multiply(false, true, true, false);
      case "UMNEGL" -> multiply(true, true, true, false);
      case "UMADDL" -> multiply(false, true, false, false);
      case "UMSUBL" -> multiply(true, true, false, false);
      case "MRS", "MSR" -> systemRegister();
      default -> new A64FieldParser(reader, text).parse();
    };
  }

  private A64Instruction move() {
    int result = reader.register();
    String mnemonic = reader.mnemonic();
    if (mnemonic.startsWith("ADR")) {
      return address(result);
    }
    if (mnemonic.equals("MOV")) {
      if (reader.peekRegister()) {
        int source = reader.register(bits);
        reader.finish();
        return new A64Instruction.MoveRegister(text, result, source, bits);
      }
      long value = reader.constant();
      value <<= reader.modifierAmount("LSL");
      reader.finish();
      return new A64Instruction.MoveConstant(text, result, truncated(value));
    }
    long value = reader.constant(0, 0xFFFF);
    int shift = reader.modifierAmount("LSL");
    reader.finish();
    return switch (mnemonic) {
      case "MOVK" -> new A64Instruction.MoveKeep(text, result, value, shift, bits);
      case "MOVN" -> new A64Instruction.MoveConstant(text, result, truncated(~(value << shift)));
      default -> new A64Instruction.MoveConstant(text, result, truncated(value << shift));
    };
  }

  private A64Instruction address(int result) {
    String name = reader.peek();
    boolean location = reader.context().label(name).isEmpty() && !name.startsWith(".") && isName(name);
    long value = location ? reader.context().symbol(reader.word()) : reader.label();
    reader.finish();
    return new A64Instruction.MoveConstant(text, result, value);
  }

  private static boolean isName(String text) {
    return !text.isEmpty() && text.chars().allMatch(symbol -> Character.isLetterOrDigit(symbol) || symbol == '_')
        && !Character.isDigit(text.charAt(0));
  }

  private long truncated(long value) {
    return bits == 64 ? value : value & 0xFFFF_FFFFL;
  }

  private A64Instruction two(Operation operation) {
    int result = reader.register();
    int first = reader.register(bits);
    Operand second = reader.second(bits);
    reader.finish();
    return new A64Instruction.TwoOperands(text, result, first, second, operation, bits);
  }

  private A64Instruction fromZero(Operation operation) {
    int result = reader.register();
    Operand second = reader.second(bits);
    reader.finish();
    return new A64Instruction.TwoOperands(text, result, RegisterFile.ZERO, second, operation, bits);
  }

  private A64Instruction shift(Operation operation) {
    int result = reader.register();
    int first = reader.register(bits);
    Operand second = reader.peekConstant()
        ? new A64Instruction.Constant(reader.constant(0, bits - 1))
        : new A64Instruction.Shifted(reader.register(bits), "LSL", 0);
    reader.finish();
    return new A64Instruction.TwoOperands(text, result, first, second, operation, bits);
  }

  private A64Instruction flags(boolean hasResult, boolean negates, Operation operation, Operation flags) {
    int result = hasResult ? reader.register() : RegisterFile.ZERO;
    int first = negates ? RegisterFile.ZERO : reader.register(bits);
    Operand second = reader.second(bits);
    reader.finish();
    return new A64Instruction.FlagSetting(text, result, first, second, operation, flags, bits);
  }

  private A64Instruction carry(boolean invert, boolean setsFlags) {
    int result = reader.register();
    int first = reader.register(bits);
    int second = reader.register(bits);
    reader.finish();
    return new A64Instruction.WithCarry(text, result, first, second, invert, setsFlags, bits);
  }

  private A64Instruction one(Operation operation) {
    int result = reader.register();
    int source = reader.register(bits);
    if (operation == Operation.REVERSE_WORDS && bits == 32) {
      throw reader.unknownInstruction();
    }
    reader.finish();
    return new A64Instruction.OneOperand(text, result, source, operation, bits);
  }

  private A64Instruction multiply(boolean subtract, boolean fromWords, boolean fromZero, boolean signed) {
    int result = reader.register(fromWords ? 64 : bits);
    int factorBits = fromWords ? 32 : bits;
    int first = reader.register(factorBits);
    int second = reader.register(factorBits);
    int addend = fromZero ? RegisterFile.ZERO : reader.register(bits);
    reader.finish();
    return new A64Instruction.Multiply(text, result, first, second, addend, subtract, fromWords, signed, bits);
  }

  private A64Instruction systemRegister() {
    if (reader.mnemonic().equals("MRS")) {
      int result = reader.register(64);
      flagsName();
      return new A64Instruction.ReadFlags(text, result);
    }
    flagsName();
    int source = reader.register(64);
    reader.finish();
    return new A64Instruction.WriteFlags(text, source);
  }

  private void flagsName() {
    ParseContext context = reader.context();
    if (!reader.peek().equalsIgnoreCase("NZCV")) {
      throw context.error(0, "system register '" + reader.peek() + "'", "NZCV");
    }
    reader.word();
  }
}
