package dev.regardless.checker;

import dev.regardless.execution.ExecutionGraph;
import dev.regardless.execution.Signature;

/**
 * Emulated code did something else when it was run again with the same values: it uses a clock, an unordered collection or
 * Java state. Nothing can be said about such a scenario. The message names the access that differed.
 */
public final class NondeterminismException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  NondeterminismException(String who, String difference) {
    super("%s is not deterministic: %s; emulated code may depend only on its thread and on what it reads"
        .formatted(who, difference));
  }

  /** The thread did not repeat an event of the graph. */
  static NondeterminismException instead(Explorer explorer, int thread, int event, String found) {
    ExecutionGraph graph = explorer.graph();
    return new NondeterminismException(
        explorer.threads().name(thread),
        "where it did %s before, %s now".formatted(
            describe(explorer, graph.signature(event), graph.location(event), graph.value(event)), found));
  }

  static String does(Explorer explorer, int signature, int location, long value) {
    return "it does " + describe(explorer, signature, location, value);
  }

  /** Whether the thread, run again, may go beyond its events with this access. */
  static void checkBeyond(Explorer explorer, int thread, int signature, int location, long value) {
    Frame frame = explorer.frame();
    byte status = frame.status[thread];
    boolean waited = status == Frame.WAITING;
    if (status == Frame.DONE) {
      throw new NondeterminismException(
          explorer.threads().name(thread),
          "where it had ended before, " + does(explorer, signature, location, value) + " now");
    }
    if (waited && (signature != frame.waitSignature[thread] || location != frame.waitLocation[thread])) {
      throw new NondeterminismException(
          explorer.threads().name(thread),
          "where it waited for %s before, %s now".formatted(
              explorer.machine().memory().nameOf(frame.waitLocation[thread]),
              does(explorer, signature, location, value)));
    }
  }

  private static String describe(Explorer explorer, int signature, int location, long value) {
    return switch (Signature.kind(signature)) {
      case Signature.READ -> "a read of " + explorer.machine().memory().nameOf(location);
      case Signature.WRITE -> "a write of %d to %s".formatted(value, explorer.machine().memory().nameOf(location));
      case Signature.GRACE_PERIOD -> "a grace period";
      default -> "the start of " + explorer.threads().name(location);
    };
  }
}
