/**
 * Small programs with published numbers of executions, as scenarios: what the checker is measured with and against. They
 * act on the machine directly, because what matters is each access's order, not what the kernel calls it.
 */
@NullMarked
package dev.regardless.checker.programs;

import org.jspecify.annotations.NullMarked;
