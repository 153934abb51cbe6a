package dev.regardless.axiomatic;

import java.util.Optional;
import java.util.ServiceLoader;

/** The thread-local part of a memory model's order. Implementations are stateless. */
public interface LocalOrder {
  /** The model's name: {@code sc}, {@code x86-tso}, {@code armv8}. */
  String name();

  /**
   * Which events of a thread are ordered before which, whatever other threads do.
   *
   * @return for each event the mask of events ordered after it; need not be transitive
   */
  long[] order(LocalEvents events);

  /** The model with this name. */
  static Optional<LocalOrder> named(String name) {
    for (LocalOrder model : ServiceLoader.load(LocalOrder.class)) {
      if (model.name().equalsIgnoreCase(name)) {
        return Optional.of(model);
      }
    }
    return Optional.empty();
  }
}
