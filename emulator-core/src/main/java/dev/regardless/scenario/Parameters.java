package dev.regardless.scenario;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/** Helps scenarios to declare and read parameters. */
public final class Parameters {

  private Parameters() {}

  /** Names and defaults, alternating. */
  public static SortedMap<String, String> of(String... namesAndDefaults) {
    SortedMap<String, String> map = new TreeMap<>();
    for (int i = 0; i < namesAndDefaults.length; i += 2) {
      map.put(namesAndDefaults[i], namesAndDefaults[i + 1]);
    }
    return Collections.unmodifiableSortedMap(map);
  }

  /**
   * A number within bounds.
   *
   * @throws IllegalArgumentException naming the parameter, if it is none
   */
  public static int number(ScenarioContext context, String name, int minimum, int maximum) {
    int value = context.number(name);
    if (value < minimum || value > maximum) {
      throw new IllegalArgumentException(
          "parameter %s: expected a number from %d to %d, got '%s'"
              .formatted(name, minimum, maximum, context.parameter(name)));
    }
    return value;
  }

  /**
   * The value of parameter {@code mutant}: {@code none}, or one of {@code known}, the ways to break the scenario.
   *
   * @throws IllegalArgumentException naming the known ones, if it is neither
   */
  public static String mutant(ScenarioContext context, String... known) {
    String value = context.parameter("mutant");
    boolean found = value.equals("none");
    for (String each : known) {
      found |= value.equals(each);
    }
    if (!found) {
      throw new IllegalArgumentException(
          "parameter mutant: expected none or one of %s, got '%s'".formatted(String.join(", ", known), value));
    }
    return value;
  }
}
