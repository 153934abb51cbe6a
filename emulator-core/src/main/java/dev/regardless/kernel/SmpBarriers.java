package dev.regardless.kernel;

import dev.regardless.machine.Access;
import dev.regardless.machine.AwaitCondition;
import dev.regardless.machine.KernelPrimitives;
import dev.regardless.machine.Machine;
import dev.regardless.memory.LongCell;

/**
 * The kernel's barriers under their own names, and its conditional loads. Source: include/asm-generic/barrier.h and
 * Documentation/memory-barriers.txt (6.x); what each becomes is {@link KernelPrimitives}' business.
 */
public final class SmpBarriers {

  private final Machine machine;
  private final KernelPrimitives primitives;

  public SmpBarriers(Machine machine) {
    this.machine = machine;
    this.primitives = machine.primitives();
  }

  /** smp_mb. */
  public void mb() {
    primitives.smpMb();
  }

  /** smp_rmb. */
  public void rmb() {
    primitives.smpRmb();
  }

  /** smp_wmb. */
  public void wmb() {
    primitives.smpWmb();
  }

  /** smp_mb__before_atomic. */
  public void mbBeforeAtomic() {
    primitives.smpMbBeforeAtomic();
  }

  /** smp_mb__after_atomic. */
  public void mbAfterAtomic() {
    primitives.smpMbAfterAtomic();
  }

  /** smp_mb__after_spinlock. */
  public void mbAfterSpinlock() {
    primitives.smpMbAfterSpinlock();
  }

  /** smp_acquire__after_ctrl_dep. */
  public void acquireAfterControlDependency() {
    primitives.smpAcquireAfterControlDependency();
  }

  /** smp_cond_load_relaxed: spins until the cell satisfies the condition. */
  public long conditionalLoadRelaxed(LongCell cell, AwaitCondition condition, long operand) {
    return conditionalLoadRelaxed(cell.location(), condition, operand);
  }

  /** smp_cond_load_relaxed on a location of any type. */
  public long conditionalLoadRelaxed(int location, AwaitCondition condition, long operand) {
    return machine.await(location, condition, operand, Access.ONCE);
  }

  /** smp_cond_load_acquire: spins until the cell satisfies the condition. */
  public long conditionalLoadAcquire(LongCell cell, AwaitCondition condition, long operand) {
    return conditionalLoadAcquire(cell.location(), condition, operand);
  }

  /** smp_cond_load_acquire on a location of any type. */
  public long conditionalLoadAcquire(int location, AwaitCondition condition, long operand) {
    return machine.await(location, condition, operand, Access.ACQUIRE);
  }
}
