package dev.regardless.scenario;

import dev.regardless.plugin.Providers;
import java.util.List;

/** The scenarios on the class path. */
public final class Scenarios {

  private Scenarios() {}

  /**
   * All scenarios, ordered by name.
   *
   * @throws IllegalStateException if two have the same name
   */
  public static List<Scenario> all() {
    return Loaded.ALL;
  }

  /** Looked up when first asked for. */
  private static final class Loaded {
    static final List<Scenario> ALL = Providers.ordered(Scenario.class, Scenario::name);
  }
}
