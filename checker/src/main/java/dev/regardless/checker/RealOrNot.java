package dev.regardless.checker;

/**
 * Whether the explorer's current graph can be real as far as RCU goes. Graphs that cannot are passed through, for a revisit on
 * the way on may lead to one that can; they are not counted, and nothing that they violate is reported.
 */
final class RealOrNot {

  private final Explorer explorer;
  private final GraceOrder graceOrder = new GraceOrder();
  private boolean[] open = new boolean[8];

  RealOrNot(Explorer explorer) {
    this.explorer = explorer;
  }

  /** Whether a grace period ended that had to wait for a reader which has not ended, or did not wait as it should have. */
  boolean isUnreal() {
    Frame frame = explorer.frame();
    if (open.length < frame.threads) {
      open = new boolean[frame.threads * 2];
    }
    for (int thread = 0; thread < frame.threads; thread++) {
      byte status = frame.status[thread];
      open[thread] = status == Frame.RUN || (status != Frame.DONE && frame.inSection[thread]);
    }
    return !graceOrder.holds(frame.graph, open);
  }
}
