package dev.regardless.scenario.lock;

import dev.regardless.kernel.Kernel;
import dev.regardless.kernel.SmpBarriers;
import dev.regardless.kernel.SpinLock;
import dev.regardless.machine.AwaitCondition;
import dev.regardless.machine.Machine;
import dev.regardless.memory.CellFactory;
import dev.regardless.memory.KernelObject;
import dev.regardless.memory.LongCell;

/** seqlock_t of include/linux/seqlock.h (6.9): writers exclude one another, readers look again if they met one. */
public final class SequenceLockScenario extends ReadersAndWriters {

  @Override
  public String name() {
    return "seqlock";
  }

  @Override
  public String description() {
    return "a sequence lock; mutants: no-wmb, no-rmb";
  }

  @Override
  String[] mutants() {
    return new String[] {"no-wmb", "no-rmb"};
  }

  @Override
  Guard makeGuard(Kernel kernel, String mutant) {
    return kernel.create(
        "seqlock", cells -> new SequenceLock(kernel, cells, !mutant.equals("no-wmb"), !mutant.equals("no-rmb")));
  }

  private static final class SequenceLock extends KernelObject implements Guard {
    private static final int RETRY_BOUND = 4;

    private final Machine machine;
    private final SmpBarriers barriers;
    private final boolean writeBarriers;
    private final boolean readBarriers;
    private final LongCell sequence;
    private final SpinLock lock;

    SequenceLock(Kernel kernel, CellFactory cells, boolean writeBarriers, boolean readBarriers) {
      super(cells);
      this.machine = kernel.machine();
      this.barriers = kernel.barriers();
      this.writeBarriers = writeBarriers;
      this.readBarriers = readBarriers;
      this.sequence = new LongCell(cells, "sequence");
      this.lock = new SpinLock(cells, "lock");
    }

    @Override
    public void write(Pair pair) {
      lock.lock();
      step();
      writeBarrier();
      pair.left.writeOnce(pair.left.read() + 1);
      pair.right.writeOnce(pair.right.read() + 1);
      writeBarrier();
      step();
      lock.unlock();
    }

    private void step() {
      sequence.writeOnce(sequence.read() + 1);
    }

    private void writeBarrier() {
      if (writeBarriers) {
        barriers.wmb();
      }
    }

    private void readBarrier() {
      if (readBarriers) {
        barriers.rmb();
      }
    }

    @Override
    public long readDifference(Pair pair) {
      for (int attempt = 0;; attempt++) {
        machine.retry(attempt, RETRY_BOUND);
        long start = barriers.conditionalLoadRelaxed(sequence, AwaitCondition.NO_BIT, 1);
        readBarrier();
        long difference = pair.left.readOnce() - pair.right.readOnce();
        readBarrier();
        if (sequence.readOnce() == start) {
          return difference;
        }
      }
    }
  }
}
