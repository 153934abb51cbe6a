package dev.regardless.axiomatic;

/** The thread-local part of a memory model's order, found by {@link LocalOrders}. Implementations are stateless. */
public interface LocalOrder {
  /** The model's name: {@code sc}, {@code x86-tso}, {@code armv8}. */
  String name();

  /**
   * Which events of a thread are ordered before which, whatever other threads do.
   *
   * @return for each event the mask of events ordered after it; need not be transitive
   */
  long[] order(LocalEvents events);
}
