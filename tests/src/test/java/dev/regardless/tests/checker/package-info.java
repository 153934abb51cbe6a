/**
 * The checker on the real architectures: exact numbers of executions, and agreement with the naive explorer.
 */
@NullMarked
package dev.regardless.tests.checker;

import org.jspecify.annotations.NullMarked;
