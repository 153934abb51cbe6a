/**
 * Bad input from a person: configuration, command line, litmus files, traces.
 *
 * <p>Whoever reads input throws {@link dev.regardless.input.BadInputException}, which names the place and what was
 * expected; the command line prints it as one line and exits with code 2.
 */
@NullMarked
package dev.regardless.input;

import org.jspecify.annotations.NullMarked;
