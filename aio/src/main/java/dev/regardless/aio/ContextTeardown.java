package dev.regardless.aio;

import dev.regardless.kernel.ListHead;
import dev.regardless.kernel.RcuWork;
import dev.regardless.memory.CellFactory;
import dev.regardless.memory.KernelObject;

/**
 * How a context ends (fs/aio.c: kill_ioctx, free_ioctx_users, free_ioctx_reqs, free_ioctx).
 *
 * <p>kill_ioctx marks it dead, takes it out of the table, unmaps the ring and kills {@code users}. The last system call out
 * cancels all of active_reqs and kills {@code reqs}. The last request tells io_destroy that it may return, and queues the
 * work that, a grace period later, frees ring and context. A request that is neither in active_reqs nor about to complete
 * holds all of this up for ever.
 */
public final class ContextTeardown extends KernelObject {

  private final KioContext context;
  private final AioSubsystem aio;
  private final RcuWork freeWork;

  ContextTeardown(CellFactory cells, KioContext context, AioSubsystem aio) {
    super(cells);
    this.context = context;
    this.aio = aio;
    this.freeWork = new RcuWork(aio.kernel(), cells, this::free);
  }

  /** free_ioctx_users: the last system call has left a killed context. */
  void freeUsers() {
    context.ctxLock.lockIrqsave();
    while (!context.activeReqs.isEmpty()) {
      ListHead node = context.activeReqs.first();
      aio.cancelFunctions().cancel(node);
      node.deleteInit();
    }
    context.ctxLock.unlockIrqrestore();
    context.reqs.kill();
    context.reqs.put();
  }

  /** free_ioctx_reqs: the last request of a killed context has gone. */
  void freeReqs() {
    ContextWait wait = context.rqWait.read();
    if (wait != null && wait.count.decrementAndTest()) {
      wait.completion.complete();
    }
    freeWork.init();
    aio.kernel().systemWorkQueue().queueRcu(freeWork);
  }

  /** free_ioctx. */
  private void free() {
    RingFile file = aio.ringFile();
    if (file != null) {
      file.put();
    }
    CompletionRing ring = context.ring.read();
    aio.machine().tracepoint(AioTracepoints.CONTEXT_FREED, context.number(), ring.number());
    aio.freeRing(ring);
    aio.freeContext(context);
  }
}
