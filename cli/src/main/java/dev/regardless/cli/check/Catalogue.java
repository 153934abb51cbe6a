package dev.regardless.cli.check;

import dev.regardless.input.BadInputException;
import dev.regardless.machine.Architecture;
import dev.regardless.machine.Architectures;
import dev.regardless.machine.PropertyKind;
import dev.regardless.scenario.Scenario;
import dev.regardless.scenario.Scenarios;
import java.io.PrintWriter;
import java.util.List;
import java.util.stream.Collectors;

/** What {@code list} shows. */
public final class Catalogue {

  private static final int NEAR = 5;

  private Catalogue() {}

  /** Prints scenarios, architectures, and properties. */
  public static void print(PrintWriter out) {
    List<Scenario> scenarios = Scenarios.all();
    int width = scenarios.stream().mapToInt(s -> s.name().length()).max().orElse(0);
    out.println("Scenarios ('list NAME' shows the parameters of one):");
    for (Scenario scenario : scenarios) {
      Paragraph.print("  " + padded(scenario.name(), width) + "  ", scenario.description(), out);
    }
    out.println();
    out.println("Architectures:");
    for (Architecture architecture : Architectures.all()) {
      Paragraph.print(
          "  " + padded(architecture.name(), width) + "  ",
          "%s; primitives: %s".formatted(
              architecture.description(), String.join(", ", architecture.primitiveVariants())),
          out);
    }
    out.println();
    out.println("Properties:");
    for (PropertyKind kind : PropertyKind.values()) {
      out.println("  " + kind.id());
    }
  }

  /**
   * Prints scenarios with their parameters and defaults.
   *
   * @throws BadInputException if there is no scenario of a name
   */
  public static void print(List<String> names, PrintWriter out) {
    List<Scenario> scenarios = names.stream().map(Catalogue::named).toList();
    for (Scenario scenario : scenarios) {
      out.println(scenario.name());
      Paragraph.print("  ", scenario.description(), out);
      if (scenario.parameters().isEmpty()) {
        out.println("  no parameters");
        continue;
      }
      out.println("  parameters, set with -P NAME=VALUE, and their defaults:");
      int width = scenario.parameters().keySet().stream().mapToInt(String::length).max().orElse(0);
      scenario.parameters()
          .forEach((name, value) -> out.println("    %s  %s".formatted(padded(name, width), value).stripTrailing()));
    }
  }

  /**
   * The scenario of a name.
   *
   * @throws BadInputException if there is none
   */
  static Scenario named(String name) {
    List<Scenario> all = Scenarios.all();
    return all.stream()
        .filter(scenario -> scenario.name().equals(name))
        .findFirst()
        .orElseThrow(() -> {
          String near = all.stream().map(Scenario::name).filter(known -> known.contains(name)).limit(NEAR)
              .collect(Collectors.joining(", "));
          return BadInputException.in(
              "SCENARIO", "unknown scenario '" + name + "'",
              near.isEmpty() || name.isEmpty() ? "a name that 'regardless list' shows" : "perhaps one of " + near);
        });
  }

  private static String padded(String text, int width) {
    return text + " ".repeat(width - text.length());
  }
}
