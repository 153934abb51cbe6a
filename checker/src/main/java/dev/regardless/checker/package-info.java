/**
 * Exploration of execution graphs: every consistent execution of a bounded program, once.
 */
@NullMarked
package dev.regardless.checker;

import org.jspecify.annotations.NullMarked;
