/**
 * Litmus tests on the real CPU: {@link dev.regardless.litmus.hardware.HarnessWriter} writes a C program around a test's
 * own instructions, {@link dev.regardless.litmus.hardware.HardwareRun} compiles it with the system's C compiler, runs it
 * and checks that the model allows every outcome that the machine showed.
 *
 * <p>The check goes one way only: an outcome that was not seen may still be possible.
 */
@NullMarked
package dev.regardless.litmus.hardware;

import org.jspecify.annotations.NullMarked;
