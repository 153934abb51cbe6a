package dev.regardless.aio.scenario;

import dev.regardless.scenario.ScenarioContext;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * AIO facts B24: the ring is moved, inherited or migrated. Parameters named after a guard are {@code on}, or {@code off} for
 * kernels that had it not.
 */
abstract class RingScenario extends PollScenario {

  private final SortedMap<String, String> own;

  RingScenario(String name, String description, SortedMap<String, String> own) {
    super(name, description);
    this.own = own;
  }

  @Override
  public SortedMap<String, String> parameters() {
    SortedMap<String, String> defaults = new TreeMap<>(super.parameters());
    defaults.putAll(own);
    return Collections.unmodifiableSortedMap(defaults);
  }

  /** Whether a parameter is the first of two values, rather than the second. */
  static boolean is(ScenarioContext scenario, String name, String first, String second) {
    String value = scenario.parameter(name);
    if (!value.equals(first) && !value.equals(second)) {
      throw new IllegalArgumentException(
          "parameter %s: expected %s or %s, got '%s'".formatted(name, first, second, value));
    }
    return value.equals(first);
  }

  /** Whether a guard is there. */
  static boolean isOn(ScenarioContext scenario, String name) {
    return is(scenario, name, "on", "off");
  }
}
