package dev.regardless.checker;

/** What interrupts an exploration between two executions. */
interface Control {

  /** Nobody ever wants anything. */
  Control NONE = new Control() {
    @Override
    public boolean isAttentionWanted() {
      return false;
    }

    @Override
    public void attend(Explorer explorer) {
      // Never called.
    }
  };

  /** Asked after each execution; must be quick. */
  boolean isAttentionWanted();

  /** Called after an execution if attention was wanted; may stop or split the explorer. */
  void attend(Explorer explorer);
}
