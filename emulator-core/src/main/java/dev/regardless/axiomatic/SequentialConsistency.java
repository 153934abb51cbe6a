package dev.regardless.axiomatic;

/** Sequential consistency: all of program order (Lamport, "How to make a multiprocessor...", 1979). */
public final class SequentialConsistency implements LocalOrder {
  @Override
  public String name() {
    return "sc";
  }

  @Override
  public long[] order(LocalEvents events) {
    long[] rows = new long[events.count()];
    for (int event = 0; event < rows.length; event++) {
      rows[event] = events.after(event);
    }
    for (int read = 0; read < rows.length; read++) {
      if (events.kind(read) == LocalEvents.Kind.READ) {
        rows[read] |= events.atomicPartners(read);
      }
    }
    return rows;
  }
}
