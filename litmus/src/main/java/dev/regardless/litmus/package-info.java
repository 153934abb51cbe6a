/**
 * Litmus tests in herd's format: parsing, conditions, logs and comparison of outcomes.
 */
@NullMarked
package dev.regardless.litmus;

import org.jspecify.annotations.NullMarked;
