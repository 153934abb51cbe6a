/**
 * Memory accesses without an architecture: what {@code compare} maps to each architecture's instructions.
 *
 * <p>A test in the generic dialect is a list of {@link dev.regardless.isa.generic.GenericOperation}s for each thread. An
 * architecture module offers a {@link dev.regardless.isa.generic.GenericMapping} through {@code ServiceLoader}, which
 * turns each operation into assembly text of that architecture; the text then goes the way of every other litmus test.
 */
@NullMarked
package dev.regardless.isa.generic;

import org.jspecify.annotations.NullMarked;
