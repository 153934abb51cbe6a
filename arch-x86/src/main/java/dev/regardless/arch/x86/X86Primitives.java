package dev.regardless.arch.x86;

import dev.regardless.machine.Access;
import dev.regardless.machine.KernelPrimitives;
import dev.regardless.machine.Machine;
import dev.regardless.machine.Ordering;
import dev.regardless.machine.RmwOperation;

/**
 * The kernel's primitives on x86-64 (AIO facts, table F; Linux 6.x arch/x86/include/asm/{barrier,atomic,cmpxchg,bitops}.h):
 * only a store followed by a load needs an instruction to stay in order, and every atomic read-modify-write is a locked
 * instruction, hence a full barrier whatever order was asked for.
 */
final class X86Primitives implements KernelPrimitives {

  private static final int LOCKED = Access.ONCE | Access.LOCKED;

  private final Machine machine;

  X86Primitives(Machine machine) {
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
    return machine.load(location, Access.ONCE);
  }

  @Override
  public void storeRelease(int location, long value) {
    machine.store(location, value, Access.ONCE);
  }

  @Override
  public void smpMb() {
    machine.fence(X86Architecture.LOCKED_ADD);
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
    machine.readModifyWrite(location, RmwOperation.SWAP, value, LOCKED | Access.NO_RETURN);
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
    machine.readModifyWrite(location, operation, operand, LOCKED | Access.NO_RETURN);
  }

  @Override
  public long fetch(int location, RmwOperation operation, long operand, Ordering ordering) {
    return machine.readModifyWrite(location, operation, operand, LOCKED);
  }

  @Override
  public long exchange(int location, long value, Ordering ordering) {
    return machine.readModifyWrite(location, RmwOperation.SWAP, value, LOCKED);
  }

  @Override
  public long compareExchange(int location, long expected, long desired, Ordering ordering) {
    return machine.compareExchange(location, expected, desired, LOCKED);
  }

  @Override
  public boolean testAndSetBit(int location, int bit) {
    long mask = 1L << bit;
    return (machine.readModifyWrite(location, RmwOperation.OR, mask, LOCKED) & mask) != 0;
  }

  @Override
  public boolean testAndClearBit(int location, int bit) {
    long mask = 1L << bit;
    return (machine.readModifyWrite(location, RmwOperation.CLEAR, mask, LOCKED) & mask) != 0;
  }

  @Override
  public boolean testAndSetBitLock(int location, int bit) {
    return testAndSetBit(location, bit);
  }

  @Override
  public void clearBitUnlock(int location, int bit) {
    machine.readModifyWrite(location, RmwOperation.CLEAR, 1L << bit, LOCKED | Access.NO_RETURN);
  }

  @Override
  public void spinLock(int location) {
    machine.awaitCompareExchange(location, 0, 1, LOCKED);
  }

  @Override
  public boolean spinTryLock(int location) {
    return machine.load(location, Access.ONCE) == 0 && machine.compareExchange(location, 0, 1, LOCKED) == 0;
  }

  @Override
  public void spinUnlock(int location) {
    machine.store(location, 0, Access.ONCE);
  }
}
