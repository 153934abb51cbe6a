/**
 * Litmus tests on the real CPU: {@link dev.regardless.litmus.hardware.NativeTestWriter} writes a test's own instructions
 * as C, {@link dev.regardless.litmus.hardware.HarnessWriter} puts many tests behind {@code harness.c}, which says how they
 * are run, {@link dev.regardless.litmus.hardware.CompiledTests} has the system's C compiler make a program of them, runs it
 * and checks that the model allows every outcome that the machine showed.
 *
 * <p>The check goes one way only: an outcome that was not seen may still be possible.
 */
@NullMarked
package dev.regardless.litmus.hardware;

import org.jspecify.annotations.NullMarked;
