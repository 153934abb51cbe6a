package dev.regardless.emulation;

/** A suspended computation that its owner resumes: what an emulated thread's code runs on. */
abstract class Fiber {

  /** Runs the body until it next calls {@link #suspend} or returns. Called by the owner. */
  abstract void resume();

  /** Gives control back to the owner. Called from within the body. */
  abstract void suspend();

  /** Gives up an unfinished body for good. */
  void abandon() {
    // Continuations are simply collected.
  }

  /** A fiber for {@code body}, which is an endless loop of its own making. */
  static Fiber of(Runnable body) {
    return Continuations.AVAILABLE ? new ContinuationFiber(body) : new PlatformThreadFiber(body);
  }

  /** What fibers are made of on this virtual machine, for reports. */
  static String kind() {
    return Continuations.AVAILABLE ? "continuations" : "platform threads";
  }

  /** Whether the virtual machine exports its continuations to us ({@code --add-exports java.base/jdk.internal.vm}). */
  private static final class Continuations {
    static final boolean AVAILABLE = probe();

    private static boolean probe() {
      try {
        boolean[] ran = new boolean[1];
        new ContinuationFiber(() -> ran[0] = true).resume();
        return ran[0];
      } catch (IllegalAccessError e) {
        return false;
      }
    }
  }
}
