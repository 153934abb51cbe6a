package dev.regardless.scenario.lock;

import dev.regardless.kernel.AtomicCell;
import dev.regardless.kernel.Kernel;
import dev.regardless.kernel.SmpBarriers;
import dev.regardless.machine.AwaitCondition;
import dev.regardless.machine.Machine;
import dev.regardless.machine.Ordering;
import dev.regardless.memory.CellFactory;
import dev.regardless.memory.KernelObject;

/**
 * The queued spin lock of kernel/locking/qspinlock.c (6.9): locked byte, pending bit, tail of an MCS queue in one word.
 * Locations are whole words here, so stores to the locked byte are atomic operations on the word, and the tail is
 * exchanged by compare-and-exchange as in kernels for 16,384 CPUs and more.
 */
public final class QueuedSpinLockScenario extends MutualExclusion {

  @Override
  public String name() {
    return "qspinlock";
  }

  @Override
  public String description() {
    return "a queued spin lock with pending bit; mutants: no-acquire, no-release, no-tail-barrier";
  }

  @Override
  String[] mutants() {
    return new String[] {"no-acquire", "no-release", "no-tail-barrier"};
  }

  @Override
  Lock makeLock(Kernel kernel, int threads, String mutant) {
    McsNode[] nodes = new McsNode[threads];
    for (int i = 0; i < threads; i++) {
      nodes[i] = kernel.create("mcs_spinlock", cells -> new McsNode(kernel.barriers(), cells));
    }
    return kernel.create("qspinlock", cells -> new QueuedSpinLock(kernel, cells, nodes, mutant));
  }

  private static final class QueuedSpinLock extends KernelObject implements Lock {
    private static final long LOCKED = 1;
    private static final long LOCKED_MASK = 0xff;
    private static final long PENDING = 1 << 8;
    private static final int TAIL_SHIFT = 16;
    private static final int RETRY_BOUND = 8;

    private final Machine machine;
    private final SmpBarriers barriers;
    private final McsNode[] nodes;
    private final Ordering acquire;
    private final Ordering release;
    private final boolean tailBarrier;
    private final AtomicCell word;

    QueuedSpinLock(Kernel kernel, CellFactory cells, McsNode[] nodes, String mutant) {
      super(cells);
      this.machine = kernel.machine();
      this.barriers = kernel.barriers();
      this.nodes = nodes;
      this.acquire = mutant.equals("no-acquire") ? Ordering.RELAXED : Ordering.ACQUIRE;
      this.release = mutant.equals("no-release") ? Ordering.RELAXED : Ordering.RELEASE;
      this.tailBarrier = !mutant.equals("no-tail-barrier");
      this.word = new AtomicCell(cells, "val");
    }

    @Override
    public void lock(int thread) {
      long value = word.compareExchange(0, LOCKED, acquire);
      if (value == 0) {
        return;
      }
      if ((value & ~LOCKED_MASK) != 0 || !lockAsPending()) {
        lockInQueue(thread);
      }
    }

    /** The second in line waits on the pending bit; false if somebody else is there already. */
    private boolean lockAsPending() {
      long value = word.fetchOr(PENDING, acquire);
      if ((value & ~LOCKED_MASK) != 0) {
        if ((value & PENDING) == 0) {
          word.andNot(PENDING);
        }
        return false;
      }
      if ((value & LOCKED_MASK) != 0) {
        awaitNoneOf(LOCKED_MASK);
      }
      word.add(LOCKED - PENDING);
      return true;
    }

    private void lockInQueue(int thread) {
      McsNode node = nodes[thread];
      long tail = (thread + 1L) << TAIL_SHIFT;
      node.init();
      if (tailBarrier) {
        barriers.wmb();
      }
      long old = exchangeTail(tail);
      if (old >>> TAIL_SHIFT != 0) {
        nodes[(int) (old >>> TAIL_SHIFT) - 1].next().writeOnce(node);
        node.awaitHandover(acquire == Ordering.ACQUIRE);
      }
      long value = awaitNoneOf(LOCKED_MASK | PENDING);
      if (value >>> TAIL_SHIFT == tail >>> TAIL_SHIFT && word.tryCompareExchange(value, LOCKED, Ordering.RELAXED)) {
        return;
      }
      word.or(LOCKED);
      node.awaitNext().handOver(release == Ordering.RELEASE);
    }

    private long awaitNoneOf(long mask) {
      return acquire == Ordering.ACQUIRE
          ? barriers.conditionalLoadAcquire(word.location(), AwaitCondition.NO_BIT, mask)
          : barriers.conditionalLoadRelaxed(word.location(), AwaitCondition.NO_BIT, mask);
    }

    /** xchg_tail: the word before. */
    private long exchangeTail(long tail) {
      long old = word.read();
      for (int attempt = 0;; attempt++) {
        machine.retry(attempt, RETRY_BOUND);
        long seen = word.compareExchange(old, (old & (LOCKED_MASK | PENDING)) | tail, Ordering.RELAXED);
        if (seen == old) {
          return old;
        }
        old = seen;
      }
    }

    @Override
    public void unlock(int thread) {
      word.fetchSub(LOCKED, release);
    }
  }
}
