package dev.regardless.aio;

import dev.regardless.machine.Machine;
import dev.regardless.machine.Ordering;
import dev.regardless.memory.LongCell;

/**
 * The accounting of ring slots in fs/aio.c: a request may be submitted only if there is room for its event. Each CPU holds
 * a share, refilled from and returned to the context in batches. A slot returns when the ring's head has moved past its
 * event, which the kernel finds out later: at the next completion, or when it runs out of slots.
 */
public final class RequestSlots {

  private static final int RETRY_BOUND = 4;

  private final Machine machine;

  RequestSlots(Machine machine) {
    this.machine = machine;
  }

  /** get_reqs_available: one slot. False if the ring may be full. */
  boolean take(KioContext context) {
    if (takeFromCpu(context)) {
      return true;
    }
    refillFromUser(context);
    return takeFromCpu(context);
  }

  /** __get_reqs_available. */
  private boolean takeFromCpu(KioContext context) {
    machine.interruptsDisable();
    boolean taken = takeWithInterruptsOff(context);
    machine.interruptsEnable();
    if (taken) {
      machine.tracepoint(AioTracepoints.SLOT_TAKEN, context.number(), 1);
    }
    return taken;
  }

  private boolean takeWithInterruptsOff(KioContext context) {
    LongCell mine = context.perCpu.thisCpu();
    long local = mine.read();
    if (local == 0) {
      long batch = context.reqBatch.read();
      long available = context.reqsAvailable.read();
      for (int attempt = 0;; attempt++) {
        if (available < batch) {
          return false;
        }
        machine.retry(attempt, RETRY_BOUND);
        long seen = context.reqsAvailable.compareExchange(available, available - batch, Ordering.FULL);
        if (seen == available) {
          break;
        }
        available = seen;
      }
      local = batch;
    }
    mine.write(local - 1);
    return true;
  }

  /** put_reqs_available: {@code count} slots of this CPU. */
  void give(KioContext context, long count) {
    machine.interruptsDisable();
    LongCell mine = context.perCpu.thisCpu();
    long local = mine.read() + count;
    long batch = context.reqBatch.read();
    while (local >= batch * 2) {
      local -= batch;
      context.reqsAvailable.add(batch);
    }
    mine.write(local);
    machine.interruptsEnable();
    machine.tracepoint(AioTracepoints.SLOTS_RETURNED, context.number(), count);
  }

  /**
   * refill_reqs_available: returns the slots of events that have left the ring. The caller holds completion_lock.
   *
   * @param head the ring's head as just read; the program may have written anything there
   * @param tail the context's tail
   */
  void refill(KioContext context, long head, long tail, long completed, long events) {
    long clamped = Long.remainderUnsigned(head, events);
    long inRing = clamped <= tail ? tail - clamped : events - (clamped - tail);
    if (inRing >= completed) {
      return;
    }
    long left = completed - inRing;
    context.completedEvents.write(completed - left);
    machine.tracepoint(AioTracepoints.SLOTS_HELD, context.number(), completed - left);
    give(context, left);
  }

  /** user_refill_reqs_available: as above, for a program that reaps from the ring itself. */
  private void refillFromUser(KioContext context) {
    context.completionLock.lockIrqsave();
    long completed = context.completedEvents.read();
    if (completed != 0) {
      long head = context.ring.read().head.read();
      refill(context, head, context.tail.read(), completed, context.nrEvents.read());
    }
    context.completionLock.unlockIrqrestore();
  }
}
