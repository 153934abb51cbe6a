package dev.regardless.operational;

import dev.regardless.isa.FenceKind;
import java.util.Optional;
import java.util.ServiceLoader;

/** A memory that is an array of cells, perhaps behind one first-in first-out store buffer for each thread. Stateless. */
public interface BufferedModel {
  /** The model's name: {@code sc}, {@code x86-tso}. */
  String name();

  /** Whether ordinary stores wait in a buffer; if not, every access acts on memory at once. */
  boolean buffersStores();

  /** Whether a fence waits until its thread's buffer is empty. */
  boolean waits(FenceKind fence);

  /** The model with this name. */
  static Optional<BufferedModel> named(String name) {
    for (BufferedModel model : ServiceLoader.load(BufferedModel.class)) {
      if (model.name().equalsIgnoreCase(name)) {
        return Optional.of(model);
      }
    }
    return Optional.empty();
  }
}
