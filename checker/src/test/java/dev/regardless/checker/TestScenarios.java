package dev.regardless.checker;

import dev.regardless.execution.ExecutionGraph;
import dev.regardless.execution.MemoryModel;
import dev.regardless.machine.PropertyKind;
import dev.regardless.scenario.Scenario;
import java.util.Map;

/** Runs scenarios on a bare explorer and counts. */
final class TestScenarios {

  private TestScenarios() {}

  /** How many executions were complete and how many were not. */
  record Count(long complete, long blocked) {}

  private static final class Counter implements ExecutionListener {
    private long complete;
    private long blocked;

    @Override
    public void complete(ExecutionGraph graph) {
      complete++;
    }

    @Override
    public void blocked(ExecutionGraph graph) {
      blocked++;
    }

    @Override
    public void violated(ExecutionGraph graph, PropertyKind kind, String message, int thread) {
      blocked++;
    }
  }

  /** Explores a scenario; {@code size} is its parameter {@code n}. */
  static Count count(MemoryModel model, Scenario scenario, int size) {
    Counter counter = new Counter();
    Explorer explorer = new Explorer(TestArchitecture.INSTANCE, "", model, counter);
    scenario.setUp(new Context(explorer, size == 0 ? Map.of() : Map.of("n", Integer.toString(size)), scenario));
    explorer.explore();
    return new Count(counter.complete, counter.blocked);
  }
}
