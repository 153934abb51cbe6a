/**
 * One test under several memory models: which outcome is allowed where, and why.
 *
 * <p>{@link dev.regardless.litmus.compare.ModelComparison} runs a test of the generic dialect on every architecture that
 * has a mapping, and any other test on its own, always beside sequential consistency.
 * {@link dev.regardless.litmus.compare.WeaknessExplanation} finds, for an outcome beyond sequential consistency, the
 * shortest cycle that would forbid it there, and the edges of it that the model does not keep.
 */
@NullMarked
package dev.regardless.litmus.compare;

import org.jspecify.annotations.NullMarked;
