package dev.regardless.machine;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Collectors;

/** The architectures on the class path. */
public final class Architectures {

  private Architectures() {}

  /** All architectures, ordered by name. */
  public static List<Architecture> all() {
    List<Architecture> found = new ArrayList<>();
    ServiceLoader.load(Architecture.class).forEach(found::add);
    found.sort(Comparator.comparing(Architecture::name));
    return List.copyOf(found);
  }

  /**
   * The architecture of that name.
   *
   * @throws IllegalArgumentException naming the known ones if there is none
   */
  public static Architecture named(String name) {
    List<Architecture> all = all();
    for (Architecture architecture : all) {
      if (architecture.name().equals(name)) {
        return architecture;
      }
    }
    throw new IllegalArgumentException(
        "unknown architecture '%s'; expected one of %s"
            .formatted(name, all.stream().map(Architecture::name).collect(Collectors.joining(", "))));
  }
}
