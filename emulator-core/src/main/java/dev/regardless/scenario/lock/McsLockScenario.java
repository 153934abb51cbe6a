package dev.regardless.scenario.lock;

import dev.regardless.kernel.Kernel;
import dev.regardless.machine.Ordering;
import dev.regardless.memory.CellFactory;
import dev.regardless.memory.KernelObject;
import dev.regardless.memory.RefCell;

/** The queue lock of kernel/locking/mcs_spinlock.h (6.9). */
public final class McsLockScenario extends MutualExclusion {

  @Override
  public String name() {
    return "mcs-lock";
  }

  @Override
  public String description() {
    return "an MCS queue lock; mutants: no-acquire (of the hand-over), no-release (of the hand-over)";
  }

  @Override
  String[] mutants() {
    return new String[] {"no-acquire", "no-release"};
  }

  @Override
  Lock makeLock(Kernel kernel, int threads, String mutant) {
    McsNode[] nodes = new McsNode[threads];
    for (int i = 0; i < threads; i++) {
      nodes[i] = kernel.create("mcs_spinlock", cells -> new McsNode(kernel.barriers(), cells));
    }
    return kernel.create(
        "mcs_lock", cells -> new McsLock(cells, nodes, !mutant.equals("no-acquire"), !mutant.equals("no-release")));
  }

  private static final class McsLock extends KernelObject implements Lock {
    private final McsNode[] nodes;
    private final boolean acquire;
    private final boolean release;
    private final RefCell<McsNode> tail;

    McsLock(CellFactory cells, McsNode[] nodes, boolean acquire, boolean release) {
      super(cells);
      this.nodes = nodes;
      this.acquire = acquire;
      this.release = release;
      this.tail = new RefCell<>(cells, "tail", McsNode.class);
    }

    @Override
    public void lock(int thread) {
      McsNode node = nodes[thread];
      node.init();
      McsNode previous = tail.exchange(node, Ordering.FULL);
      if (previous != null) {
        previous.next().writeOnce(node);
        node.awaitHandover(acquire);
      }
    }

    @Override
    public void unlock(int thread) {
      McsNode node = nodes[thread];
      McsNode next = node.next().readOnce();
      if (next == null) {
        if (tail.compareAndSet(node, null, Ordering.RELEASE)) {
          return;
        }
        next = node.awaitNext();
      }
      next.handOver(release);
    }
  }
}
