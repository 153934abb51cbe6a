/**
 * The memory model of x86 in axioms (Sewell et al., "x86-TSO", CACM 2010; herd's {@code x86tso-mixed.cat}).
 */
@NullMarked
package dev.regardless.arch.x86.axiomatic;

import org.jspecify.annotations.NullMarked;
