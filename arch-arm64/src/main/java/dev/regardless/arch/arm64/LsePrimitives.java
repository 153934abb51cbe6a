package dev.regardless.arch.arm64;

import dev.regardless.machine.Access;
import dev.regardless.machine.Machine;
import dev.regardless.machine.Ordering;
import dev.regardless.machine.RmwOperation;

/**
 * Atomics as single instructions (Armv8.1 LSE): LDADD, LDSET, LDCLR, LDEOR, SWP and CAS with A and L, and their ST forms
 * where no value is returned (AIO facts, table F; Linux 6.x arch/arm64/include/asm/{atomic_lse,cmpxchg}.h).
 */
final class LsePrimitives extends Arm64Primitives {

  LsePrimitives(Machine machine) {
    super(machine);
  }

  private static int access(Ordering ordering) {
    return switch (ordering) {
      case RELAXED -> Access.ONCE;
      case ACQUIRE -> Access.ONCE | Access.ACQUIRE;
      case RELEASE -> Access.ONCE | Access.RELEASE;
      case FULL -> Access.ONCE | Access.ACQUIRE | Access.RELEASE;
    };
  }

  @Override
  public void atomic(int location, RmwOperation operation, long operand) {
    machine.readModifyWrite(location, operation, operand, Access.ONCE | Access.NO_RETURN);
  }

  @Override
  public long fetch(int location, RmwOperation operation, long operand, Ordering ordering) {
    return machine.readModifyWrite(location, operation, operand, access(ordering));
  }

  @Override
  public long exchange(int location, long value, Ordering ordering) {
    return machine.readModifyWrite(location, RmwOperation.SWAP, value, access(ordering));
  }

  @Override
  public long compareExchange(int location, long expected, long desired, Ordering ordering) {
    return machine.compareExchange(location, expected, desired, access(ordering));
  }
}
