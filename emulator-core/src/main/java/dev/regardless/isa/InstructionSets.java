package dev.regardless.isa;

import dev.regardless.plugin.Providers;
import java.util.List;
import java.util.Optional;

/** The instruction sets on the class path, looked up once. */
public final class InstructionSets {
  private static final List<InstructionSet> ALL = Providers.ordered(InstructionSet.class, InstructionSet::name);

  private InstructionSets() {}

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
