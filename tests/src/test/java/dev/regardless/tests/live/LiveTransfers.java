package dev.regardless.tests.live;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;

/**
 * The requests of a live run that end by themselves, however busy disk and machine are: all but polls, as no file of a program
 * blocks. That they have ended is seen in the rings, where events stay for a while after they were taken (struct aio_ring,
 * fs/aio.c).
 */
final class LiveTransfers {

  private static final ValueLayout.OfLong WORD = ValueLayout.JAVA_LONG_UNALIGNED;
  private static final ValueLayout.OfInt HALF = ValueLayout.JAVA_INT_UNALIGNED;
  private static final long IOCB_BYTES = 64;
  private static final long OPCODE = 16;
  private static final int POLL = 5;
  private static final long NR = 4;
  private static final long TAIL = 12;
  private static final long EVENT_BYTES = 32;
  private static final long PATIENCE_NANOS = 3_000_000_000L;
  private static final long PAUSE_NANOS = 50_000;

  private record Request(long iocb, long data) {}

  private static final class Context {
    private final List<Request> pending = new ArrayList<>();
    private int seen;
  }

  private final Map<Long, Context> contexts = new TreeMap<>();
  private final MemorySegment memory;
  private final long base;

  /** Of a program with that memory. */
  LiveTransfers(MemorySegment memory, long base) {
    this.memory = memory;
    this.base = base;
  }

  synchronized void setUp(long handle) {
    contexts.put(handle, new Context());
  }

  synchronized void destroyed(long handle) {
    contexts.remove(handle);
  }

  /** io_submit accepted the first {@code count} iocbs of an array. */
  synchronized void submitted(long handle, long count, long array) {
    Context context = contexts.get(handle);
    for (long i = 0; i < count && context != null; i++) {
      long place = array - base + 8 * i;
      long iocb = isInside(place, 8) ? memory.get(WORD, place) : 0;
      if (isInside(iocb - base, IOCB_BYTES)
          && memory.get(ValueLayout.JAVA_SHORT_UNALIGNED, iocb - base + OPCODE) != POLL) {
        context.pending.add(new Request(iocb, memory.get(WORD, iocb - base)));
      }
    }
  }

  private boolean isInside(long offset, long bytes) {
    return offset >= 0 && offset + bytes <= memory.byteSize();
  }

  /** Waits until all have ended, a few seconds at most. */
  synchronized void await() {
    long until = System.nanoTime() + PATIENCE_NANOS;
    contexts.forEach((handle, context) -> {
      while (!look(handle, context) && System.nanoTime() < until) {
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    });
  }

  /** Whether nothing is pending after the events that have come since the last look. */
  private static boolean look(long handle, Context context) {
    if (context.pending.isEmpty()) {
      return true;
    }
    MemorySegment ring = LinuxKernel.memory(handle, LinuxKernel.PAGE);
    int entries = ring.get(HALF, NR);
    MemorySegment all = LinuxKernel.memory(handle, (entries + 1) * EVENT_BYTES);
    int tail = ring.get(HALF, TAIL);
    while (context.seen != tail) {
      long event = (context.seen + 1) * EVENT_BYTES;
      context.pending.remove(new Request(all.get(WORD, event + 8), all.get(WORD, event)));
      context.seen = (context.seen + 1) % entries;
    }
    return context.pending.isEmpty();
  }
}
