package dev.regardless.kernel;

import dev.regardless.machine.Machine;
import dev.regardless.machine.Ordering;
import dev.regardless.machine.PropertyKind;
import dev.regardless.memory.CellFactory;

/**
 * refcount_t: a 32-bit counter that saturates instead of wrapping, and warns. Increments are unordered; the decrement is a
 * release, followed by an acquire if it was the last. Source: include/linux/refcount.h and lib/refcount.c (6.x). A warning
 * is reported as {@link PropertyKind#REFERENCE_COUNT}.
 */
public final class RefCount {

  /** REFCOUNT_SATURATED: INT_MIN / 2. */
  public static final long SATURATED = Integer.MIN_VALUE / 2;

  /** Compare-and-exchange attempts that the checking engine allows {@link #incrementNotZero}. */
  private static final int RETRY_BOUND = 4;

  private final Machine machine;
  private final AtomicCell refs;

  public RefCount(CellFactory cells, String field) {
    this.machine = cells.machine();
    this.refs = new AtomicCell(cells, field);
  }

  public int location() {
    return refs.location();
  }

  /** refcount_set. */
  public void set(long value) {
    refs.set(value);
  }

  /** refcount_read. */
  public long read() {
    return refs.read();
  }

  /** refcount_inc. */
  public void increment() {
    add(1);
  }

  /** refcount_add. */
  public void add(int value) {
    long old = refs.fetchAdd(value, Ordering.RELAXED);
    if (old == 0) {
      saturate("addition on 0; use-after-free");
    } else if (old < 0 || old + value > Integer.MAX_VALUE) {
      saturate("saturated; leaking memory");
    }
  }

  /** refcount_inc_not_zero: no order on failure, and none on success either, as in Linux. */
  public boolean incrementNotZero() {
    long old = refs.read();
    for (int attempt = 0; old != 0; attempt++) {
      machine.retry(attempt, RETRY_BOUND);
      long seen = refs.compareExchange(old, old + 1, Ordering.RELAXED);
      if (seen == old) {
        if (old < 0 || old + 1 > Integer.MAX_VALUE) {
          saturate("saturated; leaking memory");
        }
        return true;
      }
      old = seen;
    }
    return false;
  }

  /** refcount_dec_and_test. */
  public boolean decrementAndTest() {
    return subAndTest(1);
  }

  /** refcount_sub_and_test. */
  public boolean subAndTest(int value) {
    if (!subAndTestRelease(value)) {
      return false;
    }
    machine.primitives().smpAcquireAfterControlDependency();
    return true;
  }

  /**
   * refcount_sub_and_test as it was before 5.1: release only, so that whoever drops the last reference may still see
   * stale contents.
   */
  public boolean subAndTestRelease(int value) {
    long old = refs.fetchSub(value, Ordering.RELEASE);
    if (old > 0 && old == value) {
      return true;
    }
    if (old <= 0 || old - value < 0) {
      saturate("underflow; use-after-free");
    }
    return false;
  }

  /** refcount_dec: for callers that know it is not the last reference. */
  public void decrement() {
    if (refs.fetchSub(1, Ordering.RELEASE) <= 1) {
      saturate("decrement hit 0; leaking memory");
    }
  }

  private void saturate(String what) {
    refs.set(SATURATED);
    machine.violation(PropertyKind.REFERENCE_COUNT, what);
  }
}
