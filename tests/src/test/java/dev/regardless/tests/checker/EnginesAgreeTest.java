package dev.regardless.tests.checker;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.regardless.checker.CheckResult;
import dev.regardless.checker.CheckSettings;
import dev.regardless.checker.Checker;
import dev.regardless.checker.Differential;
import dev.regardless.checker.Verdict;
import dev.regardless.emulation.Emulator;
import dev.regardless.emulation.EmulatorSettings;
import dev.regardless.emulation.RunResult;
import dev.regardless.machine.Architecture;
import dev.regardless.machine.Architectures;
import dev.regardless.scenario.Scenario;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The emulation engine never shows an outcome of a random program that the checking engine does not list. */
class EnginesAgreeTest {

  private static final int PROGRAMS = 1_000;
  private static final int RUNS = 60;

  @ParameterizedTest
  @ValueSource(strings = {"sc", "x86", "arm64"})
  void whatEmulationShowsTheCheckerLists(String name) {
    Architecture architecture = Architectures.named(name);
    int compared = 0;
    long seen = 0;
    long listed = 0;
    for (long seed = 0; seed < PROGRAMS; seed++) {
      Scenario program = Differential.program(seed, name.equals("arm64"));
      CheckResult result = new Checker(program, architecture, CheckSettings.plain(Map.of())).run();
      // A program that may hang has no complete list: the checker stops there.
      if (result.verdict() == Verdict.HOLDS) {
        Set<List<Long>> outcomes = result.outcomes().keySet();
        seen += emulate(program, seed, architecture, outcomes);
        listed += outcomes.size();
        compared++;
      }
    }
    System.out.printf("%s: %d programs, %d of %d outcomes seen in emulation%n", name, compared, seen, listed);
    assertTrue(compared > PROGRAMS / 3, "only %d programs compared".formatted(compared));
    assertTrue(seen * 10 > listed * 8, "only %d of %d outcomes seen".formatted(seen, listed));
  }

  private static long emulate(Scenario program, long seed, Architecture architecture, Set<List<Long>> outcomes) {
    Emulator emulator = Emulator.random(architecture, EmulatorSettings.of(4), seed);
    emulator.setUp(program, Map.of());
    Set<List<Long>> seen = new java.util.HashSet<>();
    for (int run = 0; run < RUNS; run++) {
      RunResult result = emulator.run();
      List<Long> outcome = LongStream.of(result.registers()).boxed().toList();
      assertTrue(result.holds(),
          () -> "%s: %s%n%s".formatted(program.name(), result.violations(), program.description()));
      assertTrue(
          outcomes.contains(outcome),
          () -> "%s on %s: emulation showed %s, the checker lists %s%n%s".formatted(
              program.name(), architecture.name(), outcome, outcomes, program.description()));
      seen.add(outcome);
    }
    return seen.size();
  }
}
