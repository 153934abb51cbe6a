package dev.regardless.checker;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * What is left to explore, shared by the workers. A worker without work makes the others give: each gives what remains at
 * its shallowest open event. For a checkpoint all workers stop between two executions and add what remains to them.
 */
final class Frontier {

  private static final int COUNTED_TOGETHER = 64;
  /** So close to the limit every execution is counted at once. */
  private static final long CLOSE = 4096;

  private final Deque<WorkUnit> units = new ArrayDeque<>();
  private final int workers;
  private final long limit;
  private final AtomicLong executions = new AtomicLong();
  private int idle;
  private boolean ended;
  private volatile boolean attention;
  private volatile boolean stopped;
  private boolean snapshotWanted;
  private int snapshots;
  private List<WorkUnit> snapshot = new ArrayList<>();
  private String reason = "";

  Frontier(int workers, long limit) {
    this.workers = workers;
    this.limit = limit;
  }

  // ---- workers ------------------------------------------------------------------------------------------------------------

  synchronized void put(WorkUnit unit) {
    units.add(unit);
    notifyAll();
  }

  /** The next unit; waits for one; null if there is and will be none. */
  synchronized @Nullable WorkUnit take() throws InterruptedException {
    idle++;
    if (idle == workers && units.isEmpty()) {
      ended = true;
    }
    notifyAll();
    while (!ended && !stopped && (units.isEmpty() || snapshotWanted)) {
      attention = true;
      wait();
    }
    if (ended || stopped) {
      return null;
    }
    idle--;
    attention = isAttentionNeeded();
    return units.remove();
  }

  private boolean isAttentionNeeded() {
    return stopped || snapshotWanted || (idle > 0 && units.isEmpty());
  }

  /** What a worker's explorer asks after each execution. */
  Control control(Worker worker) {
    return new Control() {
      private long counted;

      @Override
      public boolean isAttentionWanted() {
        long more = worker.totals.all() - counted;
        if (more >= COUNTED_TOGETHER || (more > 0 && limit - executions.get() < CLOSE)) {
          counted += more;
          if (executions.addAndGet(more) >= limit) {
            stop("%,d executions".formatted(limit));
          }
        }
        return attention;
      }

      @Override
      public void attend(Explorer explorer) {
        Frontier.this.attend(worker);
      }
    };
  }

  private synchronized void attend(Worker worker) {
    if (stopped) {
      worker.halt();
      return;
    }
    if (snapshotWanted) {
      UnitWriter.frontier(worker.explorer, snapshot);
      snapshots++;
      notifyAll();
      try {
        while (snapshotWanted) {
          wait();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        worker.halt();
        return;
      }
    }
    if (idle > 0 && units.isEmpty()) {
      WorkUnit unit = UnitWriter.split(worker.explorer);
      if (unit != null) {
        units.add(unit);
        notifyAll();
      }
    }
    attention = isAttentionNeeded();
  }

  // ---- the one who waits ----------------------------------------------------------------------------------------------------

  /** Ends the exploration; the first reason given stays. */
  synchronized void stop(String why) {
    if (!stopped && !ended) {
      reason = why;
      stopped = true;
    }
    attention = true;
    notifyAll();
  }

  synchronized String reason() {
    return reason;
  }

  synchronized boolean hasEnded() {
    return ended || stopped;
  }

  long executions() {
    return executions.get();
  }

  /** Everything that remains once all workers have ended: what they had not begun, and what they were halted at. */
  synchronized List<WorkUnit> remaining(List<Worker> all) {
    List<WorkUnit> result = new ArrayList<>(units);
    for (Worker worker : all) {
      if (worker.isHalted()) {
        UnitWriter.frontier(worker.explorer, result);
      }
    }
    return result;
  }

  /** Everything that remains and everything counted at one moment; null if the exploration ended meanwhile. */
  synchronized @Nullable Checkpoint checkpoint(List<Worker> all) throws InterruptedException {
    snapshot = new ArrayList<>();
    snapshots = 0;
    snapshotWanted = true;
    attention = true;
    while (!ended && !stopped && snapshots + idle < workers) {
      wait(100);
    }
    Checkpoint result = null;
    if (!stopped && (snapshots + idle == workers)) {
      snapshot.addAll(units);
      Totals totals = new Totals();
      for (Worker worker : all) {
        totals.add(worker.totals);
      }
      result = new Checkpoint(totals, snapshot);
    }
    snapshotWanted = false;
    attention = isAttentionNeeded();
    notifyAll();
    return result;
  }
}
