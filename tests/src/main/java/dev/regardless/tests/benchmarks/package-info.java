/**
 * JMH benchmarks. Each says what one operation is; none allocates per operation, which {@code -prof gc} shows.
 */
@NullMarked
package dev.regardless.tests.benchmarks;

import org.jspecify.annotations.NullMarked;
