package dev.regardless.litmus.axiomatic;

import dev.regardless.axiomatic.LocalOrder;
import dev.regardless.axiomatic.LocalOrders;
import dev.regardless.isa.UnsupportedTestException;
import dev.regardless.litmus.engine.Exploration;
import dev.regardless.litmus.engine.ExplorationLimits;
import dev.regardless.litmus.engine.LitmusEngine;
import dev.regardless.litmus.test.LitmusTest;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds all consistent executions of a test under a {@link LocalOrder} and counts them as herd does. Complete for load
 * buffering: reads are assigned in any order, and nothing assumes that program order and reads-from agree.
 */
public final class AxiomaticEngine implements LitmusEngine {
  @Override
  public String name() {
    return "axiomatic";
  }

  @Override
  public Exploration explore(LitmusTest test, String model, ExplorationLimits limits) {
    LocalOrder order = LocalOrders.named(model).orElseThrow(
        () -> new UnsupportedTestException(test.source() + ": not supported: memory model '" + model + "'"));
    return new Run(test, order, limits).explore();
  }

  private static final class Run {
    private final LitmusTest test;
    private final LocalOrder model;
    private final ExplorationLimits limits;
    private final SearchBudget budget;
    private final OutcomeTable outcomes;
    private final List<List<CompiledPath>> paths = new ArrayList<>();
    private boolean loopCut;

    Run(LitmusTest test, LocalOrder model, ExplorationLimits limits) {
      this.test = test;
      this.model = model;
      this.limits = limits;
      budget = new SearchBudget(limits);
      outcomes = new OutcomeTable(test, limits.examples());
    }

    Exploration explore() {
      for (int thread = 0; thread < test.threads().size(); thread++) {
        paths.add(compile(thread));
      }
      CompiledPath[] chosen = new CompiledPath[paths.size()];
      boolean possible = true;
      for (int thread = 0; thread < chosen.length; thread++) {
        possible &= !paths.get(thread).isEmpty();
      }
      if (possible) {
        combine(chosen);
      }
      return new Exploration(outcomes.outcomes(), true, loopCut, !budget.exhausted(), budget.visited(),
          outcomes.examples());
    }

    private List<CompiledPath> compile(int thread) {
      SymbolicThread symbolic = new SymbolicThread(test, limits.unrollings());
      List<CompiledPath> compiled = new ArrayList<>();
      for (ThreadPath path : symbolic.run(thread)) {
        CompiledPath candidate = new CompiledPath(path, model);
        if (!candidate.impossible) {
          compiled.add(candidate);
        }
      }
      loopCut |= symbolic.loopCut();
      return compiled;
    }

    /** Every combination of paths, the last thread's changing fastest. */
    private void combine(CompiledPath[] chosen) {
      int[] position = new int[chosen.length];
      ReadsFromSearch search = null;
      while (!budget.exhausted()) {
        for (int thread = 0; thread < chosen.length; thread++) {
          chosen[thread] = paths.get(thread).get(position[thread]);
        }
        Combination combination = new Combination(test, chosen.clone());
        if (search == null) {
          search = new ReadsFromSearch(combination, new CoherenceCounter(test, combination, outcomes), budget);
        }
        search.search(combination);
        int thread = chosen.length - 1;
        while (thread >= 0 && ++position[thread] == paths.get(thread).size()) {
          position[thread--] = 0;
        }
        if (thread < 0) {
          return;
        }
      }
    }
  }
}
