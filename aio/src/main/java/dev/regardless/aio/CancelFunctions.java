package dev.regardless.aio;

import dev.regardless.kernel.ListHead;
import dev.regardless.machine.Machine;
import dev.regardless.machine.PropertyKind;
import dev.regardless.vfs.Kiocb;
import dev.regardless.vfs.KiocbCancelFunction;

/**
 * ki_cancel of fs/aio.c: kiocb_set_cancel_fn, aio_remove_iocb, and the calls by io_cancel and free_ioctx_users, which hold
 * ctx_lock. Polls are cancelled by their design, reads and writes by the function that their driver set.
 */
final class CancelFunctions {

  private final AioSubsystem aio;
  private final Machine machine;

  CancelFunctions(AioSubsystem aio) {
    this.aio = aio;
    this.machine = aio.machine();
  }

  /** kiocb_set_cancel_fn: the kiocb may be any, unless the guard of {@link AioParameters#cancelGuard} stops it. */
  void set(Kiocb iocb, KiocbCancelFunction function) {
    AioParameters.CancelGuard guard = aio.parameters().cancelGuard();
    if (guard != AioParameters.CancelGuard.FLAG) {
      // struct kioctx *ctx = req->ki_ctx, before anybody knows what container_of points into.
      machine.primitives().read(iocb.firstLocation() + AioTransfer.CONTEXT_WORD);
    }
    if (guard != AioParameters.CancelGuard.NONE && (iocb.flags() & Kiocb.AIO_RW) == 0) {
      return;
    }
    if (!isOnNoList(iocb)) {
      int found = iocb.firstLocation() + AioTransfer.LIST_WORD;
      machine.violation(PropertyKind.ASSERTION,
          "kiocb_set_cancel_fn(%s): ki_list is not empty, it is %s".formatted(iocb, machine.memory().nameOf(found)));
      return;
    }
    add((AioTransfer) iocb, function);
  }

  /** list_empty(&amp;req-&gt;ki_list). What is no transfer of aio's has something else there, which does not point to itself. */
  private boolean isOnNoList(Kiocb iocb) {
    if (iocb instanceof AioTransfer transfer) {
      return transfer.list.isEmpty();
    }
    machine.primitives().readOnce(iocb.firstLocation() + AioTransfer.LIST_WORD);
    return false;
  }

  private static void add(AioTransfer transfer, KiocbCancelFunction function) {
    KioContext context = transfer.request().context.read();
    context.ctxLock.lockIrqsave();
    context.activeReqs.addTail(transfer.list);
    transfer.cancel.write(function);
    context.ctxLock.unlockIrqrestore();
  }

  /** The part of aio_complete_rw that takes a transfer off active_reqs, with aio_remove_iocb. */
  void remove(AioTransfer transfer) {
    if (transfer.list.isEmptyCareful()) {
      return;
    }
    KioContext context = transfer.request().context.read();
    context.ctxLock.lockIrqsave();
    transfer.list.delete();
    context.ctxLock.unlockIrqrestore();
  }

  /** The request whose ki_list that is. */
  static AioKiocb requestOf(ListHead node) {
    return node.container() instanceof AioTransfer transfer ? transfer.request() : node.container(AioKiocb.class);
  }

  /** req-&gt;ki_cancel(&amp;req-&gt;rw) of a request on active_reqs. */
  long cancel(ListHead node) {
    return node.container() instanceof AioTransfer transfer
        ? transfer.cancel.read().cancel(transfer)
        : aio.protocol().cancel(node.container(AioKiocb.class));
  }
}
