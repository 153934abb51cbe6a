/**
 * Armv8's memory model in axioms (DDI 0487, B2.3; herd's {@code aarch64.cat} for what the prose leaves out).
 */
@NullMarked
package dev.regardless.arch.arm64.axiomatic;

import org.jspecify.annotations.NullMarked;
