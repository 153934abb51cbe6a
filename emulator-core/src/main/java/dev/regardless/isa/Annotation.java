package dev.regardless.isa;

/** Bits that say how a memory access is ordered and paired; the vocabulary of herd's cat files in brackets. */
public final class Annotation {
  /** An ordinary access. */
  public static final int PLAIN = 0;
  /** Acquire [A]: LDAR, LDAXR, the read of LDADDA. */
  public static final int ACQUIRE = 1;
  /** Acquire, weaker towards earlier releases [Q]: LDAPR. */
  public static final int ACQUIRE_PC = 2;
  /** Release [L]: STLR, STLXR, the write of SWPL. */
  public static final int RELEASE = 4;
  /** One half of an exclusive pair, joined by the monitor [EX]: LDXR, STXR. */
  public static final int EXCLUSIVE = 8;
  /** One half of a single-instruction read-modify-write [X]: CAS, SWP, LOCK prefix. */
  public static final int ATOMIC = 16;
  /** A read whose result the architecture discards [NoRet]: STADD, SWP to the zero register. */
  public static final int NO_RETURN = 32;
  /** Ordered after the access before it in the same instruction: the halves of LDIAPP and STILP. */
  public static final int IN_ORDER = 64;
  /**
   * A write that need not wait for its data: what it stores may depend on a read without being ordered after it. The
   * published Armv8 model says so of store exclusives; the value still flows to later reads of the thread.
   */
  public static final int FREE_DATA = 128;
  /** Single-copy atomic together with the other accesses of its instruction that carry this bit: LDXP, STXP. */
  public static final int UNITED = 256;

  private Annotation() {}

  /** The bits as letters, in the order that herd's graphs use. */
  public static String text(int bits) {
    StringBuilder text = new StringBuilder();
    if ((bits & ATOMIC) != 0) {
      text.append('X');
    }
    if ((bits & EXCLUSIVE) != 0) {
      text.append('*');
    }
    if ((bits & ACQUIRE) != 0) {
      text.append("Acq");
    }
    if ((bits & ACQUIRE_PC) != 0) {
      text.append("AcqPc");
    }
    if ((bits & RELEASE) != 0) {
      text.append("Rel");
    }
    if ((bits & NO_RETURN) != 0) {
      text.append("NoRet");
    }
    return text.toString();
  }
}
