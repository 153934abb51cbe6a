package dev.regardless.checker;

import dev.regardless.machine.Machine;
import dev.regardless.machine.ThreadKind;
import dev.regardless.scenario.Scenario;
import dev.regardless.scenario.ScenarioContext;
import dev.regardless.scenario.ScenarioObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/** What a scenario sets itself up with under the checker, and what it left there. */
final class Context implements ScenarioContext {

  private final Explorer explorer;
  private final Map<String, String> chosen;
  private final SortedMap<String, String> defaults;
  private final List<Runnable> endChecks = new ArrayList<>();

  Context(Explorer explorer, Map<String, String> chosen, Scenario scenario) {
    this.explorer = explorer;
    this.chosen = chosen;
    this.defaults = scenario.parameters();
  }

  @Override
  public Machine machine() {
    return explorer.machine();
  }

  @Override
  public String parameter(String name) {
    String value = chosen.getOrDefault(name, defaults.get(name));
    if (value == null) {
      throw new IllegalArgumentException("the scenario asks for a parameter that it does not declare: " + name);
    }
    return value;
  }

  @Override
  public void thread(String name, ThreadKind kind, int cpu, Runnable body) {
    explorer.threads().addInitial(name, kind, cpu, body);
  }

  @Override
  public void atEnd(Runnable check) {
    endChecks.add(check);
  }

  @Override
  public void observe(ScenarioObserver observer) {
    // Its books need one run in order; here threads are re-run.
  }

  @Override
  public Register register(String name) {
    Registers registers = explorer.registers();
    int index = registers.add(name);
    return value -> registers.set(index, value, explorer.machine().currentThread());
  }

  List<Runnable> endChecks() {
    return endChecks;
  }
}
