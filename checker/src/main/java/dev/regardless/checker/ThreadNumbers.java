package dev.regardless.checker;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The indices of spawned threads, the same for all workers of a check: kernel code stores them in cells and indexes arrays
 * by them, so that a graph means the same to every worker. Safe for use by several workers at a time.
 */
final class ThreadNumbers {

  /** By whom, and which of its threads, in the order of the indices. */
  record Origin(int spawner, int counter) {}

  private final Map<Origin, Integer> known = new HashMap<>();
  private final List<Origin> origins = new ArrayList<>();

  /** The number of a spawned thread, from 0 on, which is new if nobody asked for it before. */
  synchronized int of(int spawner, int counter) {
    Origin origin = new Origin(spawner, counter);
    Integer number = known.get(origin);
    if (number == null) {
      number = origins.size();
      known.put(origin, number);
      origins.add(origin);
    }
    return number;
  }

  /** Where the thread with that number came from. */
  synchronized Origin origin(int number) {
    return origins.get(number);
  }

  /** Takes over the numbers that the writers of the units used: each unit lists the first of them, in order. */
  void restore(List<WorkUnit> units) {
    for (WorkUnit unit : units) {
      for (int at = 0; at < unit.threads().length; at += 3) {
        of(unit.threads()[at], unit.threads()[at + 1]);
      }
    }
  }
}
