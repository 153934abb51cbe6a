package dev.regardless.machine;

import dev.regardless.plugin.Providers;
import java.util.List;
import java.util.stream.Collectors;

/** The architectures on the class path. */
public final class Architectures {

  private Architectures() {}

  /** All architectures, ordered by name. */
  public static List<Architecture> all() {
    return Loaded.ALL;
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

  /** Looked up when first asked for. */
  private static final class Loaded {
    static final List<Architecture> ALL = Providers.ordered(Architecture.class, Architecture::name);
  }
}
