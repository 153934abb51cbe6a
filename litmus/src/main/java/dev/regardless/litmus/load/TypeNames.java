package dev.regardless.litmus.load;

import dev.regardless.input.BadInputException;
import dev.regardless.litmus.syntax.DeclaredType;
import dev.regardless.litmus.syntax.Position;
import dev.regardless.litmus.test.ValueType;

/** The C types that litmus tests declare, with the sizes that herd gives them ({@code long} has 4 bytes there). */
final class TypeNames {
  private final int pointerBytes;

  /** @param pointerBytes the size of an address on the test's architecture */
  TypeNames(int pointerBytes) {
    this.pointerBytes = pointerBytes;
  }

  /** The type of a pointer. */
  ValueType pointer() {
    return new ValueType(pointerBytes, false, true);
  }

  /** The type of a register; as in herd a type without known size is {@code int}. */
  ValueType registerType(DeclaredType declared, Position position) {
    try {
      return valueType(declared, position);
    } catch (BadInputException unknown) {
      return ValueType.INT;
    }
  }

  /** The type of a value, or of each element of an array. */
  ValueType valueType(DeclaredType declared, Position position) {
    if (declared.pointer()) {
      return pointer();
    }
    return switch (declared.name()) {
      case "", "int", "long", "int32_t" -> ValueType.INT;
      case "atomic_t", "uint32_t", "ins_t" -> new ValueType(4, false, false);
      case "char", "int8_t" -> new ValueType(1, true, false);
      case "uint8_t" -> new ValueType(1, false, false);
      case "short", "int16_t" -> new ValueType(2, true, false);
      case "uint16_t" -> new ValueType(2, false, false);
      case "int64_t" -> new ValueType(8, true, false);
      case "uint64_t" -> new ValueType(8, false, false);
      case "intptr_t" -> new ValueType(pointerBytes, true, false);
      case "uintptr_t" -> new ValueType(pointerBytes, false, false);
      default -> throw position.error("type '" + declared.name() + "'",
          "int, int8_t ... int64_t, uint8_t ... uint64_t, intptr_t or a pointer");
    };
  }
}
