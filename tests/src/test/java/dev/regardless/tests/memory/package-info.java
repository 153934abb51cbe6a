/**
 * Every architecture's operational memory against its axioms. {@link dev.regardless.tests.memory.Program} is a small
 * multi-threaded program of architecture instructions; {@link dev.regardless.tests.memory.Operational} performs it on the
 * storage subsystem in every way there is, {@link dev.regardless.tests.memory.Axiomatic} enumerates its candidate
 * executions and keeps those that {@link dev.regardless.tests.memory.Axioms} allow. Both outcome sets must be equal.
 */
@NullMarked
package dev.regardless.tests.memory;

import org.jspecify.annotations.NullMarked;
