package dev.regardless.arch.arm64;

import dev.regardless.machine.Access;
import dev.regardless.machine.KernelPrimitives;
import dev.regardless.machine.Machine;
import dev.regardless.machine.Ordering;
import dev.regardless.machine.RmwOperation;

/**
 * What both ways of doing atomics on arm64 share (AIO facts, table F; Linux 6.x arch/arm64/include/asm/barrier.h,
 * include/asm-generic/{bitops/atomic.h,bitops/lock.h,qspinlock.h}).
 */
abstract class Arm64Primitives implements KernelPrimitives {

  final Machine machine;

  Arm64Primitives(Machine machine) {
    this.machine = machine;
  }

  @Override
  public final long read(int location) {
    return machine.load(location, Access.PLAIN);
  }

  @Override
  public final void write(int location, long value) {
    machine.store(location, value, Access.PLAIN);
  }

  @Override
  public final long readOnce(int location) {
    return machine.load(location, Access.ONCE);
  }

  @Override
  public final void writeOnce(int location, long value) {
    machine.store(location, value, Access.ONCE);
  }

  @Override
  public final long loadAcquire(int location) {
    return machine.load(location, Access.ONCE | Access.ACQUIRE);
  }

  @Override
  public final void storeRelease(int location, long value) {
    machine.store(location, value, Access.ONCE | Access.RELEASE);
  }

  @Override
  public final void smpMb() {
    machine.fence(Arm64Architecture.DMB_ISH);
  }

  @Override
  public final void smpRmb() {
    machine.fence(Arm64Architecture.DMB_ISHLD);
  }

  @Override
  public final void smpWmb() {
    machine.fence(Arm64Architecture.DMB_ISHST);
  }

  @Override
  public final void smpStoreMb(int location, long value) {
    machine.store(location, value, Access.ONCE);
    machine.fence(Arm64Architecture.DMB_ISH);
  }

  @Override
  public final void smpMbBeforeAtomic() {
    machine.fence(Arm64Architecture.DMB_ISH);
  }

  @Override
  public final void smpMbAfterAtomic() {
    machine.fence(Arm64Architecture.DMB_ISH);
  }

  @Override
  public final void smpMbAfterSpinlock() {
    machine.fence(Arm64Architecture.DMB_ISH);
  }

  @Override
  public final void smpAcquireAfterControlDependency() {
    machine.fence(Arm64Architecture.DMB_ISHLD);
  }

  @Override
  public final boolean testAndSetBit(int location, int bit) {
    return (fetch(location, RmwOperation.OR, 1L << bit, Ordering.FULL) >>> bit & 1) != 0;
  }

  @Override
  public final boolean testAndClearBit(int location, int bit) {
    return (fetch(location, RmwOperation.CLEAR, 1L << bit, Ordering.FULL) >>> bit & 1) != 0;
  }

  /** Gives up, without order, if a plain look finds the bit set already. */
  @Override
  public final boolean testAndSetBitLock(int location, int bit) {
    return (readOnce(location) >>> bit & 1) != 0
        || (fetch(location, RmwOperation.OR, 1L << bit, Ordering.ACQUIRE) >>> bit & 1) != 0;
  }

  @Override
  public final void clearBitUnlock(int location, int bit) {
    fetch(location, RmwOperation.CLEAR, 1L << bit, Ordering.RELEASE);
  }

  /** The uncontended path of a queued spin lock; the queue itself adds no order. */
  @Override
  public final void spinLock(int location) {
    machine.awaitCompareExchange(location, 0, 1, Access.ONCE | Access.ACQUIRE);
  }

  @Override
  public final boolean spinTryLock(int location) {
    return readOnce(location) == 0 && compareExchange(location, 0, 1, Ordering.ACQUIRE) == 0;
  }

  @Override
  public final void spinUnlock(int location) {
    machine.store(location, 0, Access.ONCE | Access.RELEASE);
  }
}
