/**
 * The aio workload of the {@code run} command: emulated programs that poll, make ready, cancel, close and reap, and the exact
 * account of what became of each request.
 */
@NullMarked
package dev.regardless.aio.workload;

import org.jspecify.annotations.NullMarked;
