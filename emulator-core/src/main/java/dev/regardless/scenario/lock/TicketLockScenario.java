package dev.regardless.scenario.lock;

import dev.regardless.kernel.AtomicCell;
import dev.regardless.kernel.Kernel;
import dev.regardless.kernel.SmpBarriers;
import dev.regardless.machine.AwaitCondition;
import dev.regardless.machine.Ordering;
import dev.regardless.memory.CellFactory;
import dev.regardless.memory.KernelObject;
import dev.regardless.memory.LongCell;

/** The ticket lock of asm-generic/ticket_spinlock.h (6.9), with next and owner in words of their own. */
public final class TicketLockScenario extends MutualExclusion {

  @Override
  public String name() {
    return "ticket-lock";
  }

  @Override
  public String description() {
    return "a ticket lock; mutants: no-acquire, no-release";
  }

  @Override
  String[] mutants() {
    return new String[] {"no-acquire", "no-release"};
  }

  @Override
  Lock makeLock(Kernel kernel, int threads, String mutant) {
    return kernel.create(
        "ticket_lock",
        cells -> new TicketLock(kernel, cells, !mutant.equals("no-acquire"), !mutant.equals("no-release")));
  }

  private static final class TicketLock extends KernelObject implements Lock {
    private final SmpBarriers barriers;
    private final boolean acquire;
    private final boolean release;
    private final AtomicCell next;
    private final LongCell owner;

    TicketLock(Kernel kernel, CellFactory cells, boolean acquire, boolean release) {
      super(cells);
      this.barriers = kernel.barriers();
      this.acquire = acquire;
      this.release = release;
      this.next = new AtomicCell(cells, "next");
      this.owner = new LongCell(cells, "owner");
    }

    @Override
    public void lock(int thread) {
      long ticket = next.fetchAdd(1, Ordering.RELAXED);
      if (acquire) {
        barriers.conditionalLoadAcquire(owner, AwaitCondition.EQUAL, ticket);
      } else {
        barriers.conditionalLoadRelaxed(owner, AwaitCondition.EQUAL, ticket);
      }
    }

    @Override
    public void unlock(int thread) {
      long served = owner.read() + 1;
      if (release) {
        owner.storeRelease(served);
      } else {
        owner.writeOnce(served);
      }
    }
  }
}
