/**
 * From a parsed file to a test that engines run: names become numbers, text becomes instructions.
 *
 * <p>{@link dev.regardless.litmus.load.TestLoader} reads a file, finds the instruction set that its first line names,
 * lays out memory, lets the instruction set read every instruction, and compiles the condition. What engines do not need
 * but logs do (which observables are shown, and how) is kept beside the test in a
 * {@link dev.regardless.litmus.load.LoadedTest}.
 */
@NullMarked
package dev.regardless.litmus.load;

import org.jspecify.annotations.NullMarked;
