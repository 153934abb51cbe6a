package dev.regardless.arch.x86.isa;

import dev.regardless.isa.FenceKind;
import dev.regardless.isa.Instruction;

/**
 * The instructions, by family. {@code bits} is the width of the operation: 8, 16, 32 or 64. {@code target} is the operand
 * that is changed, whatever the order in which the text names operands. {@code locked} is the LOCK prefix.
 */
sealed interface X86Instruction extends Instruction {
  /** Where a value comes from or goes to. */
  sealed interface Operand {}

  /** A constant. */
  record Immediate(long value) implements Operand {}

  /** A register or a part of it. */
  record Register(X86Registers.Part part) implements Operand {}

  /** Memory at {@code displacement + base + index * scale}; a register that is not there is {@link #NO_REGISTER}. */
  record Memory(long displacement, int base, int index, int scale) implements Operand {}

  /** No register in an address. */
  int NO_REGISTER = -1;

  /** MOV, MOVNTI: non-temporal stores are ordinary ones in this memory model. */
  record Move(String text, Operand target, Operand source, int bits) implements X86Instruction {}

  /** MOVZX, MOVSX. */
  record MoveExtended(String text, Register target, Operand source, int sourceBits, boolean signed, int bits)
      implements
        X86Instruction {}

  /** LEA. */
  record LoadAddress(String text, Register target, Memory source, int bits) implements X86Instruction {}

  /** XCHG, locked as soon as an operand is memory. */
  record Exchange(String text, Operand first, Operand second, int bits) implements X86Instruction {}

  /** ADD, SUB, AND, OR, XOR; ADC and SBB are ADD and SUB {@code withCarry}. */
  record Arithmetic(String text, X86Function.Operation operation, Operand target, Operand source, boolean withCarry,
      int bits, boolean locked) implements X86Instruction {}

  /** CMP (a subtraction) and TEST (an and): flags only. */
  record Comparison(String text, X86Function.Operation operation, Operand first, Operand second, int bits)
      implements
        X86Instruction {}

  /** INC, DEC, NEG, NOT. */
  record Unary(String text, X86Function.Operation operation, Operand target, int bits, boolean locked)
      implements
        X86Instruction {}

  /** SHL, SHR, SAR. */
  record Shift(String text, X86Function.Operation operation, Operand target, Operand distance, int bits)
      implements
        X86Instruction {}

  /** XADD. */
  record ExchangeAdd(String text, Operand target, Register source, int bits, boolean locked)
      implements
        X86Instruction {}

  /** CMPXCHG. */
  record CompareExchange(String text, Operand target, Register source, int bits, boolean locked)
      implements
        X86Instruction {}

  /** BT, BTS, BTR, BTC: the operation is COPY, OR, AND or XOR with the bit. */
  record BitTest(String text, X86Function.Operation operation, Operand target, Operand position, int bits,
      boolean locked) implements X86Instruction {}

  /** CMOVcc: the source is read whether or not the condition holds. */
  record ConditionalMove(String text, X86Condition condition, Register target, Operand source, int bits)
      implements
        X86Instruction {}

  /** SETcc. */
  record ConditionalSet(String text, X86Condition condition, Operand target) implements X86Instruction {}

  /** JMP, and RET, which ends the thread. */
  record Jump(String text, long target) implements X86Instruction {}

  /** Jcc. */
  record ConditionalJump(String text, X86Condition condition, long target) implements X86Instruction {}

  /** MFENCE, LFENCE, SFENCE; CLFLUSH is taken for a fence of its own. */
  record Fence(String text, FenceKind kind) implements X86Instruction {}

  /** CLC, STC. */
  record SetCarry(String text, long value) implements X86Instruction {}

  /** NOP and its kin. */
  record Nothing(String text) implements X86Instruction {}
}
