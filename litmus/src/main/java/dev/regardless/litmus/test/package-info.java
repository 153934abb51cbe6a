/**
 * A litmus test after parsing: what both engines run. Everything here is immutable and holds no syntax.
 *
 * <p>Memory is a list of cells, one for a scalar and one for each element of an array; an access must hit exactly one
 * cell. Registers and cells whose final value matters are the test's {@linkplain
 * dev.regardless.litmus.test.Observable observables}; conditions refer to them by position.
 */
@NullMarked
package dev.regardless.litmus.test;

import org.jspecify.annotations.NullMarked;
