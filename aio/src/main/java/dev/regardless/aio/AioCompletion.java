package dev.regardless.aio;

import dev.regardless.kernel.SmpBarriers;
import dev.regardless.machine.Machine;
import dev.regardless.memory.LongCell;
import dev.regardless.vfs.EventfdContext;

/** aio_complete of fs/aio.c: posts a request's event, then signals its eventfd and wakes sleepers of io_getevents. */
public final class AioCompletion {

  private final Machine machine;
  private final SmpBarriers smp;
  private final RequestSlots slots;
  private final AioWaiters waiters;

  AioCompletion(Machine machine, RequestSlots slots, AioWaiters waiters) {
    this.machine = machine;
    this.smp = new SmpBarriers(machine);
    this.slots = slots;
    this.waiters = waiters;
  }

  /** aio_complete as it is since 5.1: the event is the one kept in the request. */
  public void complete(AioKiocb request) {
    complete(request, request.result.res.read(), request.result.res2.read());
  }

  /** aio_complete as it was up to 5.0: the result is handed in. */
  public void complete(AioKiocb request, long res, long res2) {
    KioContext context = request.context.read();
    long available = post(context, request.result.obj.read(), request.result.data.read(), res, res2);
    EventfdContext eventfd = request.eventfd.read();
    if (eventfd != null) {
      eventfd.signal(0);
    }
    // Orders the ring's tail before the look for sleepers; pairs with set_current_state in read_events.
    smp.mb();
    if (context.wait.waitqueueActive()) {
      waiters.wake(context, available);
    }
  }

  /** The part under completion_lock; returns the number of events in the ring then. */
  private long post(KioContext context, long obj, long data, long res, long res2) {
    context.completionLock.lockIrqsave();
    CompletionRing ring = context.ring.read();
    long events = context.nrEvents.read();
    long tail = context.tail.read();
    long next = tail + 1 >= events ? 0 : tail + 1;
    ring.event(tail, IoEvent.DATA).write(data);
    ring.event(tail, IoEvent.OBJ).write(obj);
    ring.event(tail, IoEvent.RES).write(res);
    ring.event(tail, IoEvent.RES2).write(res2);
    machine.tracepoint(AioTracepoints.EVENT_POSTED, data, res);
    // The event before the tail that publishes it; pairs with smp_rmb in aio_read_events_ring.
    smp.wmb();
    context.tail.write(next);
    long head = ring.head.read();
    ring.tail.write(next);
    LongCell completedEvents = context.completedEvents;
    long completed = completedEvents.read() + 1;
    completedEvents.write(completed);
    machine.tracepoint(AioTracepoints.SLOTS_HELD, context.number(), completed);
    if (completed > 1) {
      slots.refill(context, head, next, completed, events);
    }
    context.completionLock.unlockIrqrestore();
    return next > head ? next - head : next + events - head;
  }
}
