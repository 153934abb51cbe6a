/**
 * The Armv8 architecture: views over message history, its primitive mapping and its costs.
 *
 * <p>The memory model is that of MODELS, Armv8, for kernel code (Arm ARM DDI 0487, B2.3), in the view-based form of Pulte,
 * Pichon-Pharabod, Kang, Lee, Hur, "Promising-ARM/RISC-V: A Simpler and Faster Operational Concurrency Model", PLDI 2019:
 * {@link dev.regardless.arch.arm64.ViewMemory} performs the accesses, {@link dev.regardless.arch.arm64.Histories} holds
 * what was written to each location, {@link dev.regardless.arch.arm64.ThreadViews} what each thread must have seen, and
 * {@link dev.regardless.arch.arm64.Timeline} the order of all writes.
 *
 * <p>One thing is different there. The paper lets a write take effect early by promising it before its turn. Here a write
 * takes effect in its turn, but may be <em>placed</em> before writes that are there already, wherever no read has yet
 * relied on nothing being: each message remembers up to when it was relied upon to be the newest (its lease). For programs
 * in which every write is ordered after all earlier reads of its thread, which kernel code is taken to be, the two give
 * the same outcomes: po | rf cannot be cyclic then, so every execution can be performed along it, with each write's time
 * being its position in ordered-before. No promise, no certification, no dead end.
 */
@NullMarked
package dev.regardless.arch.arm64;

import org.jspecify.annotations.NullMarked;
