package dev.regardless.isa.generic;

import java.util.OptionalInt;

/**
 * One operation of the generic dialect. Registers are numbered from 0; values have 32 bits.
 */
public sealed interface GenericOperation {
  /** What a store writes: a constant, or a register. */
  sealed interface Value {}

  /**
   * A constant.
   *
   * @param value from 0 to 65535
   */
  record Constant(int value) implements Value {}

  /**
   * What a register holds; the store then depends on it by data.
   *
   * @param register its number
   */
  record Register(int register) implements Value {}

  /**
   * {@code rN = load x}.
   *
   * @param result    the register written
   * @param location  the variable read
   * @param ordering  plain or acquiring
   * @param dependsOn the register that the address depends on, without changing it
   */
  record Load(int result, String location, Ordering ordering, OptionalInt dependsOn) implements GenericOperation {}

  /**
   * {@code store x 1}.
   *
   * @param location         the variable written
   * @param value            what is written
   * @param ordering         plain or releasing
   * @param addressDependsOn the register that the address depends on, without changing it
   * @param dataDependsOn    the register that a constant value depends on, without changing it
   */
  record Store(String location, Value value, Ordering ordering, OptionalInt addressDependsOn,
      OptionalInt dataDependsOn) implements GenericOperation {}

  /** What a read-modify-write does. */
  enum Update {
    /** Adds the operand. */
    ADD,
    /** Writes the operand. */
    SWAP
  }

  /**
   * {@code rN = add x 1} and {@code rN = swap x 1}: one atomic step that returns the old value.
   *
   * @param result   the register written
   * @param location the variable
   * @param operand  from 0 to 4095
   */
  record ReadModifyWrite(Update update, int result, String location, int operand, Ordering ordering)
      implements
        GenericOperation {}

  /**
   * {@code rN = cas x 0 1}: one atomic step that writes only if the variable holds what is expected, and returns the old
   * value.
   */
  record CompareAndSwap(int result, String location, int expected, int replacement, Ordering ordering)
      implements
        GenericOperation {}

  /** What a fence orders. */
  enum FenceKind {
    /** Everything. */
    FULL,
    /** Reads before with everything after. */
    LOAD,
    /** Writes before with writes after. */
    STORE
  }

  /** {@code fence}, {@code fence.load} and {@code fence.store}. */
  record Fence(FenceKind kind) implements GenericOperation {}

  /**
   * {@code branch rN}: everything after depends on the register by control, whichever way the branch goes.
   *
   * @param register its number
   */
  record Branch(int register) implements GenericOperation {}
}
