package dev.regardless.checker;

import dev.regardless.execution.ExecutionGraph;
import dev.regardless.machine.Architecture;
import dev.regardless.machine.PropertyKind;
import dev.regardless.scenario.Scenario;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Estimates how many executions there are. The same check gives the same estimate: seed and effort are fixed. */
final class Estimator implements ExecutionListener {

  private static final int DESCENTS = 10_000;
  /** Events of all descents together: what bounds the effort for large executions. */
  private static final long EVENTS = 200_000;
  private static final int FEWEST = 20;
  private static final long SEED = 1975;

  private final Revisits revisits = new Revisits();
  private final RandomChoices choices = new RandomChoices(SEED, revisits);
  private final Sampler sampler;
  private boolean leaf;
  private long events;

  Estimator(Scenario scenario, Architecture architecture, CheckSettings settings) {
    this.sampler = new Sampler(
        architecture, settings.variantOn(architecture), settings.weakened(), architecture.memoryModel(), this, choices,
        revisits);
    scenario.setUp(new Context(sampler, settings.parameters(), scenario));
  }

  /** Descends; null if it was stopped before it could say anything. */
  @Nullable
  Estimate run(BooleanSupplier stop) {
    double sum = 0;
    double squares = 0;
    int descents = 0;
    while (descents < DESCENTS && (descents < FEWEST || events < EVENTS) && !stop.getAsBoolean()) {
      leaf = false;
      sampler.descend();
      double found = leaf ? choices.weight() : 0;
      sum += found;
      squares += found * found;
      descents++;
      events += sampler.graph().size();
    }
    if (descents < FEWEST) {
      return null;
    }
    double mean = sum / descents;
    double variance = Math.max(0, squares / descents - mean * mean) / (descents - 1);
    return new Estimate(mean, Math.sqrt(variance), descents);
  }

  @Override
  public void complete(ExecutionGraph graph) {
    leaf = true;
  }

  @Override
  public void blocked(ExecutionGraph graph) {
    leaf = true;
  }

  @Override
  public void cut(ExecutionGraph graph) {
    leaf = true;
  }

  @Override
  public void violated(ExecutionGraph graph, PropertyKind kind, String message, int thread) {
    leaf = true;
  }
}
