package dev.regardless.checker;

import static dev.regardless.execution.ExecutionGraph.NONE;

import dev.regardless.execution.ExecutionGraph;
import dev.regardless.execution.Signature;

/**
 * Whose turn it is. Any order finds the same executions; this one makes threads wait while nothing satisfies them, and lets
 * a grace period end only when nobody else can run: if a reader is stuck inside its section then, that is a hang. Where several
 * wait, the first also stays in a second alternative, so that others end without it.
 */
final class Turns {

  // Phases of a grace period's event; neither is Explorer.GIVEN.
  private static final int ENDS = 0;
  private static final int MAY_STAY = 1;

  private final Explorer explorer;
  private final Choices choices;
  private int crossing = NONE;
  private boolean others;

  Turns(Explorer explorer, Choices choices) {
    this.explorer = explorer;
    this.choices = choices;
  }

  /** The thread that runs next, or NONE. If it waited, its wait is over: should it go on waiting, its run says so. */
  int next() {
    Frame frame = explorer.frame();
    int thread = next(frame);
    if (thread != NONE) {
      frame.status[thread] = Frame.RUN;
    }
    return thread;
  }

  private int next(Frame frame) {
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
    int first = NONE;
    int waiting = 0;
    for (int thread = frame.threads - 1; thread >= 0; thread--) {
      if (frame.status[thread] == Frame.GRACE && explorer.exists(thread)) {
        first = thread;
        waiting++;
      }
    }
    if (first != NONE) {
      int newest = frame.graph.size() - 1;
      if (newest < 0 || !Signature.isEndless(frame.graph.signature(newest))) {
        explorer.endings().beforeGracePeriod();
      }
      crossing = first;
      others = waiting > 1;
    }
    return first;
  }

  /**
   * Ends the thread's grace period if it is its turn.
   *
   * @throws Unwound if not
   */
  void endGracePeriod(int thread, int signature) {
    Frame frame = explorer.frame();
    if (crossing != thread) {
      frame.status[thread] = Frame.GRACE;
      throw Unwound.BLOCKED;
    }
    crossing = NONE;
    int event = frame.graph.append(signature, thread, thread, 0, NONE, NONE);
    frame.graph.phase(event, others ? MAY_STAY : ENDS);
  }

  /** Whether a grace period has never to end as its second alternative, which has not been tried. */
  static boolean mayStay(ExecutionGraph graph, int event) {
    return Signature.isGracePeriod(graph.signature(event)) && graph.phase(event) == MAY_STAY;
  }

  /** The second alternative of the newest event, if it is a grace period that has one: never to end. */
  boolean stay(int event) {
    Frame frame = explorer.frame();
    ExecutionGraph graph = frame.graph;
    if (!mayStay(graph, event)) {
      return false;
    }
    int thread = graph.thread(event);
    int signature = graph.signature(event);
    graph.removeLast();
    graph.phase(graph.append(Signature.endless(signature), thread, thread, 0, NONE, NONE), ENDS);
    frame.status[thread] = Frame.STAYS;
    return true;
  }
}
