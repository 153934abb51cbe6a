package dev.regardless.isa;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;

/** The instruction sets on the class path. */
public final class InstructionSets {
  private InstructionSets() {}

  /** The set with this name, upper and lower case being the same. */
  public static Optional<InstructionSet> named(String name) {
    for (InstructionSet set : ServiceLoader.load(InstructionSet.class)) {
      if (set.name().equalsIgnoreCase(name)) {
        return Optional.of(set);
      }
    }
    return Optional.empty();
  }

  /** All sets, by name. */
  public static List<InstructionSet> all() {
    List<InstructionSet> sets = new ArrayList<>();
    ServiceLoader.load(InstructionSet.class).forEach(sets::add);
    sets.sort(Comparator.comparing(InstructionSet::name));
    return List.copyOf(sets);
  }
}
