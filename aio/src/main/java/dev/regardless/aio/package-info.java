/**
 * Linux aio: contexts, the completion ring, requests and their completion, as fs/aio.c has them, written once for both
 * engines. {@link dev.regardless.aio.AioSyscalls} is the way in.
 *
 * <p><b>Life of a request.</b> io_submit takes a slot of the ring ({@link dev.regardless.aio.RequestSlots}), allocates an
 * {@link dev.regardless.aio.AioKiocb}, pins the file and calls the opcode's function; the request ends as {@link
 * dev.regardless.aio.RequestLife} says: from 5.1 on with the last of its two references, which posts the event ({@link
 * dev.regardless.aio.AioCompletion}). The slot comes back when the ring's head has moved past the event.
 *
 * <p><b>Life of a context.</b> Two counts: {@code users} (the table's slot and each system call inside) and {@code reqs} (the
 * requests, the users, the context itself). See {@link dev.regardless.aio.ContextTeardown}.
 *
 * <p><b>Lock order.</b>
 * <pre>
 * ioctx_lock
 * ring_lock (mutex), mmap_lock (mutex), aio_nr_lock
 * ctx_lock
 *   wait queue lock                  a wake callback, called under it, only tries ctx_lock
 *     completion_lock                posting an event; also from a wake
 *     ctx-&gt;wait.lock                 waking io_getevents; also from a wake
 * </pre>
 *
 * <p><b>Ordering.</b> event, smp_wmb, tail | tail, smp_rmb, event ({@link dev.regardless.aio.CompletionRing}); tail, smp_mb,
 * look for sleepers | queue, set state with smp_mb, look at tail ({@code AioWaiters}); result, release of the reference |
 * acquire of the last reference, result ({@link dev.regardless.aio.FinalPutLife}).
 */
@NullMarked
package dev.regardless.aio;

import org.jspecify.annotations.NullMarked;
