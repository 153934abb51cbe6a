package dev.regardless.checker;

import dev.regardless.execution.ExecutionGraph;
import dev.regardless.execution.Signature;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What to say about an execution in which threads wait for ever. */
final class Hangs {

  private Hangs() {}

  static int firstWaiting(Explorer explorer) {
    for (int thread = 0; thread < explorer.frame().threads; thread++) {
      if (explorer.isWaiting(thread)) {
        return thread;
      }
    }
    return -1;
  }

  /** Names every waiting thread, what it waits for, and the value that stays. */
  static String message(Explorer explorer) {
    List<String> waits = new ArrayList<>();
    for (int thread = 0; thread < explorer.frame().threads; thread++) {
      if (explorer.isWaiting(thread)) {
        waits.add(wait(explorer, thread));
      }
    }
    return "nobody can run: " + String.join("; ", waits);
  }

  private static String wait(Explorer explorer, int thread) {
    Frame frame = explorer.frame();
    ExecutionGraph graph = explorer.graph();
    if (Frame.isGracePeriod(frame.status[thread])) {
      return "%s waits for a grace period, and a reader stays inside its section".formatted(
          explorer.threads().name(thread));
    }
    boolean stuck = frame.status[thread] == Frame.STUCK;
    int event = graph.lastOf(thread);
    int signature = stuck ? graph.signature(event) : frame.waitSignature[thread];
    int location = stuck ? graph.location(event) : frame.waitLocation[thread];
    long operand = stuck ? graph.operand(event) : frame.waitOperand[thread];
    return "%s waits for %s to be %s %d, and it stays %d".formatted(
        explorer.threads().name(thread),
        explorer.machine().memory().nameOf(location),
        Signature.condition(signature).name().toLowerCase(Locale.ROOT).replace('_', ' '),
        operand,
        graph.finalValue(location));
  }
}
