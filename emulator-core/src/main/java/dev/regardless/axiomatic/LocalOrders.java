package dev.regardless.axiomatic;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;

/** The models on the class path, looked up once. */
public final class LocalOrders {
  private static final List<LocalOrder> ALL = load();

  private LocalOrders() {}

  private static List<LocalOrder> load() {
    List<LocalOrder> models = new ArrayList<>();
    ServiceLoader.load(LocalOrder.class).forEach(models::add);
    return List.copyOf(models);
  }

  /** The model with this name. */
  public static Optional<LocalOrder> named(String name) {
    for (LocalOrder model : ALL) {
      if (model.name().equalsIgnoreCase(name)) {
        return Optional.of(model);
      }
    }
    return Optional.empty();
  }
}
