package dev.regardless.arch.arm64.isa;

import dev.regardless.arch.arm64.isa.A64Function.Operation;
import dev.regardless.arch.arm64.isa.A64Instruction.Operand;
import dev.regardless.arch.arm64.isa.A64Instruction.Otherwise;
import dev.regardless.arch.arm64.isa.BitfieldFunction.Kind;
import dev.regardless.isa.RegisterFile;
import org.jspecify.annotations.Nullable;

/** Syntax of bitfields, extensions and everything conditional that is not a branch. */
final class A64FieldParser {
  private final A64OperandReader reader;
  private final String text;
  private int bits;

  A64FieldParser(A64OperandReader reader, String text) {
    this.reader = reader;
    this.text = text;
  }

  @Nullable
  A64Instruction parse() {
    bits = reader.peekRegister() ? reader.peekBits() : 64;
    return switch (reader.mnemonic()) {
      case "UBFM" -> field(Kind.UNSIGNED);
      case "SBFM" -> field(Kind.SIGNED);
      case "BFM" -> field(Kind.INSERT);
      case "UBFX" -> extract(Kind.UNSIGNED);
      case "SBFX" -> extract(Kind.SIGNED);
      case "BFXIL" -> extract(Kind.INSERT);
      case "UBFIZ" -> insert(Kind.UNSIGNED);
      case "SBFIZ" -> insert(Kind.SIGNED);
      case "BFI" -> insert(Kind.INSERT);
      case "UXTB" -> extend(Kind.UNSIGNED, 7);
      case "UXTH" -> extend(Kind.UNSIGNED, 15);
      case "UXTW" -> extend(Kind.UNSIGNED, 31);
      case "SXTB" -> extend(Kind.SIGNED, 7);
      case "SXTH" -> extend(Kind.SIGNED, 15);
      case "SXTW" -> extend(Kind.SIGNED, 31);
      case "EXTR" -> pair();
      case "CSEL" -> select(Otherwise.COPY);
      case "CSINC" -> select(Otherwise.INCREMENT);
      case "CSINV" -> select(Otherwise.INVERT);
      case "CSNEG" -> select(Otherwise.NEGATE);
      case "CSET" -> set(Otherwise.INCREMENT);
      case "CSETM" -> set(Otherwise.INVERT);
      case "CINC" -> change(Otherwise.INCREMENT);
      case "CINV" -> change(Otherwise.INVERT);
      case "CNEG" -> change(Otherwise.NEGATE);
      case "CCMP" -> compare(Operation.SUBTRACT_FLAGS);
      case "CCMN" -> compare(Operation.ADD_FLAGS);
      default -> null;
    };
  }

  private A64Instruction field(Kind kind) {
    int result = reader.register();
    int source = reader.register(bits);
    int rotate = reader.constant(0, bits - 1);
    int last = reader.constant(0, bits - 1);
    return bitfield(result, source, kind, rotate, last);
  }

  private A64Instruction extract(Kind kind) {
    int result = reader.register();
    int source = reader.register(bits);
    int lowest = reader.constant(0, bits - 1);
    int width = reader.constant(1, bits - lowest);
    return bitfield(result, source, kind, lowest, lowest + width - 1);
  }

  private A64Instruction insert(Kind kind) {
    int result = reader.register();
    int source = reader.register(bits);
    int lowest = reader.constant(0, bits - 1);
    int width = reader.constant(1, bits - lowest);
    return bitfield(result, source, kind, (bits - lowest) % bits, width - 1);
  }

  private A64Instruction extend(Kind kind, int last) {
    int result = reader.register();
    int source = reader.register();
    return bitfield(result, source, kind, 0, last);
  }

  private A64Instruction bitfield(int result, int source, Kind kind, int rotate, int last) {
    reader.finish();
    return new A64Instruction.Bitfield(text, result, source, new BitfieldFunction(kind, rotate, last, bits));
  }

  private A64Instruction pair() {
    int result = reader.register();
    int high = reader.register(bits);
    int low = reader.register(bits);
    int position = reader.constant(0, bits - 1);
    reader.finish();
    return new A64Instruction.Extract(text, result, high, low, position, bits);
  }

  private A64Instruction select(Otherwise otherwise) {
    int result = reader.register();
    int ifTrue = reader.register(bits);
    int ifFalse = reader.register(bits);
    Condition condition = reader.condition();
    return selected(result, ifTrue, ifFalse, condition, otherwise);
  }

  private A64Instruction set(Otherwise otherwise) {
    int result = reader.register();
    Condition condition = reader.condition().inverted();
    return selected(result, RegisterFile.ZERO, RegisterFile.ZERO, condition, otherwise);
  }

  private A64Instruction change(Otherwise otherwise) {
    int result = reader.register();
    int source = reader.register(bits);
    Condition condition = reader.condition().inverted();
    return selected(result, source, source, condition, otherwise);
  }

  private A64Instruction selected(int result, int ifTrue, int ifFalse, Condition condition, Otherwise otherwise) {
    reader.finish();
    return new A64Instruction.ConditionalSelect(text, result, ifTrue, ifFalse, condition, otherwise, bits);
  }

  private A64Instruction compare(Operation operation) {
    int first = reader.register();
    Operand second = reader.peekConstant()
        ? new A64Instruction.Constant(reader.constant(0, 31))
        : new A64Instruction.Shifted(reader.register(bits), "LSL", 0);
    long flags = (long) reader.constant(0, 15) << Condition.V_BIT;
    Condition condition = reader.condition();
    reader.finish();
    return new A64Instruction.ConditionalCompare(text, first, second, flags, condition, operation, bits);
  }
}
