package dev.regardless.scenario;

/**
 * A named, parameterised program for either engine: set-up, threads, and what must hold in the end. Stateless; all state
 * is made in {@link #setUp} for one machine.
 */
public interface Scenario {

  /** Id used on the command line, e.g. {@code waitqueue-register-wake}. */
  String name();

  /** One line for {@code list}. */
  String description();

  /** Names and default values of this scenario's parameters; values are strings as configuration has them. */
  default java.util.SortedMap<String, String> parameters() {
    return java.util.Collections.emptySortedMap();
  }

  /**
   * Creates objects, threads and end checks on the context's machine.
   *
   * @throws IllegalArgumentException if a parameter's value is unusable; the message names it
   */
  void setUp(ScenarioContext context);
}
