package dev.regardless.aio;

import dev.regardless.kernel.SmpBarriers;
import dev.regardless.machine.Machine;
import dev.regardless.vfs.Errno;
import dev.regardless.vfs.UserSpace;

/** aio_read_events_ring of fs/aio.c: takes events out of the ring for io_getevents. */
final class RingReader {

  private final SmpBarriers smp;

  RingReader(Machine machine) {
    this.smp = new SmpBarriers(machine);
  }

  /**
   * Copies what the ring holds, at most {@code most} events, to the program.
   *
   * @return number of events; -EFAULT if the buffer cannot be stored to, nothing is taken then
   */
  long read(KioContext context, AddressSpace mm, long buffer, long most) {
    context.ringLock.lock();
    long taken = readLocked(context, mm, buffer, most);
    context.ringLock.unlock();
    return taken;
  }

  private long readLocked(KioContext context, AddressSpace mm, long buffer, long most) {
    CompletionRing ring = context.ring.read();
    long head = ring.head.read();
    long tail = ring.tail.read();
    // The tail before the events up to it; pairs with smp_wmb in aio_complete.
    smp.rmb();
    if (head == tail) {
      return 0;
    }
    long events = context.nrEvents.read();
    head = Long.remainderUnsigned(head, events);
    tail = Long.remainderUnsigned(tail, events);
    long taken = 0;
    while (taken < most && head != tail) {
      if (!copyEvent(ring, head, mm, buffer + taken * CompletionRing.EVENT_BYTES)) {
        return -Errno.EFAULT;
      }
      taken++;
      head = head + 1 == events ? 0 : head + 1;
    }
    ring.head.write(head);
    return taken;
  }

  private static boolean copyEvent(CompletionRing ring, long index, AddressSpace mm, long address) {
    UserSpace space = mm.space();
    long writable = space.writable(address, CompletionRing.EVENT_BYTES);
    for (int field = 0; field < IoEvent.WORDS; field++) {
      long offset = (long) field * Long.BYTES;
      int bytes = (int) Math.min(Long.BYTES, writable - offset);
      if (bytes > 0) {
        space.store(address + offset, bytes, ring.event(index, field).read());
      }
    }
    return writable == CompletionRing.EVENT_BYTES;
  }
}
