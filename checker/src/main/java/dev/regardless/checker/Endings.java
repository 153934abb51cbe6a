package dev.regardless.checker;

import dev.regardless.execution.ExecutionGraph;
import dev.regardless.execution.Signature;
import dev.regardless.machine.PropertyKind;
import dev.regardless.memory.Memory;
import org.jspecify.annotations.Nullable;

/** What an execution is once nothing can be added to it, and violations that show without any thread running. */
final class Endings {

  private final Explorer explorer;
  private final ExecutionListener listener;
  private @Nullable Runnable endCheck;

  Endings(Explorer explorer, ExecutionListener listener) {
    this.explorer = explorer;
    this.listener = listener;
  }

  /** What is to be checked at the end of each complete execution; threads then have run on that execution. */
  void atEnd(Runnable check) {
    endCheck = check;
  }

  private ExecutionGraph graph() {
    return explorer.graph();
  }

  private Frame frame() {
    return explorer.frame();
  }

  /** Nothing can be added: tells the listener what this is. */
  void ended() {
    boolean waits = false;
    boolean forever = true;
    boolean cut = false;
    boolean stays = false;
    for (int thread = 0; thread < frame().threads; thread++) {
      byte status = frame().status[thread];
      if (status != Frame.DONE && status != Frame.FAILED && explorer.exists(thread)) {
        waits = true;
        stays |= status == Frame.STAYS;
        cut |= status == Frame.CUT;
        forever &= status != Frame.CUT && status != Frame.STAYS && !seesEndOfWait(thread, status);
      }
    }
    if (explorer.isUnreal() || !settle()) {
      return;
    }
    if (stays) {
      beforeGracePeriod();
    } else if (!waits) {
      completed();
    } else if (forever) {
      hang();
    } else if (cut) {
      listener.cut(graph());
    } else {
      listener.blocked(graph());
    }
  }

  /** The execution is real: reports what was left open until that was known. False if there is anything to report. */
  private boolean settle() {
    if (!explorer.sections().usesRcu()) {
      return true;
    }
    for (int thread = 0; thread < frame().threads; thread++) {
      boolean failed = frame().status[thread] == Frame.FAILED;
      if ((failed || frame().unsettled[thread]) && explorer.exists(thread) && !explorer.settle(thread)) {
        return false;
      }
    }
    for (int write = 0; write < graph().size(); write++) {
      if (graph().isWrite(write) && showsFreed(write)) {
        return false;
      }
    }
    return true;
  }

  /**
   * Only grace periods are left. If a reader waits inside its section for ever, all of them may have begun after it did: then
   * nobody goes on. Nor does a reader that has failed there: no grace period that begins after this ends, which could tell
   * whether the failure is real.
   */
  void beforeGracePeriod() {
    if (hasReaderFailed()) {
      if (!explorer.isUnreal()) {
        settle();
      }
    } else if (isReaderStuck() && !explorer.isUnreal()) {
      hang();
    }
  }

  private boolean hasReaderFailed() {
    for (int thread = 0; thread < frame().threads; thread++) {
      if (frame().status[thread] == Frame.FAILED && frame().inSection[thread] && explorer.exists(thread)) {
        return true;
      }
    }
    return false;
  }

  // Whether a reader waits inside its section for ever, and so does everybody else.
  private boolean isReaderStuck() {
    boolean stuck = false;
    for (int thread = 0; thread < frame().threads; thread++) {
      byte status = frame().status[thread];
      if (status == Frame.DONE || Frame.isGracePeriod(status) || !explorer.exists(thread)) {
        continue;
      }
      if (status == Frame.CUT || status == Frame.FAILED || seesEndOfWait(thread, status)) {
        return false;
      }
      stuck |= frame().inSection[thread];
    }
    return stuck;
  }

  /** Some threads wait for ever; what one waits for may have been freed, which is the worse news. */
  private void hang() {
    for (int thread = 0; thread < frame().threads; thread++) {
      boolean waits = explorer.isWaiting(thread) && !Frame.isGracePeriod(frame().status[thread]);
      if (waits && graph().finalValue(waitLocation(thread)) == Memory.FREED) {
        String name = explorer.machine().memory().nameOf(waitLocation(thread));
        listener.violated(graph(), PropertyKind.USE_AFTER_FREE, "waits for %s, which is freed".formatted(name), thread);
        return;
      }
    }
    listener.violated(graph(), PropertyKind.HANG, Hangs.message(explorer), Hangs.firstWaiting(explorer));
  }

  private int waitLocation(int thread) {
    boolean stuck = frame().status[thread] == Frame.STUCK;
    return stuck ? graph().location(graph().lastOf(thread)) : frame().waitLocation[thread];
  }

  private void completed() {
    if (endCheck == null) {
      listener.complete(graph());
      return;
    }
    if (!refresh()) {
      return;
    }
    explorer.machine().enterEnd(frame());
    try {
      endCheck.run();
    } catch (Unwound reason) {
      return;
    } finally {
      explorer.machine().leaveEnd();
    }
    listener.complete(graph());
  }

  /** Runs threads again whose last run was on another graph, for what they left outside the graph(). */
  private boolean refresh() {
    for (int thread = 0; thread < frame().threads; thread++) {
      if (explorer.exists(thread) && !explorer.machine().isFresh(frame(), thread) && !explorer.run(thread)) {
        return false;
      }
    }
    return true;
  }

  /** Whether the new place of a write is next to a free; the listener has been told then. */
  boolean showsFreed(int write) {
    try {
      checkFreed(write);
      return false;
    } catch (Unwound reason) {
      return true;
    }
  }

  /** Reports a write after a free, a free before a write, a second free. */
  void checkFreed(int write) {
    int location = graph().location(write);
    int prior = graph().coPrevious(write);
    if (prior >= 0 && graph().value(prior) == Memory.FREED) {
      wroteFreed(prior, write, location);
    }
    int next = graph().coNext(write, location);
    if (next >= 0 && graph().value(write) == Memory.FREED) {
      wroteFreed(write, next, location);
    }
  }

  private void wroteFreed(int free, int write, int location) {
    if (explorer.isUnreal()) {
      return; // looked at again in the end
    }
    String name = explorer.machine().memory().nameOf(location);
    if (graph().value(write) == Memory.FREED) {
      explorer.violation(
          PropertyKind.DOUBLE_FREE,
          "%s is freed by %s and again by %s"
              .formatted(name, explorer.threads().name(graph().thread(free)),
                  explorer.threads().name(graph().thread(write))),
          graph().thread(write));
    } else {
      explorer.violation(PropertyKind.USE_AFTER_FREE, "wrote %s, which is freed".formatted(name),
          graph().thread(write));
    }
  }

  // A waiting thread sees the last write of a location sooner or later.
  private boolean seesEndOfWait(int thread, byte status) {
    if (status == Frame.STUCK) {
      int read = graph().lastOf(thread);
      return Choices.satisfies(graph(), read, graph().coLast(graph().location(read)));
    }
    int signature = frame().waitSignature[thread];
    return Signature.condition(signature).holds(graph().finalValue(frame().waitLocation[thread]),
        frame().waitOperand[thread]);
  }
}
