package dev.regardless.kernel;

import dev.regardless.machine.Machine;
import dev.regardless.machine.PropertyKind;
import dev.regardless.memory.CellFactory;
import dev.regardless.memory.KernelObject;
import dev.regardless.memory.LongCell;
import org.jspecify.annotations.Nullable;

/**
 * struct percpu_ref: a reference count that is per CPU and unordered while alive; killing it waits a grace period, folds
 * the counts and goes on atomically, with full order. {@link #init} it before use. Source:
 * include/linux/percpu-refcount.h and lib/percpu-refcount.c (6.x); reinit and switching back are left out.
 */
public final class PercpuRef extends KernelObject {

  private static final long ATOMIC = 1;
  private static final long DEAD = 2;

  /** PERCPU_COUNT_BIAS: keeps the atomic count from reaching 0 before the fold. */
  private static final long BIAS = 1L << 63;

  /** Compare-and-exchange attempts that the checking engine allows {@link #tryGet}. */
  private static final int RETRY_BOUND = 4;

  private final Kernel kernel;
  private final Machine machine;
  private final Runnable release;
  private final @Nullable Runnable confirmKill;
  private final LongCell mode;
  private final AtomicCell count;
  private final PerCpuCounter perCpu;
  private final RcuHead rcu;

  /**
   * Makes a count.
   *
   * @param release called when the last reference is dropped, by who drops it; may free the object around this
   * @param confirmKill called once, after the grace period, when all see the count as dead; null for nothing
   */
  public PercpuRef(Kernel kernel, CellFactory cells, Runnable release, @Nullable Runnable confirmKill) {
    super(cells);
    this.kernel = kernel;
    this.machine = cells.machine();
    this.release = release;
    this.confirmKill = confirmKill;
    this.mode = new LongCell(cells, "percpu_count_ptr");
    this.count = new AtomicCell(cells, "count");
    this.perCpu = new PerCpuCounter(cells, "percpu_count");
    this.rcu = new RcuHead(machine, this::switchToAtomic);
  }

  /** percpu_ref_init: alive, per CPU, one reference held by the caller. */
  public void init() {
    perCpu.init();
    count.set(BIAS + 1);
    mode.write(0);
  }

  /**
   * percpu_ref_init with PERCPU_REF_INIT_ATOMIC: counts atomically from the start, so that killing it waits for no grace
   * period. What a count per CPU allows, this allows too: a grace period before the last put only delays and orders more.
   */
  public void initAtomic() {
    perCpu.init();
    count.set(1);
    mode.write(ATOMIC);
  }

  /** percpu_ref_get. */
  public void get() {
    getMany(1);
  }

  /** percpu_ref_get_many. */
  public void getMany(long references) {
    machine.rcuReadLock();
    if ((mode.readOnce() & (ATOMIC | DEAD)) == 0) {
      perCpu.add(references);
    } else {
      count.add(references);
    }
    machine.rcuReadUnlock();
  }

  /** percpu_ref_tryget: fails once the count has reached 0. */
  public boolean tryGet() {
    machine.rcuReadLock();
    boolean got = tryGet(mode.readOnce());
    machine.rcuReadUnlock();
    return got;
  }

  /** percpu_ref_tryget_live: fails once the count was killed. */
  public boolean tryGetLive() {
    machine.rcuReadLock();
    long seen = mode.readOnce();
    boolean got = false;
    if ((seen & (ATOMIC | DEAD)) == 0) {
      perCpu.add(1);
      got = true;
    } else if ((seen & DEAD) == 0) {
      got = tryGet(seen);
    }
    machine.rcuReadUnlock();
    return got;
  }

  private boolean tryGet(long seen) {
    if ((seen & (ATOMIC | DEAD)) == 0) {
      perCpu.add(1);
      return true;
    }
    return count.fetchAddUnless(1, 0, RETRY_BOUND) != 0;
  }

  /** percpu_ref_put. */
  public void put() {
    putMany(1);
  }

  /** percpu_ref_put_many. */
  public void putMany(long references) {
    machine.rcuReadLock();
    if ((mode.readOnce() & (ATOMIC | DEAD)) == 0) {
      perCpu.add(-references);
    } else if (count.subAndTest(references)) {
      release.run();
    }
    machine.rcuReadUnlock();
  }

  /** percpu_ref_is_dying. */
  public boolean isDying() {
    return (mode.readOnce() & DEAD) != 0;
  }

  /** percpu_ref_is_zero. */
  public boolean isZero() {
    return (mode.readOnce() & (ATOMIC | DEAD)) != 0 && count.read() == 0;
  }

  /** percpu_ref_kill_and_confirm: drops the initial reference. Once only. */
  public void kill() {
    kernel.percpuRefSwitchLock().lockIrqsave();
    long seen = mode.read();
    if ((seen & DEAD) != 0) {
      machine.violation(PropertyKind.REFERENCE_COUNT, "percpu_ref_kill called more than once on " + this);
    }
    mode.write(seen | DEAD);
    startSwitchToAtomic();
    put();
    kernel.percpuRefSwitchLock().unlockIrqrestore();
  }

  /** __percpu_ref_switch_to_atomic. */
  private void startSwitchToAtomic() {
    if ((mode.read() & ATOMIC) != 0) {
      if (confirmKill != null) {
        confirmKill.run();
      }
      return;
    }
    mode.write(mode.read() | ATOMIC);
    get();
    kernel.rcu().call(rcu);
  }

  /** percpu_ref_switch_to_atomic_rcu, percpu_ref_call_confirm_rcu: no CPU uses its own count any more. */
  private void switchToAtomic() {
    count.add(perCpu.sum() - BIAS);
    if (count.read() <= 0) {
      machine.violation(PropertyKind.REFERENCE_COUNT, "percpu_ref " + this + " <= 0 after the switch to atomic");
    }
    if (confirmKill != null) {
      confirmKill.run();
    }
    put();
  }
}
