/**
 * User programs as data: what each task of one process does, step by step, in system calls and stores to its memory. The
 * same program runs on an emulated machine ({@link dev.regardless.vfs.program.ProgramScenario}, under either engine) and can
 * run on a real kernel, since it only says which calls it makes with which arguments.
 *
 * <p><b>Protocol.</b> Steps have one order over all tasks (a rendezvous before each). A step begins when the one before it
 * has ended, or, for a call that waits, when that call has had time to go to sleep. What a step left to do to others (work
 * items, timers that are due) is done before the next one begins.
 *
 * <p>Which system calls there are is found through {@link java.util.ServiceLoader}: see {@link
 * dev.regardless.vfs.program.SystemCallGroup}.
 */
@NullMarked
package dev.regardless.vfs.program;

import org.jspecify.annotations.NullMarked;
