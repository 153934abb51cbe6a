/**
 * Kernel primitives written against the machine, each a transcription of Linux's own: barriers, atomics, reference counts,
 * locks, lists, wait queues, tasks, work queues, RCU, timers, completions. All state is in cells; Java objects are shells
 * with final fields, so the same code is emulated along one schedule or re-executed along all.
 *
 * <p><b>Making things.</b> One {@link dev.regardless.kernel.Kernel} a machine, made at set-up. A structure is a field of a
 * {@link dev.regardless.memory.KernelObject}: {@code new SpinLock(cells, "lock")} for what is one location, {@code new
 * WaitQueueHead(cells.embedded(this, "wait"))} for what others may point to. As in C, what has an {@code init} must be
 * initialised before use: allocated memory holds poison, and a list is empty only once it points to itself.
 *
 * <p><b>Sleeping and waking.</b> A waiter queues itself, sets its state (full barrier), tests its condition and only then
 * sleeps; a waker makes the condition true, takes the queue's lock and wakes (full barrier before it looks at the state).
 * Whoever skips the queue's lock after a look at {@code waitqueueActive} needs a barrier before that look.
 *
 * <p><b>Deferring.</b> Work items, timers and RCU callbacks are final {@code Runnable}s, started by the machine on threads
 * of their own; none touches its own structure once the function runs, so a function may free what it is part of.
 *
 * <p><b>Lock order</b>, outermost first:
 *
 * <pre>
 * Mutex
 *   Mutex.wait_lock
 * percpu_ref_switch_lock
 * WaitQueueHead.lock, Completion.wait.lock
 *   timer_base.lock
 * </pre>
 */
@NullMarked
package dev.regardless.kernel;

import org.jspecify.annotations.NullMarked;
