/**
 * x86 as litmus tests write it: {@code X86_64} in AT&amp;T order (source first) and {@code X86}, 32 bits, in Intel order
 * (destination first). Both accept {@code (x)} and {@code [x]} for memory, as herd does.
 *
 * <p>{@link dev.regardless.arch.x86.isa.X86OperandReader} and {@link dev.regardless.arch.x86.isa.X86Parser} read text
 * into {@link dev.regardless.arch.x86.isa.X86Instruction}s; {@link dev.regardless.arch.x86.isa.X86Translator} gives them
 * their meaning (Intel SDM volume 2, AMD64 APM volume 3). The flags are two registers: the carry, and the packed others,
 * which instructions always write together, so that what a condition depends on is exact.
 */
@NullMarked
package dev.regardless.arch.x86.isa;

import org.jspecify.annotations.NullMarked;
