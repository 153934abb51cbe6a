package dev.regardless.vfs;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Collectors;

/** The drivers on the class path. */
public final class Drivers {

  private Drivers() {}

  /** All drivers, ordered by name. */
  public static List<Driver> all() {
    List<Driver> found = new ArrayList<>();
    ServiceLoader.load(Driver.class).forEach(found::add);
    found.sort(Comparator.comparing(Driver::name));
    return List.copyOf(found);
  }

  /**
   * The driver of that name.
   *
   * @throws IllegalArgumentException naming the known ones if there is none
   */
  public static Driver named(String name) {
    List<Driver> all = all();
    for (Driver driver : all) {
      if (driver.name().equals(name)) {
        return driver;
      }
    }
    throw new IllegalArgumentException(
        "unknown driver '%s'; expected one of %s"
            .formatted(name, all.stream().map(Driver::name).collect(Collectors.joining(", "))));
  }
}
