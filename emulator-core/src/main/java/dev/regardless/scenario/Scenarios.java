package dev.regardless.scenario;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;

/** The scenarios on the class path. */
public final class Scenarios {

  private Scenarios() {}

  /**
   * All scenarios, ordered by name.
   *
   * @throws IllegalStateException if two have the same name
   */
  public static List<Scenario> all() {
    List<Scenario> found = new ArrayList<>();
    ServiceLoader.load(Scenario.class).forEach(found::add);
    found.sort(Comparator.comparing(Scenario::name));
    for (int i = 1; i < found.size(); i++) {
      if (found.get(i).name().equals(found.get(i - 1).name())) {
        throw new IllegalStateException("two scenarios are named " + found.get(i).name());
      }
    }
    return List.copyOf(found);
  }
}
