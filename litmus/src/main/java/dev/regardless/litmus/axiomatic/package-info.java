/**
 * The axiomatic engine.
 *
 * <p>{@link dev.regardless.litmus.axiomatic.SymbolicThread} runs each thread alone and yields its {@linkplain
 * dev.regardless.litmus.axiomatic.ThreadPath paths}: events, values as {@linkplain
 * dev.regardless.litmus.axiomatic.Expressions expressions} of what is read, and conditions. For each combination of
 * paths {@link dev.regardless.litmus.axiomatic.ReadsFromSearch} assigns a write to every read, cutting as soon as the
 * {@linkplain dev.regardless.litmus.axiomatic.OrderGraph order} has a cycle, and {@link
 * dev.regardless.litmus.axiomatic.CoherenceCounter} counts the coherence orders that complete it.
 */
@NullMarked
package dev.regardless.litmus.axiomatic;

import org.jspecify.annotations.NullMarked;
