/**
 * Herd's {@code .litmus} format: grammar, parser, and what a file says before its instructions are read.
 *
 * <p>{@link dev.regardless.litmus.syntax.LitmusReader} turns text into a
 * {@link dev.regardless.litmus.syntax.ParsedTest}. Instructions stay text there: reading them is the task of the
 * architecture's instruction set. Every mistake in the text ends in one
 * {@link dev.regardless.input.BadInputException} that names file, line and column.
 */
@NullMarked
package dev.regardless.litmus.syntax;

import org.jspecify.annotations.NullMarked;
