package dev.regardless.aio.scenario;

import dev.regardless.scenario.ScenarioContext;
import java.util.Collections;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/** A race around aio reads and writes, with the parameters of {@link PollScenario} and one of its own. */
abstract class TransferScenario extends PollScenario {

  private final String parameter;
  private final String value;

  /** {@code parameter} is the scenario's own, {@code value} its default. */
  TransferScenario(String name, String description, String parameter, String value) {
    super(name, description);
    this.parameter = parameter;
    this.value = value;
  }

  @Override
  public SortedMap<String, String> parameters() {
    SortedMap<String, String> defaults = new TreeMap<>(super.parameters());
    defaults.put(parameter, value);
    return Collections.unmodifiableSortedMap(defaults);
  }

  /** The value of the scenario's own parameter, one of {@code values}, whose names in lower case it has. */
  <T extends Enum<T>> T choice(ScenarioContext scenario, T[] values) {
    String text = scenario.parameter(parameter);
    StringBuilder expected = new StringBuilder();
    for (T each : values) {
      String name = each.name().toLowerCase(Locale.ROOT).replace('_', '-');
      if (name.equals(text)) {
        return each;
      }
      expected.append(expected.isEmpty() ? "" : ", ").append(name);
    }
    throw new IllegalArgumentException(
        "parameter %s: expected one of %s, got '%s'".formatted(parameter, expected, text));
  }
}
