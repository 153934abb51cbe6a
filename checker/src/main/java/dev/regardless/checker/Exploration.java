package dev.regardless.checker;

import dev.regardless.machine.Architecture;
import dev.regardless.scenario.Scenario;

/**
 * A single-threaded exploration that can be repeated: what benchmarks measure. Its graphs are kept from one run to the next,
 * so that a warm run allocates nothing for each execution.
 */
public final class Exploration {

  private final Worker worker;

  /** Sets the scenario up. */
  public Exploration(Scenario scenario, Architecture architecture, CheckSettings settings) {
    this.worker = new Worker(scenario, architecture, settings, 0, new ThreadNumbers());
  }

  /**
   * Explores everything, once more.
   *
   * @return number of complete executions
   * @throws IllegalStateException if an execution violates a property
   */
  public long run() {
    long before = worker.totals.executions;
    worker.explorer.explore();
    if (worker.totals.violations > 0) {
      throw new IllegalStateException("a property is violated");
    }
    return worker.totals.executions - before;
  }
}
