package dev.regardless.cli;

/** A line on the terminal that counts what is done; nothing where there is no terminal. */
final class Progress {
  private static final long INTERVAL_NANOSECONDS = 200_000_000L;
  private static final int LEAST = 20;

  private final boolean terminal;
  private int total;
  private int done;
  private long shownAt;
  private boolean shown;

  Progress() {
    terminal = System.console() != null && System.console().isTerminal();
  }

  void begin(int tests) {
    total = tests;
    shownAt = System.nanoTime();
  }

  void step() {
    done++;
    long now = System.nanoTime();
    if (terminal && total >= LEAST && now - shownAt > INTERVAL_NANOSECONDS) {
      shownAt = now;
      shown = true;
      System.err.print("\r" + done + " of " + total + " tests");
      System.err.flush();
    }
  }

  /** Takes the line away before something else is printed. */
  void clear() {
    if (shown) {
      System.err.print("\r\u001b[K");
      System.err.flush();
      shown = false;
    }
  }
}
