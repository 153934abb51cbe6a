package dev.regardless.aio.workload;

import dev.regardless.aio.Iocb;
import dev.regardless.aio.IocbLayout;
import dev.regardless.vfs.Errno;
import dev.regardless.vfs.PollSource;

/**
 * A program that polls: it keeps up to {@code depth} requests in flight over all files until its quota has been accepted,
 * reaping on the way unless others do, and then waits for the rest.
 */
final class Poller implements Runnable {

  private final Workplace place;
  private final AioWorkloadParameters parameters;
  private final int index;
  private final PollerMemory memory;
  private final Reaping reaping;
  private final boolean alone;

  Poller(Workplace place, int index, Reaping reaping) {
    this.place = place;
    this.parameters = place.parameters();
    this.index = index;
    this.memory = place.pollers().get(index);
    this.reaping = reaping;
    this.alone = parameters.reapers() == 0 && parameters.pollers() == parameters.contexts();
  }

  @Override
  public void run() {
    place.await(place.control().started, 1);
    reaping.start();
    SlotStack free = new SlotStack(parameters.depth());
    for (int slot = parameters.depth() - 1; slot >= 0; slot--) {
      free.push(slot);
    }
    submitAll(free);
    if (parameters.drain()) {
      waitForAll(free);
    }
    place.control().pollersLeft.fetchSub(1, dev.regardless.machine.Ordering.RELEASE);
    place.control().programsLeft.fetchSub(1, dev.regardless.machine.Ordering.RELEASE);
  }

  private void submitAll(SlotStack free) {
    long state = parameters.seed() * 31 + index;
    long next = parameters.firstId(index);
    final long end = next + parameters.quota(index);
    int[] slots = new int[parameters.batch()];
    while (next < end) {
      int wanted = (int) Math.min(parameters.batch(), end - next);
      int prepared = 0;
      while (prepared < wanted && !free.isEmpty()) {
        state = Workplace.next(state);
        int slot = free.pop();
        slots[prepared] = slot;
        prepare(slot, prepared, next + prepared, Workplace.pick(state, parameters.fileCount()));
        prepared++;
      }
      long accepted = prepared == 0 ? 0 : submit(prepared);
      next += accepted;
      for (int i = prepared - 1; i >= accepted; i--) {
        memory.inFlight(slots[i]).write(0);
        free.push(slots[i]);
      }
      if (free.isEmpty() || accepted < prepared) {
        makeRoom(free);
      }
    }
  }

  private void prepare(int slot, int position, long data, int file) {
    PollSource source = place.sources().get(file);
    Iocb iocb = Iocb.poll(data, source.descriptor(), source.events());
    memory.iocb(slot, IocbLayout.DATA).write(iocb.data());
    memory.iocb(slot, IocbLayout.OPCODE_AND_FILDES).write(
        IocbLayout.opcodeAndFildes(iocb.opcode(), iocb.fildes()));
    memory.iocb(slot, IocbLayout.BUF).write(iocb.buf());
    memory.file(slot).write(file);
    memory.inFlight(slot).write(1);
    memory.pointer(position).write(place.iocbAddress(index, slot));
  }

  private long submit(int count) {
    long result = place.aio().ioSubmit(
        place.handle(index % parameters.contexts()), count, place.mm().addressOf(memory, memory.pointersOffset()));
    if (result >= 0) {
      return result;
    }
    if (result != -Errno.EAGAIN && result != -Errno.EBADF) {
      place.unexpected("io_submit", result);
    }
    return 0;
  }

  /** Waits until there may be a free iocb or a free ring slot. */
  private void makeRoom(SlotStack free) {
    if (parameters.reapers() == 0) {
      int minimum = free.isEmpty() ? Math.min(parameters.reapMinimum(), parameters.depth()) : 0;
      reaping.reap(minimum, free, index);
    } else if (free.isEmpty()) {
      place.await(memory.inFlight(0), 0);
    }
    if (!alone) {
      collect(free);
    }
  }

  /** Finds the iocbs that others have freed. */
  private void collect(SlotStack free) {
    while (!free.isEmpty()) {
      free.pop();
    }
    for (int slot = 0; slot < parameters.depth(); slot++) {
      if (memory.inFlight(slot).loadAcquire() == 0) {
        free.push(slot);
      }
    }
  }

  private void waitForAll(SlotStack free) {
    while (free.size() < parameters.depth()) {
      if (parameters.reapers() == 0) {
        reaping.reap(1, free, index);
      } else {
        for (int slot = 0; slot < parameters.depth(); slot++) {
          place.await(memory.inFlight(slot), 0);
        }
      }
      if (!alone) {
        collect(free);
      }
    }
  }
}
