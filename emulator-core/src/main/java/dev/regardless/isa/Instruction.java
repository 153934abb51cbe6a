package dev.regardless.isa;

/**
 * One decoded instruction: an operation and its operands, without meaning. Each instruction set has its own records.
 */
public interface Instruction {
  /** The instruction in the architecture's assembly syntax, normalised; shown in graphs and in messages. */
  String text();
}
