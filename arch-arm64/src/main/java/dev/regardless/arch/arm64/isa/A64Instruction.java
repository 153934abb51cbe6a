package dev.regardless.arch.arm64.isa;

import dev.regardless.isa.FenceKind;
import dev.regardless.isa.Instruction;
import dev.regardless.isa.RegisterFile;

/**
 * The instructions, by family. Registers are numbers of {@link A64Registers} or {@link RegisterFile#ZERO}; {@code bits}
 * is 32 or 64, the width of the operation; {@code width} is in bytes of memory.
 */
public sealed interface A64Instruction extends Instruction {
  /** How a register operand is changed before use. */
  sealed interface Operand {}

  /** A constant. */
  record Constant(long value) implements Operand {}

  /** A register, shifted by a constant: kind LSL, LSR, ASR or ROR. */
  record Shifted(int register, String kind, int amount) implements Operand {}

  /** A register, extended from {@code fromBits} and shifted left. */
  record Extended(int register, int fromBits, boolean signed, int shift) implements Operand {}

  /** When the base register of an address changes. */
  enum Index {
    /** Never. */
    OFFSET,
    /** Before the access, which uses the new value. */
    PRE,
    /** After the access, which uses the old value. */
    POST
  }

  /** Where an access goes: base register and an offset. */
  record Address(int base, Operand offset, Index index) {}

  /** MOV, MOVZ, MOVN and ADR: a constant. */
  record MoveConstant(String text, int result, long value) implements A64Instruction {}

  /** MOVK: 16 bits of the register are replaced. */
  record MoveKeep(String text, int result, long value, int shift, int bits) implements A64Instruction {}

  /** MOV from a register: it may be the stack pointer. */
  record MoveRegister(String text, int result, int source, int bits) implements A64Instruction {}

  /** ADD, SUB, AND, ORR, EOR, BIC, ORN, EON and the shifts by a register: one function of two operands. */
  record TwoOperands(String text, int result, int first, Operand second, A64Function.Operation operation, int bits)
      implements
        A64Instruction {}

  /** ADDS, SUBS, ANDS, BICS, CMP, CMN, TST: also sets the flags, from the operands or from a logical result. */
  record FlagSetting(String text, int result, int first, Operand second, A64Function.Operation operation,
      A64Function.Operation flags, int bits) implements A64Instruction {}

  /** ADC, SBC and their flag-setting forms: {@code invert} complements the second operand. */
  record WithCarry(String text, int result, int first, int second, boolean invert, boolean setsFlags, int bits)
      implements
        A64Instruction {}

  /** RBIT, REV, CLZ, ABS and the like. */
  record OneOperand(String text, int result, int source, A64Function.Operation operation, int bits)
      implements
        A64Instruction {}

  /** MADD, MSUB and their short and long forms; {@code long} forms extend 32-bit factors. */
  record Multiply(String text, int result, int first, int second, int addend, boolean subtract, boolean fromWords,
      boolean signed, int bits) implements A64Instruction {}

  /** UBFM, SBFM, BFM and their synonyms. */
  record Bitfield(String text, int result, int source, BitfieldFunction function) implements A64Instruction {}

  /** EXTR. */
  record Extract(String text, int result, int high, int low, int position, int bits) implements A64Instruction {}

  /** What a conditional select does to its second choice. */
  enum Otherwise {
    /** CSEL. */
    COPY,
    /** CSINC. */
    INCREMENT,
    /** CSINV. */
    INVERT,
    /** CSNEG. */
    NEGATE
  }

  /** CSEL, CSINC, CSINV, CSNEG and their synonyms. */
  record ConditionalSelect(String text, int result, int ifTrue, int ifFalse, Condition condition, Otherwise otherwise,
      int bits) implements A64Instruction {}

  /** CCMP and CCMN: flags of the comparison if the condition holds, else the constant. */
  record ConditionalCompare(String text, int first, Operand second, long flags, Condition condition,
      A64Function.Operation operation, int bits) implements A64Instruction {}

  /** MRS Xt, NZCV. */
  record ReadFlags(String text, int result) implements A64Instruction {}

  /** MSR NZCV, Xt. */
  record WriteFlags(String text, int source) implements A64Instruction {}

  /** B and BL: {@code returnAddress} is stored in X30 unless it is 0. */
  record Branch(String text, long target, long returnAddress) implements A64Instruction {}

  /** B.cond. */
  record BranchCondition(String text, Condition condition, long target) implements A64Instruction {}

  /** CBZ and CBNZ. */
  record CompareBranch(String text, int source, boolean branchOnZero, long target, int bits)
      implements
        A64Instruction {}

  /** TBZ and TBNZ. */
  record TestBranch(String text, int source, int bit, boolean branchOnZero, long target) implements A64Instruction {}

  /** BR, BLR and RET. */
  record BranchRegister(String text, int target, long returnAddress) implements A64Instruction {}

  /** DMB, DSB, ISB. */
  record Barrier(String text, FenceKind kind) implements A64Instruction {}

  /** NOP and hints. */
  record Nothing(String text) implements A64Instruction {}

  /** Single-register loads: {@code signedBits} is 0, or the width to which the value is sign-extended. */
  record Load(String text, int result, Address address, int width, int signedBits, int annotations)
      implements
        A64Instruction {}

  /** Single-register stores. */
  record Store(String text, int source, Address address, int width, int annotations) implements A64Instruction {}

  /** LDP and its kin. */
  record LoadPair(String text, int result, int second, Address address, int width, int signedBits, int annotations)
      implements
        A64Instruction {}

  /** STP and its kin. */
  record StorePair(String text, int source, int second, Address address, int width, int annotations)
      implements
        A64Instruction {}

  /** LDXR, LDAXR, and the pairs if {@code second} is a register. */
  record LoadExclusive(String text, int result, int second, int base, int width, boolean acquire)
      implements
        A64Instruction {}

  /** STXR, STLXR, and the pairs if {@code second} is a register. */
  record StoreExclusive(String text, int status, int source, int second, int base, int width, boolean release)
      implements
        A64Instruction {}

  /** LDADD, LDCLR, ... and SWP (no operation); a result of ZERO is the ST form. */
  record Atomic(String text, int source, int result, int base, AtomicOperation operation, int width, boolean acquire,
      boolean release) implements A64Instruction {}

  /** CAS. */
  record CompareAndSwap(String text, int expected, int replacement, int base, int width, boolean acquire,
      boolean release) implements A64Instruction {}

  /** CASP. */
  record CompareAndSwapPair(String text, int expected, int expectedSecond, int replacement, int replacementSecond,
      int base, int width, boolean acquire, boolean release) implements A64Instruction {}

  /** No second register of a pair. */
  int NO_REGISTER = -1;
}
