package dev.regardless.vfs;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Values of a driver's parameters: the given ones over the defaults. */
public final class DriverSettings {

  private final SortedMap<String, String> values = new TreeMap<>();

  /**
   * Merges.
   *
   * @throws IllegalArgumentException if {@code given} names a parameter that the driver does not have
   */
  public DriverSettings(Driver driver, Map<String, String> given) {
    List<DriverParameter> known = driver.parameters();
    known.forEach(parameter -> values.put(parameter.name(), parameter.defaultValue()));
    new TreeMap<>(given).forEach((name, value) -> {
      if (values.replace(name, value) == null) {
        throw new IllegalArgumentException(
            "driver %s has no parameter '%s'; expected one of %s".formatted(
                driver.name(), name, known.stream().map(DriverParameter::name).collect(Collectors.joining(", "))));
      }
    });
  }

  /** The value of a declared parameter. */
  public String text(String name) {
    String value = values.get(name);
    if (value == null) {
      throw new IllegalStateException("undeclared parameter " + name);
    }
    return value;
  }

  /** The value as a boolean. */
  public boolean flag(String name) {
    return switch (text(name)) {
      case "true" -> true;
      case "false" -> false;
      default -> throw wrong(name, "true or false");
    };
  }

  /** The value as a whole number from {@code minimum} to {@code maximum}. */
  public long number(String name, long minimum, long maximum) {
    try {
      long value = Long.parseLong(text(name));
      if (value >= minimum && value <= maximum) {
        return value;
      }
    } catch (NumberFormatException e) {
      // reported below, like a number out of range
    }
    throw wrong(name, "a number from " + minimum + " to " + maximum);
  }

  /** The value as one of some words. */
  public String oneOf(String name, String... words) {
    String value = text(name);
    for (String word : words) {
      if (word.equals(value)) {
        return value;
      }
    }
    throw wrong(name, "one of " + String.join(", ", words));
  }

  private IllegalArgumentException wrong(String name, String expected) {
    return new IllegalArgumentException("parameter %s: expected %s, got '%s'".formatted(name, expected, text(name)));
  }
}
