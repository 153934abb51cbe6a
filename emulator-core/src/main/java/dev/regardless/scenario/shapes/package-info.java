/**
 * The classic litmus shapes as kernel code: the smallest programs whose outcomes tell architectures apart (Maranget,
 * Sarkar, Sewell, "A Tutorial Introduction to the ARM and POWER Relaxed Memory Models", 2012; names as there). Each is a
 * {@link dev.regardless.scenario.Scenario} with a parameter {@code form}: what its accesses are and what is between them.
 */
@NullMarked
package dev.regardless.scenario.shapes;

import org.jspecify.annotations.NullMarked;
