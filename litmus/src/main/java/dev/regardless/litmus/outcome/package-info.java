/**
 * The final states of a test and how often each was reached.
 */
@NullMarked
package dev.regardless.litmus.outcome;

import org.jspecify.annotations.NullMarked;
