package dev.regardless.vfs;

import dev.regardless.plugin.Providers;
import java.util.List;
import java.util.stream.Collectors;

/** The drivers on the class path. */
public final class Drivers {

  private Drivers() {}

  /** All drivers, ordered by name. */
  public static List<Driver> all() {
    return Loaded.ALL;
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

  /** Looked up when first asked for. */
  private static final class Loaded {
    static final List<Driver> ALL = Providers.ordered(Driver.class, Driver::name);
  }
}
