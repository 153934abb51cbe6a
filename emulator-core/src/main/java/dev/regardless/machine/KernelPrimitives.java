package dev.regardless.machine;

/**
 * The kernel's memory primitives, as one architecture implements them. Each architecture module maps every method to its
 * own instructions (events of {@link Machine}) as Linux's arch headers do: see AIO facts table F; sources are
 * arch/x86/include/asm/{barrier,atomic,cmpxchg,bitops}.h, arch/arm64/include/asm/{barrier,atomic_lse,atomic_ll_sc,
 * cmpxchg}.h and Documentation/{memory-barriers,atomic_t}.txt of Linux 6.x.
 *
 * <p>All take locations of {@link dev.regardless.memory.Memory}; values are 64-bit.
 */
public interface KernelPrimitives {

  // ---- plain, ONCE, acquire and release accesses ---------------------------------------------------------------------

  /** A plain C read. */
  long read(int location);

  /** A plain C write. */
  void write(int location, long value);

  /** READ_ONCE. */
  long readOnce(int location);

  /** WRITE_ONCE. */
  void writeOnce(int location, long value);

  /** smp_load_acquire. */
  long loadAcquire(int location);

  /** smp_store_release; also rcu_assign_pointer. */
  void storeRelease(int location, long value);

  // ---- barriers ------------------------------------------------------------------------------------------------------

  /** smp_mb. */
  void smpMb();

  /** smp_rmb. */
  void smpRmb();

  /** smp_wmb. */
  void smpWmb();

  /** smp_store_mb: a store followed by a full barrier. */
  void smpStoreMb(int location, long value);

  /** smp_mb__before_atomic. */
  void smpMbBeforeAtomic();

  /** smp_mb__after_atomic. */
  void smpMbAfterAtomic();

  /** smp_mb__after_spinlock. */
  void smpMbAfterSpinlock();

  /** smp_acquire__after_ctrl_dep. */
  void smpAcquireAfterControlDependency();

  // ---- atomic read-modify-writes ---------------------------------------------------------------------------------------

  /** atomic_add, atomic_or, ...: no value returned, no order. */
  void atomic(int location, RmwOperation operation, long operand);

  /** atomic_fetch_add and the like (and, from its result, atomic_add_return): returns the old value. */
  long fetch(int location, RmwOperation operation, long operand, Ordering ordering);

  /** xchg. */
  long exchange(int location, long value, Ordering ordering);

  /** cmpxchg: returns the value read; no order if it failed. */
  long compareExchange(int location, long expected, long desired, Ordering ordering);

  /** test_and_set_bit: full order whatever the bit was; true if it was already set. */
  boolean testAndSetBit(int location, int bit);

  /** test_and_clear_bit: full order; true if it was set. */
  boolean testAndClearBit(int location, int bit);

  /** test_and_set_bit_lock: acquire. */
  boolean testAndSetBitLock(int location, int bit);

  /** clear_bit_unlock: release. */
  void clearBitUnlock(int location, int bit);

  // ---- spin locks: 0 free, 1 held ---------------------------------------------------------------------------------------

  /** Acquires the lock word, spinning. */
  void spinLock(int location);

  /** One attempt; true on success. */
  boolean spinTryLock(int location);

  /** Releases the lock word. */
  void spinUnlock(int location);
}
