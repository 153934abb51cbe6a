package dev.regardless.aio.workload;

import dev.regardless.aio.AioTracepoints;
import dev.regardless.aio.CompletionRing;
import dev.regardless.aio.IoEvent;
import dev.regardless.aio.IocbLayout;
import dev.regardless.kernel.SmpBarriers;
import dev.regardless.vfs.Errno;
import dev.regardless.vfs.UserPages;

/**
 * Taking events of one context, in the pollers themselves or in a task of its own: by io_getevents, or from the ring in user
 * space. Each event frees its iocb; a file that was ready is made unready.
 */
final class Reaping {

  private final Workplace place;
  private final AioWorkloadParameters parameters;
  private final SmpBarriers smp;
  private final int context;
  private final UserPages buffer;
  private final long bufferAddress;
  private final long timeoutAddress;

  /**
   * Reaping of {@code context}.
   *
   * @param buffer room for a struct timespec (2 words) and {@code reapMost} events
   */
  Reaping(Workplace place, int context, UserPages buffer) {
    this.place = place;
    this.parameters = place.parameters();
    this.smp = new SmpBarriers(place.machine());
    this.context = context;
    this.buffer = buffer;
    this.timeoutAddress = parameters.timeout() == 0 ? 0 : place.mm().addressOf(buffer, 0);
    this.bufferAddress = place.mm().addressOf(buffer, 2L * Long.BYTES);
  }

  /** Words that the buffer needs. */
  static int bufferWords(AioWorkloadParameters parameters) {
    return 2 + parameters.reapMost() * IoEvent.WORDS;
  }

  /** To be called once by the task that reaps. */
  void start() {
    buffer.word(0).write(parameters.timeout() / 1_000_000_000);
    buffer.word(1).write(parameters.timeout() % 1_000_000_000);
  }

  /**
   * Takes what there is, waiting for {@code minimum} events, or until the timeout.
   *
   * @param freed receives the slots of the caller's own iocbs that became free
   * @param poller the caller's index; negative if it is no poller
   * @return how many events were taken; negative if the context is gone
   */
  long reap(int minimum, SlotStack freed, int poller) {
    if (parameters.ringReaping()) {
      long taken = reapRing(freed, poller);
      if (taken >= minimum) {
        return taken;
      }
    }
    long got = place.aio().ioGetevents(
        place.handle(context), minimum, parameters.reapMost(), bufferAddress, timeoutAddress);
    if (got == -Errno.EINVAL) {
      return got;
    }
    if (got < 0) {
      place.unexpected("io_getevents", got);
    }
    for (int i = 0; i < got; i++) {
      int first = 2 + i * IoEvent.WORDS;
      take(
          buffer.word(first + IoEvent.OBJ).read(), buffer.word(first + IoEvent.DATA).read(),
          buffer.word(first + IoEvent.RES).read(), freed, poller);
    }
    if (got == 0 && minimum > 0) {
      cancelOldest();
    }
    return got;
  }

  /** Takes all events that are in the ring, as a program that has mapped it does. */
  private long reapRing(SlotStack freed, int poller) {
    CompletionRing ring = place.mm().ringAt(place.handle(context));
    if (ring == null) {
      return 0;
    }
    long head = ring.head.readOnce();
    long tail = ring.tail.readOnce();
    smp.rmb();
    if (head == tail) {
      return 0;
    }
    long taken = 0;
    long events = ring.nr.read();
    while (head != tail) {
      take(
          ring.event(head, IoEvent.OBJ).read(), ring.event(head, IoEvent.DATA).read(),
          ring.event(head, IoEvent.RES).read(), freed, poller);
      head = head + 1 == events ? 0 : head + 1;
      taken++;
    }
    ring.head.storeRelease(head);
    return taken;
  }

  private void take(long obj, long data, long res, SlotStack freed, int poller) {
    place.machine().tracepoint(AioTracepoints.EVENT_REAPED, data, res);
    int owner = place.pollerAt(obj);
    int slot = PollerMemory.slotAt(obj & 0xffff_ffffL);
    PollerMemory memory = place.pollers().get(owner);
    if (res != 0) {
      place.sources().get((int) memory.file(slot).read()).makeUnready();
    }
    memory.inFlight(slot).storeRelease(0);
    if (owner == poller) {
      freed.push(slot);
    }
  }

  /** Cancels the oldest request in flight of each poller of the context: its file may be out of everybody's reach. */
  private void cancelOldest() {
    for (int poller = context; poller < parameters.pollers(); poller += parameters.contexts()) {
      PollerMemory memory = place.pollers().get(poller);
      int oldest = -1;
      long lowest = Long.MAX_VALUE;
      for (int slot = 0; slot < parameters.depth(); slot++) {
        if (memory.inFlight(slot).loadAcquire() != 0) {
          long data = memory.iocb(slot, IocbLayout.DATA).read();
          if (data < lowest) {
            lowest = data;
            oldest = slot;
          }
        }
      }
      if (oldest >= 0) {
        place.aio().ioCancel(place.handle(context), place.iocbAddress(poller, oldest));
      }
    }
  }
}
