/**
 * The A64 instruction set for litmus tests: operands ({@link dev.regardless.arch.arm64.isa.A64OperandReader}),
 * instructions ({@link dev.regardless.arch.arm64.isa.A64Instruction}), their syntax (the parsers) and their meaning in
 * micro-operations (the translators). Semantics: Arm ARM DDI 0487, chapter C6; dependencies as in B2.3 and as herd's
 * aarch64 model computes them.
 */
@NullMarked
package dev.regardless.arch.arm64.isa;

import org.jspecify.annotations.NullMarked;
