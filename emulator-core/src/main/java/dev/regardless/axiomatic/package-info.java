/**
 * Memory models for the axiomatic litmus engine.
 *
 * <p>In every model here an execution is allowed exactly if (1) each location is coherent with program order, (2) no write
 * comes between the two halves of an atomic pair, and (3) the order of the model, made of its thread-local part and of
 * the communication between threads (reads-from, coherence, from-reads), has no cycle. Only the thread-local part
 * differs, so that is all a {@link dev.regardless.axiomatic.LocalOrder} says. It is found by {@code ServiceLoader}.
 *
 * <p>{@link dev.regardless.axiomatic.LocalEvents} is one thread's run: its events and what they depend on. Beside each
 * model stands a literal form ({@link dev.regardless.axiomatic.LiteralModel}) that judges a whole execution by the
 * published axioms with plain relational algebra; it is slow, and the two must agree.
 */
@NullMarked
package dev.regardless.axiomatic;

import org.jspecify.annotations.NullMarked;
