package dev.regardless.plugin;

import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.function.Function;

/** The providers of a service on the class path, found by {@link ServiceLoader}. */
public final class Providers {

  private Providers() {}

  /**
   * All providers of a service, ordered by name. Looks through the class path each time: keep the answer.
   *
   * @throws IllegalStateException if two have the same name
   */
  public static <T> List<T> ordered(Class<T> service, Function<T, String> name) {
    List<T> found = new ArrayList<>();
    for (T provider : ServiceLoader.load(service)) {
      found.add(provider);
    }
    // Not Comparator.comparing: what it returns is beyond the JDK's cache of linked classes, and slows every start.
    found.sort((a, b) -> name.apply(a).compareTo(name.apply(b)));
    for (int i = 1; i < found.size(); i++) {
      if (name.apply(found.get(i)).equals(name.apply(found.get(i - 1)))) {
        throw new IllegalStateException(
            "two providers of %s are named %s".formatted(service.getSimpleName(), name.apply(found.get(i))));
      }
    }
    return List.copyOf(found);
  }
}
