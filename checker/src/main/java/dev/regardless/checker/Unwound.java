package dev.regardless.checker;

/** Ends the Java call of an emulated thread; one instance for each reason, without a stack trace. */
final class Unwound extends Error {

  private static final long serialVersionUID = 1L;

  /** The thread waits for a value that the graph does not have; other threads go on. */
  static final Unwound BLOCKED = new Unwound("blocked");

  /** The graph cannot be extended: nothing more to see here. */
  static final Unwound PRUNED = new Unwound("pruned");

  private Unwound(String reason) {
    super(reason, null, false, false);
  }
}
