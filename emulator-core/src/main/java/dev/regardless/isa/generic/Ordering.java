package dev.regardless.isa.generic;

/** How a generic access is ordered by itself. */
public enum Ordering {
  /** Not at all. */
  PLAIN(""),
  /** Before everything after it; a read, or the read of a read-modify-write. */
  ACQUIRE("acquire"),
  /** As acquire, but an earlier release may be overtaken (RCpc). */
  ACQUIRE_PC("acquirepc"),
  /** After everything before it; a write, or the write of a read-modify-write. */
  RELEASE("release"),
  /** Both; read-modify-writes only. */
  ACQUIRE_RELEASE("acqrel");

  private final String suffix;

  Ordering(String suffix) {
    this.suffix = suffix;
  }

  /** What the dialect writes after the dot; empty for plain. */
  public String suffix() {
    return suffix;
  }

  /** Whether a read of this ordering comes before everything after it. */
  public boolean acquires() {
    return this == ACQUIRE || this == ACQUIRE_RELEASE;
  }

  /** Whether a write of this ordering comes after everything before it. */
  public boolean releases() {
    return this == RELEASE || this == ACQUIRE_RELEASE;
  }
}
