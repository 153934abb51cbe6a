package dev.regardless.kernel;

import dev.regardless.machine.KernelPrimitives;
import dev.regardless.machine.Machine;
import dev.regardless.machine.Ordering;
import dev.regardless.machine.RmwOperation;
import dev.regardless.memory.CellFactory;
import dev.regardless.memory.LongCell;

/**
 * atomic_t, atomic64_t, atomic_long_t and the bit operations on one word. Operations without a result are unordered,
 * those with one take their {@link Ordering}. Source: Documentation/atomic_t.txt, Documentation/atomic_bitops.txt,
 * include/linux/atomic/atomic-arch-fallback.h (6.x).
 */
public final class AtomicCell {

  private final Machine machine;
  private final KernelPrimitives primitives;
  private final int location;

  /** An atomic that is 0 at first. */
  public AtomicCell(CellFactory cells, String field) {
    this.machine = cells.machine();
    this.primitives = machine.primitives();
    this.location = new LongCell(cells, field).location();
  }

  public int location() {
    return location;
  }

  /** atomic_read. */
  public long read() {
    return primitives.readOnce(location);
  }

  /** atomic_read_acquire. */
  public long readAcquire() {
    return primitives.loadAcquire(location);
  }

  /** atomic_set. */
  public void set(long value) {
    primitives.writeOnce(location, value);
  }

  /** atomic_set_release. */
  public void setRelease(long value) {
    primitives.storeRelease(location, value);
  }

  // ---- arithmetic --------------------------------------------------------------------------------------------------

  /** atomic_add. */
  public void add(long value) {
    primitives.atomic(location, RmwOperation.ADD, value);
  }

  /** atomic_sub. */
  public void sub(long value) {
    primitives.atomic(location, RmwOperation.ADD, -value);
  }

  /** atomic_inc. */
  public void increment() {
    add(1);
  }

  /** atomic_dec. */
  public void decrement() {
    sub(1);
  }

  /** atomic_fetch_add: the value before. */
  public long fetchAdd(long value, Ordering ordering) {
    return primitives.fetch(location, RmwOperation.ADD, value, ordering);
  }

  /** atomic_fetch_sub: the value before. */
  public long fetchSub(long value, Ordering ordering) {
    return primitives.fetch(location, RmwOperation.ADD, -value, ordering);
  }

  /** atomic_add_return: the value after. */
  public long addReturn(long value, Ordering ordering) {
    return fetchAdd(value, ordering) + value;
  }

  /** atomic_sub_return: the value after. */
  public long subReturn(long value, Ordering ordering) {
    return fetchSub(value, ordering) - value;
  }

  /** atomic_sub_and_test: full order; whether the value after is 0. */
  public boolean subAndTest(long value) {
    return subReturn(value, Ordering.FULL) == 0;
  }

  /** atomic_dec_and_test: full order. */
  public boolean decrementAndTest() {
    return subAndTest(1);
  }

  /** atomic_inc_and_test: full order. */
  public boolean incrementAndTest() {
    return addReturn(1, Ordering.FULL) == 0;
  }

  /**
   * atomic_fetch_add_unless: adds unless the value is {@code unless}; full order on success.
   *
   * @param bound iterations after which the checking engine gives up
   * @return the value before
   */
  public long fetchAddUnless(long value, long unless, int bound) {
    long old = read();
    for (int attempt = 0; old != unless; attempt++) {
      machine.retry(attempt, bound);
      long seen = compareExchange(old, old + value, Ordering.FULL);
      if (seen == old) {
        return old;
      }
      old = seen;
    }
    return old;
  }

  // ---- bits --------------------------------------------------------------------------------------------------------

  /** atomic_or. */
  public void or(long bits) {
    primitives.atomic(location, RmwOperation.OR, bits);
  }

  /** atomic_andnot. */
  public void andNot(long bits) {
    primitives.atomic(location, RmwOperation.CLEAR, bits);
  }

  /** atomic_and. */
  public void and(long bits) {
    andNot(~bits);
  }

  /** atomic_xor. */
  public void xor(long bits) {
    primitives.atomic(location, RmwOperation.EXCLUSIVE_OR, bits);
  }

  /** atomic_fetch_or: the value before. */
  public long fetchOr(long bits, Ordering ordering) {
    return primitives.fetch(location, RmwOperation.OR, bits, ordering);
  }

  /** atomic_fetch_andnot: the value before. */
  public long fetchAndNot(long bits, Ordering ordering) {
    return primitives.fetch(location, RmwOperation.CLEAR, bits, ordering);
  }

  /** atomic_fetch_and: the value before. */
  public long fetchAnd(long bits, Ordering ordering) {
    return fetchAndNot(~bits, ordering);
  }

  /** atomic_fetch_xor: the value before. */
  public long fetchXor(long bits, Ordering ordering) {
    return primitives.fetch(location, RmwOperation.EXCLUSIVE_OR, bits, ordering);
  }

  /** test_bit. */
  public boolean testBit(int bit) {
    return ((read() >>> bit) & 1) != 0;
  }

  /** set_bit: no order. */
  public void setBit(int bit) {
    or(1L << bit);
  }

  /** clear_bit: no order. */
  public void clearBit(int bit) {
    andNot(1L << bit);
  }

  /** test_and_set_bit: full order even if the bit was set already. */
  public boolean testAndSetBit(int bit) {
    return primitives.testAndSetBit(location, bit);
  }

  /** test_and_clear_bit: full order. */
  public boolean testAndClearBit(int bit) {
    return primitives.testAndClearBit(location, bit);
  }

  /** test_and_set_bit_lock: acquire. */
  public boolean testAndSetBitLock(int bit) {
    return primitives.testAndSetBitLock(location, bit);
  }

  /** clear_bit_unlock: release. */
  public void clearBitUnlock(int bit) {
    primitives.clearBitUnlock(location, bit);
  }

  // ---- exchange ----------------------------------------------------------------------------------------------------

  /** atomic_xchg: the value before. */
  public long exchange(long value, Ordering ordering) {
    return primitives.exchange(location, value, ordering);
  }

  /** atomic_cmpxchg: the value read; no order if it is not {@code expected}. */
  public long compareExchange(long expected, long desired, Ordering ordering) {
    return primitives.compareExchange(location, expected, desired, ordering);
  }

  /** atomic_try_cmpxchg, for callers that do not need the value read on failure. */
  public boolean tryCompareExchange(long expected, long desired, Ordering ordering) {
    return primitives.compareExchange(location, expected, desired, ordering) == expected;
  }
}
