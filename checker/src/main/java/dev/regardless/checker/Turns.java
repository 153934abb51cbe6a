package dev.regardless.checker;

import static dev.regardless.execution.ExecutionGraph.NONE;

/**
 * Whose turn it is. Any order finds the same executions; this one makes threads wait while nothing satisfies them, and lets
 * a grace period end only when nobody else can run: if a reader is stuck inside its section then, that is a hang.
 */
final class Turns {

  private final Explorer explorer;
  private final Choices choices;
  private int crossing = NONE;

  Turns(Explorer explorer, Choices choices) {
    this.explorer = explorer;
    this.choices = choices;
  }

  /** The thread that runs next, or NONE. */
  int next() {
    Frame frame = explorer.frame();
    for (int thread = 0; thread < frame.threads; thread++) {
      byte status = frame.status[thread];
      if (status == Frame.RUN) {
        if (explorer.exists(thread)) {
          return thread;
        }
      } else if (status == Frame.WAITING && isEnabled(frame, thread)) {
        return thread;
      }
    }
    return explorer.sections().usesGracePeriods() ? nextGracePeriod(frame) : NONE;
  }

  private boolean isEnabled(Frame frame, int thread) {
    return choices.isEnabled(
        frame.graph, frame.graph.lastOf(thread), frame.waitSignature[thread], frame.waitLocation[thread],
        frame.waitOperand[thread]);
  }

  private int nextGracePeriod(Frame frame) {
    for (int thread = 0; thread < frame.threads; thread++) {
      if (frame.status[thread] == Frame.GRACE && explorer.exists(thread)) {
        explorer.endings().beforeGracePeriod();
        crossing = thread;
        return thread;
      }
    }
    return NONE;
  }

  /** Whether it is the thread's turn to end its grace period. It then does. */
  boolean mayEndGracePeriod(int thread) {
    boolean may = crossing == thread;
    crossing = NONE;
    return may;
  }
}
