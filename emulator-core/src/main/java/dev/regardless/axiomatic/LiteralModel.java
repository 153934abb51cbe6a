package dev.regardless.axiomatic;

import java.util.Optional;
import java.util.ServiceLoader;

/** A memory model as its published axioms, judging one whole execution. Slow on purpose; implementations are stateless. */
public interface LiteralModel {
  /** The model's name, the same as that of its {@link LocalOrder}. */
  String name();

  /** Whether the model allows the execution. */
  boolean allows(CandidateExecution execution);

  /** The model with this name. */
  static Optional<LiteralModel> named(String name) {
    for (LiteralModel model : ServiceLoader.load(LiteralModel.class)) {
      if (model.name().equalsIgnoreCase(name)) {
        return Optional.of(model);
      }
    }
    return Optional.empty();
  }
}
