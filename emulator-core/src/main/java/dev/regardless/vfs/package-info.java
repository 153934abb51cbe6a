/**
 * Files, file operations and poll tables: how drivers and their users meet.
 *
 * <p><b>Protocol of poll.</b> Register, then look: a poll operation first hands each of its wait queues to the caller's
 * {@link dev.regardless.vfs.PollTable} through {@link dev.regardless.vfs.Vfs#pollWait}, and only then reads the conditions
 * that make up its mask. A driver that changes a condition wakes the queue afterwards, with the events that became true as
 * the key (0 if it does not know).
 *
 * <p><b>Life of a file.</b> {@link dev.regardless.vfs.Vfs#openFile} counts one reference; descriptors and operations in
 * progress hold one each. The last {@link dev.regardless.vfs.Vfs#fput} defers the release to the task's return to user mode
 * or to a work item; the memory is freed a grace period later, since lookups run under RCU alone. Hence every emulated
 * system call ends with {@link dev.regardless.kernel.Kernel#exitToUserMode}.
 *
 * <p>Drivers are found through {@link java.util.ServiceLoader}: see {@link dev.regardless.vfs.Driver}.
 */
@NullMarked
package dev.regardless.vfs;

import org.jspecify.annotations.NullMarked;
