package dev.regardless.cli.run;

import java.io.PrintWriter;
import java.util.Locale;

/** A line on the terminal that says how far a run is; nothing where there is no terminal. */
final class RunProgress implements AutoCloseable {

  private static final long INTERVAL_MILLIS = 250;
  private static final double MILLION = 1e6;

  private final Simulation simulation;
  private final String name;
  private final PrintWriter err;
  private final Thread thread;
  private final long start = System.nanoTime();
  private volatile boolean ended;

  RunProgress(Simulation simulation, String name, PrintWriter err) {
    this.simulation = simulation;
    this.name = name;
    this.err = err;
    this.thread = Thread.ofPlatform().daemon().name("progress").unstarted(this::show);
    if (System.console() != null && System.console().isTerminal()) {
      thread.start();
    }
  }

  private void show() {
    while (!ended) {
      try {
        Thread.sleep(INTERVAL_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
      double seconds = (System.nanoTime() - start) / 1e9;
      double accesses = simulation.accessesSoFar() / MILLION;
      err.printf(
          Locale.ROOT,
          "\r%s: %d runs, %.1f million accesses, %.0f s ",
          name,
          simulation.runsDone(),
          accesses,
          seconds);
      err.flush();
    }
    err.print("\r" + " ".repeat(78) + "\r");
    err.flush();
  }

  @Override
  public void close() {
    ended = true;
    try {
      if (thread.isAlive()) {
        thread.interrupt();
        thread.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
