/**
 * Kernel primitives written against the machine: barriers, atomics, locks, wait queues, work queues, RCU, timers, tasks.
 */
@NullMarked
package dev.regardless.kernel;

import org.jspecify.annotations.NullMarked;
