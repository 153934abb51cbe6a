package dev.regardless.scenario.lock;

import dev.regardless.kernel.AtomicCell;
import dev.regardless.kernel.Kernel;
import dev.regardless.kernel.SmpBarriers;
import dev.regardless.kernel.SpinLock;
import dev.regardless.machine.AwaitCondition;
import dev.regardless.machine.Machine;
import dev.regardless.machine.Ordering;
import dev.regardless.memory.CellFactory;
import dev.regardless.memory.KernelObject;

/**
 * The queued read-write lock of kernel/locking/qrwlock.c and asm-generic/qrwlock.h (6.9), outside interrupts. The store to
 * the writer byte at unlock is an atomic operation on the word here.
 */
public final class QueuedReadWriteLockScenario extends ReadersAndWriters {

  @Override
  public String name() {
    return "qrwlock";
  }

  @Override
  public String description() {
    return "a queued read-write lock; mutants: no-read-acquire, no-write-acquire, no-write-release";
  }

  @Override
  String[] mutants() {
    return new String[] {"no-read-acquire", "no-write-acquire", "no-write-release"};
  }

  @Override
  Guard makeGuard(Kernel kernel, String mutant) {
    return kernel.create("qrwlock", cells -> new ReadWriteLock(kernel, cells, mutant));
  }

  private static final class ReadWriteLock extends KernelObject implements Guard {
    private static final long WRITE_LOCKED = 0xff;
    private static final long WAITING = 0x100;
    private static final long WRITE_MASK = 0x1ff;
    private static final long READER = 0x200;
    private static final int RETRY_BOUND = 4;

    private final Machine machine;
    private final SmpBarriers barriers;
    private final Ordering readAcquire;
    private final Ordering writeAcquire;
    private final Ordering writeRelease;
    private final AtomicCell counts;
    private final SpinLock waitLock;

    ReadWriteLock(Kernel kernel, CellFactory cells, String mutant) {
      super(cells);
      this.machine = kernel.machine();
      this.barriers = kernel.barriers();
      this.readAcquire = mutant.equals("no-read-acquire") ? Ordering.RELAXED : Ordering.ACQUIRE;
      this.writeAcquire = mutant.equals("no-write-acquire") ? Ordering.RELAXED : Ordering.ACQUIRE;
      this.writeRelease = mutant.equals("no-write-release") ? Ordering.RELAXED : Ordering.RELEASE;
      this.counts = new AtomicCell(cells, "cnts");
      this.waitLock = new SpinLock(cells, "wait_lock");
    }

    @Override
    public void write(Pair pair) {
      writeLock();
      pair.left.write(pair.left.read() + 1);
      pair.right.write(pair.right.read() + 1);
      counts.fetchAndNot(WRITE_LOCKED, writeRelease);
      machine.preemptEnable();
    }

    @Override
    public long readDifference(Pair pair) {
      readLock();
      long difference = pair.left.read() - pair.right.read();
      counts.subReturn(READER, Ordering.RELEASE);
      machine.preemptEnable();
      return difference;
    }

    private void readLock() {
      machine.preemptDisable();
      if ((counts.addReturn(READER, readAcquire) & WRITE_MASK) == 0) {
        return;
      }
      counts.sub(READER);
      waitLock.lock();
      counts.add(READER);
      if (readAcquire == Ordering.ACQUIRE) {
        barriers.conditionalLoadAcquire(counts.location(), AwaitCondition.NO_BIT, WRITE_LOCKED);
      } else {
        barriers.conditionalLoadRelaxed(counts.location(), AwaitCondition.NO_BIT, WRITE_LOCKED);
      }
      waitLock.unlock();
    }

    private void writeLock() {
      machine.preemptDisable();
      if (counts.tryCompareExchange(0, WRITE_LOCKED, writeAcquire)) {
        return;
      }
      waitLock.lock();
      if (counts.read() != 0 || !counts.tryCompareExchange(0, WRITE_LOCKED, writeAcquire)) {
        counts.or(WAITING);
        int attempt = 0;
        do {
          machine.retry(attempt++, RETRY_BOUND);
          barriers.conditionalLoadRelaxed(counts.location(), AwaitCondition.EQUAL, WAITING);
        } while (!counts.tryCompareExchange(WAITING, WRITE_LOCKED, writeAcquire));
      }
      waitLock.unlock();
    }
  }
}
