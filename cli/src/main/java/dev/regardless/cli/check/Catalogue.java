package dev.regardless.cli.check;

import dev.regardless.machine.Architecture;
import dev.regardless.machine.Architectures;
import dev.regardless.machine.PropertyKind;
import dev.regardless.scenario.Scenario;
import dev.regardless.scenario.Scenarios;
import java.io.PrintWriter;
import java.util.List;

/** What {@code list} shows. */
public final class Catalogue {

  private Catalogue() {}

  /** Prints scenarios with their parameters and defaults, architectures, and properties. */
  public static void print(PrintWriter out) {
    List<Scenario> scenarios = Scenarios.all();
    int width = scenarios.stream().mapToInt(s -> s.name().length()).max().orElse(0);
    out.println("Scenarios:");
    for (Scenario scenario : scenarios) {
      StringBuilder parameters = new StringBuilder();
      scenario.parameters().forEach((name, value) -> parameters.append(' ').append(name).append('=').append(value));
      out.println(
          ("  %-" + width + "s  %s%s").formatted(
              scenario.name(), scenario.description(),
              parameters.isEmpty() ? "" : " [" + parameters.substring(1) + "]"));
    }
    out.println();
    out.println("Architectures:");
    for (Architecture architecture : Architectures.all()) {
      out.println(
          "  %-6s  %s [primitives: %s]".formatted(
              architecture.name(), architecture.description(), String.join(", ", architecture.primitiveVariants())));
    }
    out.println();
    out.println("Properties:");
    for (PropertyKind kind : PropertyKind.values()) {
      out.println("  " + kind.id());
    }
  }
}
