/**
 * Instruction sets: how an architecture turns the text of an instruction into micro-operations that any engine can run.
 *
 * <p>The protocol. An architecture module offers an {@link dev.regardless.isa.InstructionSet} through
 * {@code ServiceLoader}; {@link dev.regardless.isa.InstructionSets} finds it by the name that heads a litmus test. The
 * set parses text into an {@link dev.regardless.isa.Instruction}, which holds operands and no meaning, and translates
 * an instruction into {@link dev.regardless.isa.MicroOp}s, which hold the meaning and no syntax; a binary decoder would
 * make the same instructions and share the translation.
 *
 * <p>Registers and temporaries are numbered: {@code 0 .. count-1} are the registers of the {@link
 * dev.regardless.isa.RegisterFile} (flags and the exclusive monitor are registers too), the numbers above are
 * temporaries that live within one instruction. Dataflow between them is exact, so that engines derive address, data,
 * control and pick dependencies from it and never guess: a micro-operation names only what its value really depends on.
 * A register that always reads as zero is never named; its reads are {@link dev.regardless.isa.MicroOp.Kind#CONSTANT}.
 *
 * <p>All values are 64 bits wide; narrower ones are kept zero-extended, and the functions say which width they work on.
 */
@NullMarked
package dev.regardless.isa;

import org.jspecify.annotations.NullMarked;
