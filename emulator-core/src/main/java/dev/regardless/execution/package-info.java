/**
 * Execution graphs and memory models.
 *
 * <p>An {@link dev.regardless.execution.ExecutionGraph} holds the events of one execution with po, rf and co; fr is
 * derived. A {@link dev.regardless.execution.MemoryModel} says which graphs an architecture allows, twice: incrementally,
 * for exploration, by naming the events that one new event is locally ordered after, and literally, as {@link
 * dev.regardless.execution.Axiom}s over {@link dev.regardless.execution.Relation}s. Both forms must agree; the checker's
 * differential tests compare them on random programs.
 */
@NullMarked
package dev.regardless.execution;

import org.jspecify.annotations.NullMarked;
