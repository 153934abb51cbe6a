package dev.regardless.checker;

import dev.regardless.machine.Architecture;
import dev.regardless.machine.Machine;
import dev.regardless.machine.ThreadKind;
import dev.regardless.scenario.Scenario;
import dev.regardless.scenario.ScenarioContext;
import dev.regardless.scenario.ScenarioObserver;
import java.util.Map;

/** Counts the executions of a scenario without any of the explorer's cleverness, where that ends at all. */
public final class NaiveCount {

  private NaiveCount() {}

  /**
   * Number of complete executions by the naive explorer, which takes nothing from the real one but the encoding of events.
   *
   * @param parameters values of the scenario's parameters; the others have their defaults
   * @param limit most partial graphs
   * @return -1 if there are more than that
   */
  public static int of(Scenario scenario, Map<String, String> parameters, Architecture architecture, int limit) {
    ReferenceExplorer naive = new ReferenceExplorer(architecture);
    scenario.setUp(new SetUp(naive.machine(), scenario, parameters));
    return naive.explore(limit) ? naive.complete().size() : -1;
  }

  /** Threads count; what is asked for at the end, and registers, do not. */
  private record SetUp(NaiveMachine naive, Scenario scenario, Map<String, String> chosen) implements ScenarioContext {

    @Override
    public Machine machine() {
      return naive;
    }

    @Override
    public String parameter(String name) {
      return chosen.getOrDefault(name, scenario.parameters().getOrDefault(name, ""));
    }

    @Override
    public void thread(String name, ThreadKind kind, int cpu, Runnable body) {
      naive.add(name, body);
    }

    @Override
    public void atEnd(Runnable check) {
      // Only executions are counted.
    }

    @Override
    public void observe(ScenarioObserver observer) {
      // Only executions are counted.
    }

    @Override
    public Register register(String name) {
      return value -> {
        // Only executions are counted.
      };
    }
  }
}
