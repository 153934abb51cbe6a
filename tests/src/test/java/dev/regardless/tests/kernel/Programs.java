package dev.regardless.tests.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.regardless.emulation.Emulator;
import dev.regardless.emulation.EmulatorSettings;
import dev.regardless.emulation.RunResult;
import dev.regardless.emulation.Violation;
import dev.regardless.machine.Architecture;
import dev.regardless.machine.Architectures;
import dev.regardless.machine.PropertyKind;
import dev.regardless.scenario.Scenario;
import dev.regardless.scenario.ScenarioContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Runs small programs on emulated machines of every architecture, a switch possible at each access. */
public final class Programs {

  private static final List<String> NAMES = List.of("arm64", "sc", "x86");

  private Programs() {}

  public record Program(Consumer<ScenarioContext> body) implements Scenario {
    @Override
    public String name() {
      return "program";
    }

    @Override
    public String description() {
      return "a test's program";
    }

    @Override
    public void setUp(ScenarioContext context) {
      body.accept(context);
    }
  }

  public static List<Architecture> architectures() {
    List<Architecture> all = Architectures.all();
    assertTrue(all.stream().map(Architecture::name).toList().containsAll(NAMES), () -> "found only " + all);
    return all;
  }

  public static Emulator emulator(Architecture architecture, int cpus, long seed, Consumer<ScenarioContext> program) {
    Emulator emulator = Emulator.random(architecture, EmulatorSettings.of(cpus), seed);
    emulator.setUp(new Program(program), Map.of());
    return emulator;
  }

  /** Runs on every architecture and demands that nothing is violated. */
  public static void holds(int cpus, int runs, Consumer<ScenarioContext> program) {
    for (Architecture architecture : architectures()) {
      Emulator emulator = emulator(architecture, cpus, 1, program);
      for (int run = 0; run < runs; run++) {
        RunResult result = emulator.run();
        int number = run;
        assertTrue(
            result.holds(),
            () -> "%s, seed 1, run %d: %s".formatted(architecture.name(), number, result.violations()));
      }
    }
  }

  /** The outcomes seen on one architecture, as text, nothing being violated. */
  public static TreeSet<String> outcomes(String name, int cpus, int runs, Consumer<ScenarioContext> program) {
    TreeSet<String> seen = new TreeSet<>();
    Emulator emulator = emulator(Architectures.named(name), cpus, 1, program);
    for (int run = 0; run < runs; run++) {
      RunResult result = emulator.run();
      assertTrue(result.holds(), () -> name + ": " + result.violations());
      seen.add(java.util.Arrays.toString(result.registers()));
    }
    return seen;
  }

  /** Asserts that every architecture shows exactly one outcome, in every run. */
  public static void always(int cpus, int runs, String outcome, Consumer<ScenarioContext> program) {
    for (Architecture architecture : architectures()) {
      assertEquals(
          List.of(outcome), new ArrayList<>(outcomes(architecture.name(), cpus, runs, program)), architecture.name());
    }
  }

  /** The first violation within so many runs; null if there is none. */
  public static @Nullable Violation violation(String name, int cpus, int runs, Consumer<ScenarioContext> program) {
    Emulator emulator = emulator(Architectures.named(name), cpus, 1, program);
    for (int run = 0; run < runs; run++) {
      RunResult result = emulator.run();
      if (!result.violations().isEmpty()) {
        return result.violations().getFirst();
      }
    }
    return null;
  }

  /** Asserts that the architecture violates exactly this kind of property first, within so many runs. */
  public static Violation violates(
      String name, int cpus, int runs, PropertyKind kind, Consumer<ScenarioContext> program) {
    Violation found = violation(name, cpus, runs, program);
    assertNotNull(found, () -> "no violation on " + name + " in " + runs + " runs");
    assertEquals(kind, found.kind(), found::message);
    return found;
  }
}
