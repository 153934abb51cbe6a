/**
 * User programs on the emulated kernel and on the Linux under this very machine: the same representation, the same outcome.
 *
 * <p>{@link dev.regardless.tests.live.LinuxKernel} makes raw system calls through java.lang.foreign; programs only ever touch
 * memory mapped for them, descriptors in a range of their own, and unnamed files in a temporary folder.
 */
@NullMarked
package dev.regardless.tests.live;

import org.jspecify.annotations.NullMarked;
