package dev.regardless.isa;

import dev.regardless.input.BadInputException;

/**
 * The instructions of one architecture, found by {@code ServiceLoader}.
 *
 * <p>Implementations are stateless and may be used by many threads at once.
 */
public interface InstructionSet {
  /** The word that heads a litmus test for this architecture: {@code AArch64}, {@code X86_64}, {@code X86}. */
  String name();

  /** The name of the memory model that tests of this architecture run under when none is asked for. */
  String defaultModel();

  /** The registers, the flags and whatever else instructions keep between them. */
  RegisterFile registers();

  /** How many temporaries the longest translation uses; they are numbered from {@code registers().count()}. */
  int temporaries();

  /**
   * Reads one instruction.
   *
   * @param text    the instruction without label, comment and surrounding blanks; never empty
   * @param context labels, symbols and the place of {@code text} for messages
   * @throws BadInputException            if the text is not an instruction; the message names file, line and column
   * @throws UnsupportedTestException     if it is an instruction of the architecture whose meaning is not built in
   */
  Instruction parse(String text, ParseContext context);

  /**
   * The meaning of an instruction that this set has parsed.
   *
   * @return the micro-operations, run from the first; running past the last one goes on to the next instruction
   */
  MicroOp[] translate(Instruction instruction);
}
