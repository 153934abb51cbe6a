package dev.regardless.emulation.sc;

import dev.regardless.machine.Access;
import dev.regardless.machine.KernelPrimitives;
import dev.regardless.machine.Machine;
import dev.regardless.machine.Ordering;
import dev.regardless.machine.RmwOperation;

/** The kernel's primitives where program order is all the order there is: barriers are nothing, orderings the same. */
final class SequentialPrimitives implements KernelPrimitives {

  private final Machine machine;

  SequentialPrimitives(Machine machine) {
    this.machine = machine;
  }

  @Override
  public long read(int location) {
    return machine.load(location, Access.PLAIN);
  }

  @Override
  public void write(int location, long value) {
    machine.store(location, value, Access.PLAIN);
  }

  @Override
  public long readOnce(int location) {
    return machine.load(location, Access.ONCE);
  }

  @Override
  public void writeOnce(int location, long value) {
    machine.store(location, value, Access.ONCE);
  }

  @Override
  public long loadAcquire(int location) {
    return machine.load(location, Access.ONCE | Access.ACQUIRE);
  }

  @Override
  public void storeRelease(int location, long value) {
    machine.store(location, value, Access.ONCE | Access.RELEASE);
  }

  @Override
  public void smpMb() {
    // Orders the compiler only.
  }

  @Override
  public void smpRmb() {
    // Orders the compiler only.
  }

  @Override
  public void smpWmb() {
    // Orders the compiler only.
  }

  @Override
  public void smpStoreMb(int location, long value) {
    machine.store(location, value, Access.ONCE);
  }

  @Override
  public void smpMbBeforeAtomic() {
    // Orders the compiler only.
  }

  @Override
  public void smpMbAfterAtomic() {
    // Orders the compiler only.
  }

  @Override
  public void smpMbAfterSpinlock() {
    // Orders the compiler only.
  }

  @Override
  public void smpAcquireAfterControlDependency() {
    // Orders the compiler only.
  }

  @Override
  public void atomic(int location, RmwOperation operation, long operand) {
    machine.readModifyWrite(location, operation, operand, Access.ONCE | Access.NO_RETURN);
  }

  @Override
  public long fetch(int location, RmwOperation operation, long operand, Ordering ordering) {
    return machine.readModifyWrite(location, operation, operand, Access.ONCE);
  }

  @Override
  public long exchange(int location, long value, Ordering ordering) {
    return machine.readModifyWrite(location, RmwOperation.SWAP, value, Access.ONCE);
  }

  @Override
  public long compareExchange(int location, long expected, long desired, Ordering ordering) {
    return machine.compareExchange(location, expected, desired, Access.ONCE);
  }

  @Override
  public boolean testAndSetBit(int location, int bit) {
    long mask = 1L << bit;
    return (machine.readModifyWrite(location, RmwOperation.OR, mask, Access.ONCE) & mask) != 0;
  }

  @Override
  public boolean testAndClearBit(int location, int bit) {
    long mask = 1L << bit;
    return (machine.readModifyWrite(location, RmwOperation.CLEAR, mask, Access.ONCE) & mask) != 0;
  }

  @Override
  public boolean testAndSetBitLock(int location, int bit) {
    return testAndSetBit(location, bit);
  }

  @Override
  public void clearBitUnlock(int location, int bit) {
    machine.readModifyWrite(location, RmwOperation.CLEAR, 1L << bit, Access.ONCE | Access.NO_RETURN);
  }

  @Override
  public void spinLock(int location) {
    machine.awaitCompareExchange(location, 0, 1, Access.ONCE);
  }

  @Override
  public boolean spinTryLock(int location) {
    return machine.load(location, Access.ONCE) == 0 && machine.compareExchange(location, 0, 1, Access.ONCE) == 0;
  }

  @Override
  public void spinUnlock(int location) {
    machine.store(location, 0, Access.ONCE);
  }
}
