package dev.regardless.checker.programs;

import dev.regardless.scenario.Scenario;
import dev.regardless.scenario.ScenarioContext;
import java.util.SortedMap;
import java.util.TreeMap;

/** A scenario with at most one parameter, its size {@code n}. */
abstract class Program implements Scenario {

  /** Sets up the program for a size. */
  @FunctionalInterface
  interface SetUp {
    void apply(ScenarioContext context, int size);
  }

  private final String name;
  private final String description;
  private final int size;
  private final SetUp setUp;

  /** {@code size} is the default; 0 for a program without parameter. */
  Program(String name, String description, int size, SetUp setUp) {
    this.name = name;
    this.description = description;
    this.size = size;
    this.setUp = setUp;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String description() {
    return description;
  }

  @Override
  public SortedMap<String, String> parameters() {
    SortedMap<String, String> parameters = new TreeMap<>();
    if (size != 0) {
      parameters.put("n", Integer.toString(size));
    }
    return parameters;
  }

  @Override
  public void setUp(ScenarioContext context) {
    int chosen = size == 0 ? 0 : context.number("n");
    if (size != 0 && (chosen < 1 || chosen > 64)) {
      throw new IllegalArgumentException("parameter n: expected 1 to 64, got " + chosen);
    }
    setUp.apply(context, chosen);
  }
}
