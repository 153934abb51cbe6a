package dev.regardless.isa;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;

/** The instruction sets on the class path, looked up once. */
public final class InstructionSets {
  private static final List<InstructionSet> ALL = load();

  private InstructionSets() {}

  private static List<InstructionSet> load() {
    List<InstructionSet> sets = new ArrayList<>();
    ServiceLoader.load(InstructionSet.class).forEach(sets::add);
    sets.sort(Comparator.comparing(InstructionSet::name));
    return List.copyOf(sets);
  }

  /** The set with this name, upper and lower case being the same. */
  public static Optional<InstructionSet> named(String name) {
    for (InstructionSet set : ALL) {
      if (set.name().equalsIgnoreCase(name)) {
        return Optional.of(set);
      }
    }
    return Optional.empty();
  }

  /** All sets, by name. */
  public static List<InstructionSet> all() {
    return ALL;
  }
}
