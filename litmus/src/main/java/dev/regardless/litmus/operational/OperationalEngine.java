package dev.regardless.litmus.operational;

import dev.regardless.isa.UnsupportedTestException;
import dev.regardless.litmus.engine.Exploration;
import dev.regardless.litmus.engine.ExplorationLimits;
import dev.regardless.litmus.engine.LitmusEngine;
import dev.regardless.litmus.test.LitmusTest;
import dev.regardless.operational.BufferedModel;
import dev.regardless.operational.ViewModel;
import java.util.Optional;

/**
 * Finds all outcomes by running the test on a machine that behaves as the model says. It counts states, not executions:
 * witness numbers are 1 for each outcome.
 */
public final class OperationalEngine implements LitmusEngine {
  /** How many states are visited if nothing else is asked for. */
  public static final long DEFAULT_STATES = 10_000_000;

  @Override
  public String name() {
    return "operational";
  }

  @Override
  public Exploration explore(LitmusTest test, String model, ExplorationLimits limits) {
    ExplorationLimits bounded = new ExplorationLimits(
        limits.states() == ExplorationLimits.DEFAULT.states() ? DEFAULT_STATES : limits.states(), limits.milliseconds(),
        limits.unrollings(), limits.examples());
    Optional<BufferedModel> buffered = BufferedModel.named(model);
    if (buffered.isPresent()) {
      return new BufferedSearch(test, buffered.get(), bounded).explore();
    }
    ViewModel views = ViewModel.named(model).orElseThrow(
        () -> new UnsupportedTestException(test.source() + ": not supported: memory model '" + model + "'"));
    return new PromiseSearch(test, views, bounded).explore();
  }
}
