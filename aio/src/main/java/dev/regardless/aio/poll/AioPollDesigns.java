package dev.regardless.aio.poll;

import dev.regardless.plugin.Providers;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** The poll designs on the class path. */
public final class AioPollDesigns {

  private AioPollDesigns() {}

  /** All designs, ordered by name. */
  public static List<AioPollDesign> all() {
    return Loaded.ALL;
  }

  /**
   * The design of that name.
   *
   * @throws IllegalArgumentException naming the known ones if there is none
   */
  public static AioPollDesign named(String name) {
    List<AioPollDesign> all = all();
    for (AioPollDesign design : all) {
      if (design.name().equals(name)) {
        return design;
      }
    }
    throw new IllegalArgumentException(
        "unknown aio poll design '%s'; expected one of %s"
            .formatted(name, all.stream().map(AioPollDesign::name).collect(Collectors.joining(", "))));
  }

  /**
   * The value of a design's parameter, one of {@code allowed}.
   *
   * @throws IllegalArgumentException if it is another, or if {@code values} names a parameter that the design lacks
   */
  static String choice(AioPollDesign design, Map<String, String> values, String parameter, String... allowed) {
    for (String name : values.keySet()) {
      if (!design.parameters().containsKey(name)) {
        throw new IllegalArgumentException(
            "design %s has no parameter '%s'; expected one of %s"
                .formatted(design.name(), name, design.parameters().keySet()));
      }
    }
    String given = values.get(parameter);
    String value = given != null ? given : Objects.requireNonNull(design.parameters().get(parameter));
    for (String each : allowed) {
      if (each.equals(value)) {
        return value;
      }
    }
    throw new IllegalArgumentException(
        "parameter %s of design %s: expected one of %s, got '%s'"
            .formatted(parameter, design.name(), String.join(", ", allowed), value));
  }

  /** Refuses any parameter, for designs that have none. */
  static void noParameters(AioPollDesign design, Map<String, String> values) {
    if (!values.isEmpty()) {
      throw new IllegalArgumentException(
          "design %s has no parameter '%s'".formatted(design.name(), values.keySet().iterator().next()));
    }
  }

  /** Looked up when first asked for. */
  private static final class Loaded {
    static final List<AioPollDesign> ALL = Providers.ordered(AioPollDesign.class, AioPollDesign::name);
  }
}
