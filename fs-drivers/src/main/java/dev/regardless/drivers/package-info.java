/**
 * File drivers written against the emulated machine, after Linux's own. Each has one class with the file's operations and
 * one that offers it to workloads as a {@link dev.regardless.vfs.Driver}, listed in META-INF/services.
 *
 * <p>What matters to pollers, per driver: which wait queues {@code poll} registers, which key each wake-up carries, and
 * whether the state is changed under the queue's lock (then a wake-up cannot be missed) or before a look at {@code
 * waitqueue_active} (then it takes a barrier on both sides).
 */
@NullMarked
package dev.regardless.drivers;

import org.jspecify.annotations.NullMarked;
