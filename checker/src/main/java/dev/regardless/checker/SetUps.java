package dev.regardless.checker;

import dev.regardless.execution.Event;
import dev.regardless.execution.Execution;
import java.util.function.Supplier;

/**
 * Finds out whether a scenario sets itself up the same way every time: workers, checkpoints and later checks rely on it. A
 * set-up that goes by the order of a hash table or by a clock shows in the first execution.
 */
final class SetUps {

  private static final int TIMES = 2;

  private SetUps() {}

  /**
   * Compares the first execution of a worker, who has done nothing yet, with those of other set-ups.
   *
   * @throws NondeterminismException naming the first access that differs
   */
  static void compare(Worker worker, Supplier<Worker> another) {
    Execution first = worker.firstExecution();
    for (int i = 0; i < TIMES; i++) {
      Worker other = another.get();
      compare(worker, first, other, other.firstExecution());
    }
  }

  private static void compare(Worker worker, Execution first, Worker other, Execution second) {
    for (int e = 0; e < Math.max(first.size(), second.size()); e++) {
      String one = e < first.size() ? text(worker, first.event(e)) : "nothing";
      String two = e < second.size() ? text(other, second.event(e)) : "nothing";
      if (!one.equals(two)) {
        throw new NondeterminismException(
            "the set-up", "event %d of the first execution was %s before, is %s now".formatted(e, one, two));
      }
    }
  }

  private static String text(Worker worker, Event event) {
    String thread = worker.explorer.threads().name(event.thread());
    if (event.isSpawn()) {
      return "the start of %s by %s".formatted(worker.explorer.threads().name(event.location()), thread);
    }
    return "a %s of %s with value %d by %s".formatted(
        event.isRead() ? "read" : "write", worker.explorer.machine().memory().nameOf(event.location()), event.value(),
        thread);
  }
}
