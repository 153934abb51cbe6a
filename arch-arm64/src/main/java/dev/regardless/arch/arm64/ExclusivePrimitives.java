package dev.regardless.arch.arm64;

import dev.regardless.machine.Access;
import dev.regardless.machine.Machine;
import dev.regardless.machine.Ordering;
import dev.regardless.machine.RmwOperation;

/**
 * Atomics as loops of load-exclusive and store-exclusive, as on Armv8.0 (AIO facts, table F; Linux 6.x
 * arch/arm64/include/asm/{atomic_ll_sc,cmpxchg}.h). Full order is LDXR, STLXR and a DMB ISH after success.
 */
final class ExclusivePrimitives extends Arm64Primitives {

  /** Attempts after which an exploring engine gives an execution up. */
  private static final int BOUND = 8;

  ExclusivePrimitives(Machine machine) {
    super(machine);
  }

  private static int loadAccess(Ordering ordering) {
    int access = Access.ONCE | Access.EXCLUSIVE;
    return ordering == Ordering.ACQUIRE ? access | Access.ACQUIRE : access;
  }

  private static int storeAccess(Ordering ordering) {
    int access = Access.ONCE | Access.EXCLUSIVE;
    return ordering == Ordering.RELEASE || ordering == Ordering.FULL ? access | Access.RELEASE : access;
  }

  private void barrierAfter(Ordering ordering) {
    if (ordering == Ordering.FULL) {
      machine.fence(Arm64Architecture.DMB_ISH);
    }
  }

  @Override
  public void atomic(int location, RmwOperation operation, long operand) {
    fetch(location, operation, operand, Ordering.RELAXED);
  }

  @Override
  public long fetch(int location, RmwOperation operation, long operand, Ordering ordering) {
    int attempt = 0;
    while (true) {
      machine.retry(attempt++, BOUND);
      long old = machine.load(location, loadAccess(ordering));
      if (machine.storeExclusive(location, operation.apply(old, operand), storeAccess(ordering))) {
        barrierAfter(ordering);
        return old;
      }
    }
  }

  @Override
  public long exchange(int location, long value, Ordering ordering) {
    return fetch(location, RmwOperation.SWAP, value, ordering);
  }

  /** A failed comparison leaves the loop before the store and its barrier. */
  @Override
  public long compareExchange(int location, long expected, long desired, Ordering ordering) {
    int attempt = 0;
    while (true) {
      machine.retry(attempt++, BOUND);
      long old = machine.load(location, loadAccess(ordering));
      if (old != expected) {
        return old;
      }
      if (machine.storeExclusive(location, desired, storeAccess(ordering))) {
        barrierAfter(ordering);
        return old;
      }
    }
  }
}
