package dev.regardless.aio;

import dev.regardless.kernel.Kernel;
import dev.regardless.machine.Machine;
import dev.regardless.machine.Ordering;
import dev.regardless.memory.RefCell;
import dev.regardless.vfs.Errno;
import dev.regardless.vfs.UserPages;
import dev.regardless.vfs.UserSpace;
import org.jspecify.annotations.Nullable;

/**
 * A process's contexts: making, finding and killing them (fs/aio.c: ioctx_alloc, aio_setup_ring, ioctx_add_table,
 * lookup_ioctx, kill_ioctx).
 *
 * <p>A reader of the table holds rcu_read_lock while it takes a reference of {@code users}; a context is freed only a grace
 * period after it left the table.
 */
final class IoContexts {
  private static final long NO_ID = -1;

  private final AioSubsystem aio;
  private final Kernel kernel;
  private final Machine machine;
  private final AddressSpace mm;
  private final RingRules rules;

  IoContexts(AioSubsystem aio, AddressSpace mm) {
    this.aio = aio;
    this.kernel = aio.kernel();
    this.machine = kernel.machine();
    this.mm = mm;
    this.rules = aio.parameters().rings();
  }

  /**
   * ioctx_alloc and the end of io_setup: a context with its ring, in the table.
   *
   * @param asked io_setup's argument, 32 bits
   * @param handle address that receives the context's handle; checked before
   * @return 0, or a negative errno
   */
  long setUp(int asked, long handle) {
    int cpus = machine.cpus();
    int doubled = Integer.compareUnsigned(asked, 4 * cpus) > 0 ? asked * 2 : 8 * cpus;
    if (Integer.compareUnsigned(doubled, 0x1000_0000 / CompletionRing.EVENT_BYTES) > 0) {
      return -Errno.EINVAL;
    }
    int limit = aio.parameters().maximumRequests();
    if (doubled == 0 || Integer.compareUnsigned(asked, limit) > 0) {
      return -Errno.EAGAIN;
    }
    KioContext context = aio.allocateContext();
    if (context == null) {
      return -Errno.ENOMEM;
    }
    initialise(context, asked);
    long noRing = setUpRing(context, asked);
    if (noRing != 0) {
      context.ringLock.unlock();
      aio.freeContext(context);
      return noRing;
    }
    long slots = context.nrEvents.read() - 1;
    context.reqsAvailable.set(slots);
    context.reqBatch.write(Math.max(1, slots / (4L * cpus)));
    if (!countRequests(asked, limit)) {
      discard(context);
      return -Errno.EAGAIN;
    }
    context.users.get();
    context.reqs.get();
    if (!addToTable(context)) {
      uncountRequests(context.maxReqs.read());
      discard(context);
      return -Errno.ENOMEM;
    }
    context.ringLock.unlock();
    machine.tracepoint(AioTracepoints.CONTEXT_CREATED, context.number(), slots);
    long result = 0;
    if (mm.space().writable(handle, Long.BYTES) == Long.BYTES) {
      mm.space().store(handle, Long.BYTES, context.userId.read());
    } else {
      kill(context, null);
      result = -Errno.EFAULT;
    }
    context.users.put();
    return result;
  }

  private void initialise(KioContext context, int asked) {
    context.maxReqs.write(asked);
    context.ctxLock.init();
    context.completionLock.init();
    context.ringLock.init();
    // Held until the context is complete.
    context.ringLock.lock();
    context.wait.init();
    context.activeReqs.init();
    if (aio.parameters().atomicReferences()) {
      context.users.initAtomic();
      context.reqs.initAtomic();
    } else {
      context.users.init();
      context.reqs.init();
    }
    context.perCpu.init();
    context.dead.set(0);
    context.rqWait.write(null);
    context.tail.write(0);
    context.completedEvents.write(0);
  }

  /** aio_setup_ring: 0, -ENOMEM, or -EINTR if a fatal signal came while it waited for mmap_lock. */
  private long setUpRing(KioContext context, int asked) {
    long events = aio.parameters().eventsFor(Integer.toUnsignedLong(asked), machine.cpus());
    CompletionRing ring = aio.allocateRing(events);
    if (ring == null) {
      return -Errno.ENOMEM;
    }
    RingFile file = aio.ringFile();
    long address = mm.space().map(file == null ? ring : file.open(context, ring));
    if (address < 0) {
      if (file != null) {
        file.put();
      }
      aio.freeRing(ring);
      return address;
    }
    context.ring.write(ring);
    context.nrEvents.write(events);
    context.userId.write(address);
    ring.initialise(events);
    return 0;
  }

  /** The part of ioctx_alloc under aio_nr_lock. */
  private boolean countRequests(int asked, int limit) {
    aio.aioNrLock.lock();
    long total = aio.aioNr.read() + Integer.toUnsignedLong(asked);
    boolean fits = total <= limit;
    if (fits) {
      aio.aioNr.write(total);
    }
    aio.aioNrLock.unlock();
    return fits;
  }

  /** aio_nr_sub. */
  private void uncountRequests(long asked) {
    aio.aioNrLock.lock();
    aio.aioNr.write(aio.aioNr.read() - asked);
    aio.aioNrLock.unlock();
  }

  /** ioctx_alloc's error paths. */
  private void discard(KioContext context) {
    context.dead.set(1);
    mm.space().unmap(context.userId.read());
    RingFile file = aio.ringFile();
    if (file != null) {
      file.put();
    }
    context.ringLock.unlock();
    // Another task may be reading from the ring's address: Linux's munmap waits for that.
    kernel.rcu().synchronize();
    aio.freeRing(context.ring.read());
    aio.freeContext(context);
  }

  /** ioctx_add_table: false (-ENOMEM) if the table is full and cannot grow. */
  private boolean addToTable(KioContext context) {
    mm.ioctxLock.lock();
    IoContextTable table = mm.ioctxTable.read();
    while (!addToTable(context, table)) {
      int size = table == null ? 1 : table.table.size();
      mm.ioctxLock.unlock();
      IoContextTable grown = aio.allocateTable(size * 4);
      if (grown == null) {
        return false;
      }
      mm.ioctxLock.lock();
      table = replaceTable(grown);
    }
    return true;
  }

  /** Takes a free slot and lets go of ioctx_lock; false if there is none. */
  private boolean addToTable(KioContext context, @Nullable IoContextTable table) {
    if (table == null) {
      return false;
    }
    for (int i = 0; i < table.table.size(); i++) {
      if (table.table.get(i).refersTo(null)) {
        context.id.write(i);
        table.table.get(i).storeRelease(context);
        mm.ioctxLock.unlock();
        context.ring.read().id.write(i);
        return true;
      }
    }
    return false;
  }

  /** The part of ioctx_add_table that puts a larger table in place, unless somebody else did. */
  private IoContextTable replaceTable(IoContextTable grown) {
    IoContextTable old = mm.ioctxTable.read();
    int size = old == null ? 0 : old.table.size();
    if (size >= grown.table.size()) {
      aio.freeTable(grown);
      return old;
    }
    for (int i = 0; i < grown.table.size(); i++) {
      grown.table.get(i).write(i < size ? old.table.get(i).read() : null);
    }
    mm.ioctxTable.storeRelease(grown);
    if (old != null) {
      kernel.rcu().call(old.rcu);
    }
    return grown;
  }

  /**
   * get_user(ring-&gt;id): what the program made of it, or {@link #NO_ID} where nothing is mapped. A CPU does not lose a page
   * while it uses its translation: munmap waits for that, and the ring is freed only later. Here the free waits for a grace
   * period, hence the read-side section.
   */
  private long idAt(long handle) {
    UserPages pages = mm.space().enter(handle);
    long offset = UserSpace.offset(handle);
    long id = NO_ID;
    if (pages != null && offset % Integer.BYTES == 0 && offset >= pages.first()
        && offset + Integer.BYTES <= pages.bytes()) {
      id = Integer.toUnsignedLong((int) pages.load(offset, Integer.BYTES));
    }
    mm.space().leave();
    return id;
  }

  /** lookup_ioctx: the context of a handle with one more reference of {@code users}, or null. */
  @Nullable
  KioContext find(long handle) {
    long id = idAt(handle);
    if (id == NO_ID) {
      return null;
    }
    // Whatever the program made of ring->id, the context found must be the one mapped there.
    KioContext found = null;
    kernel.rcu().readLock();
    IoContextTable table = mm.ioctxTable.readOnce();
    if (table != null && id < table.table.size()) {
      RefCell<KioContext> slot = table.table.get((int) id);
      KioContext context = slot.readOnce();
      if (context != null && context.userId.read() == handle && context.users.tryGetLive()) {
        found = context;
      }
    }
    kernel.rcu().readUnlock();
    return found;
  }

  /**
   * aio_ring_mremap: the context follows its ring, unless it is being killed, or the ring does not move as a whole.
   *
   * @param bytes how much moves
   * @return false if that belongs to no living context of this process, or is not all of its ring
   */
  boolean move(UserPages pages, long address, long bytes) {
    boolean moved = false;
    mm.ioctxLock.lock();
    kernel.rcu().readLock();
    IoContextTable table = mm.ioctxTable.readOnce();
    int contexts = hasNone(table) ? 0 : table.table.size();
    for (int i = 0; i < contexts; i++) {
      KioContext context = table.table.get(i).readOnce();
      if (context != null && isRingOf(context, pages)) {
        moved = context.dead.read() == 0 && isWhole(context, bytes);
        if (moved) {
          context.userId.write(address);
        }
        break;
      }
    }
    kernel.rcu().readUnlock();
    mm.ioctxLock.unlock();
    return moved || !rules.has(RingGuard.REFUSAL);
  }

  /** Whether there are no contexts to look at, as in the child of a fork. */
  private boolean hasNone(@Nullable IoContextTable table) {
    return table == null && rules.has(RingGuard.TABLE);
  }

  private static boolean isRingOf(KioContext context, UserPages pages) {
    return pages instanceof RingMapping mapping
        ? mapping.file().context.refersTo(context)
        : pages instanceof CompletionRing ring && context.ring.refersTo(ring);
  }

  /** Whether so many bytes are all that io_setup mapped (mmap_size); the object may have room for more events. */
  private boolean isWhole(KioContext context, long bytes) {
    return !rules.has(RingGuard.WHOLE)
        || bytes == CompletionRing.HEADER_BYTES + context.nrEvents.read() * CompletionRing.EVENT_BYTES;
  }

  /**
   * exit_aio: kills what the process still has, all at once, and waits until the last request has gone. Called by the last
   * user of the memory, so that nobody else is inside.
   */
  void exit() {
    IoContextTable table = mm.ioctxTable.read();
    if (table == null) {
      return;
    }
    ContextWait wait = aio.waitOfCurrent();
    wait.init(table.table.size());
    long skipped = 0;
    for (RefCell<KioContext> slot : table.table) {
      KioContext context = slot.read();
      if (context == null) {
        skipped++;
      } else {
        kill(context, wait);
      }
    }
    if (wait.count.subReturn(skipped, Ordering.FULL) != 0) {
      wait.completion.await();
    }
    mm.ioctxTable.write(null);
    aio.freeTable(table);
  }

  /**
   * kill_ioctx.
   *
   * @param wait who waits for the last request; null for nobody
   * @return 0, or -EINVAL if it is being killed already
   */
  long kill(KioContext context, @Nullable ContextWait wait) {
    mm.ioctxLock.lock();
    if (context.dead.exchange(1, Ordering.FULL) != 0) {
      mm.ioctxLock.unlock();
      return -Errno.EINVAL;
    }
    IoContextTable table = mm.ioctxTable.read();
    table.table.get(Math.toIntExact(context.id.read())).write(null);
    mm.ioctxLock.unlock();
    context.wait.wakeUpAll();
    uncountRequests(context.maxReqs.read());
    mm.space().unmap(context.userId.read());
    context.rqWait.write(wait);
    context.users.kill();
    return 0;
  }
}
