/**
 * Memory models as machines that can be explored exhaustively; the counterpart of {@link dev.regardless.axiomatic}.
 *
 * <p>There are two sorts. A {@link dev.regardless.operational.BufferedModel} says which stores wait in first-in first-out
 * buffers and what waits for the buffers to drain: sequential consistency and x86-TSO. A {@link
 * dev.regardless.operational.ViewModel} says how views bound what a thread may read and where its writes may go in a
 * memory that is a list of timestamped writes: Armv8. Both are found by name through {@code ServiceLoader}; an explorer
 * owns memory, registers and choices and asks the model for the rules only.
 */
@NullMarked
package dev.regardless.operational;

import org.jspecify.annotations.NullMarked;
