/**
 * JMH benchmarks, run by {@code bin/regardless bench}. Each measures one thing that a goal is stated for, and checks
 * after every trial that the work it timed was really done.
 */
@NullMarked
package dev.regardless.tests.bench;

import org.jspecify.annotations.NullMarked;
