package dev.regardless.litmus.engine;

import dev.regardless.input.BadInputException;
import dev.regardless.plugin.Providers;
import java.util.List;
import java.util.stream.Collectors;

/** The engines on the class path. */
public final class LitmusEngines {
  private LitmusEngines() {}

  /** All engines by name. */
  public static List<LitmusEngine> all() {
    return Loaded.ALL;
  }

  /**
   * The engines that {@code --engine} asks for: one by its name, or {@code both}.
   *
   * @throws BadInputException if there is none of that name
   */
  public static List<LitmusEngine> named(String name) {
    List<LitmusEngine> engines = all();
    List<LitmusEngine> chosen = name.equals("both")
        ? engines
        : engines.stream().filter(engine -> engine.name().equals(name)).toList();
    if (chosen.isEmpty() || (name.equals("both") && chosen.size() < 2)) {
      String names = engines.stream().map(LitmusEngine::name).collect(Collectors.joining(", "));
      throw BadInputException.in("--engine", "'" + name + "'", names.isEmpty()
          ? "an installed engine"
          : names
              + (engines.size() > 1 ? " or both" : ""));
    }
    return chosen;
  }

  /** Looked up when first asked for. */
  private static final class Loaded {
    static final List<LitmusEngine> ALL = Providers.ordered(LitmusEngine.class, LitmusEngine::name);
  }
}
