package dev.regardless.machine;

/**
 * Annotation bits of one memory access, as the architecture's instructions have them (MODELS: A, Q, L, X). An access is
 * the bit-wise or of these; 0 is a plain access.
 */
public final class Access {

  /** An ordinary access that the compiler may merge or tear: C's plain access. */
  public static final int PLAIN = 0;

  /** READ_ONCE/WRITE_ONCE: one whole access, otherwise unordered. */
  public static final int ONCE = 1;

  /** Acquire, e.g. LDAR, LDAXR, the load of LDADDA (Arm ARM B2.3, event set A). */
  public static final int ACQUIRE = 1 << 1;

  /** Acquire-RCpc, e.g. LDAPR (event set Q). */
  public static final int ACQUIRE_PC = 1 << 2;

  /** Release, e.g. STLR, STLXR, the store of LDADDL (event set L). */
  public static final int RELEASE = 1 << 3;

  /** Half of a load-exclusive/store-exclusive pair. */
  public static final int EXCLUSIVE = 1 << 4;

  /** An x86 locked instruction (LOCK prefix, or XCHG with memory). */
  public static final int LOCKED = 1 << 5;

  /** The value read is discarded (ST&lt;op&gt; forms, destination XZR): not a read for DMB LD. */
  public static final int NO_RETURN = 1 << 6;

  private Access() {}

  /** Whether all of {@code bits} are set in {@code access}. */
  public static boolean has(int access, int bits) {
    return (access & bits) == bits;
  }
}
