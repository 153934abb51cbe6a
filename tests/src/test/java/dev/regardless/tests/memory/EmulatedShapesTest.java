package dev.regardless.tests.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.regardless.emulation.Emulator;
import dev.regardless.emulation.EmulatorSettings;
import dev.regardless.machine.Architecture;
import dev.regardless.machine.Architectures;
import dev.regardless.scenario.Scenario;
import dev.regardless.scenario.Scenarios;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The litmus shapes of {@code dev.regardless.scenario.shapes}, as kernel code on the emulator: in 200,000 seeded runs each
 * they show every outcome that the axioms allow their instructions, and no other.
 */
class EmulatedShapesTest {

  private static final int RUNS = 200_000;
  private static final long SEED = 20_261_122;

  private static Stream<Scenario> shapes() {
    return Scenarios.all().stream().filter(scenario -> scenario.name().startsWith("shape-"));
  }

  private static Scenario shape(String name) {
    return shapes().filter(scenario -> scenario.name().equals("shape-" + name)).findAny().orElseThrow();
  }

  /** Outcomes of that many runs. */
  private static Set<List<Long>> seen(
      Scenario scenario, String form, Architecture architecture, String variant, List<String> weakened, int runs) {
    EmulatorSettings plain = EmulatorSettings.of(4);
    EmulatorSettings settings = new EmulatorSettings(
        plain.cpus(), plain.threads(), variant, weakened, plain.storeBufferEntries(), plain.historyEntries(),
        plain.drainBias(), plain.preemption(), plain.quarantine(), plain.faults(), plain.properties(), 0, 0);
    Emulator emulator = Emulator.random(architecture, settings, SEED);
    emulator.setUp(scenario, Map.of("form", form));
    Set<Outcome> seen = new HashSet<>();
    Outcome scratch = new Outcome(emulator.registers());
    for (int run = 0; run < runs; run++) {
      emulator.run();
      if (!seen.contains(scratch)) {
        seen.add(new Outcome(emulator.registers().clone()));
      }
    }
    return seen.stream().map(outcome -> Arrays.stream(outcome.registers).boxed().toList()).collect(Collectors.toSet());
  }

  /** The emulator's registers by value; looks into the array it was made with. */
  private record Outcome(long[] registers) {
    @Override
    public boolean equals(Object other) {
      return other instanceof Outcome outcome && Arrays.equals(registers, outcome.registers);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(registers);
    }
  }

  private static Set<List<Long>> allowed(Scenario scenario, String form, Architecture architecture, String variant) {
    return new RecordedShape(scenario, Map.of("form", form), architecture, variant)
        .outcomes(Axioms.of(architecture.name()));
  }

  @Test
  void allShapesAreRegistered() {
    assertEquals(
        List.of("shape-2+2w", "shape-corr", "shape-iriw", "shape-lb", "shape-mp", "shape-r", "shape-s", "shape-sb",
            "shape-wrc"),
        shapes().map(Scenario::name).toList());
  }

  @ParameterizedTest
  @CsvSource({
      "sc, sc, plain", "x86, x86-64, plain", "arm64, lse, plain",
      "sc, sc, barriers", "x86, x86-64, barriers", "arm64, lse, barriers",
      "sc, sc, release-acquire", "x86, x86-64, release-acquire", "arm64, lse, release-acquire",
      "x86, x86-64, exchange", "arm64, lse, exchange", "arm64, llsc, exchange"})
  void everyAllowedOutcomeIsSeenAndNoOther(String name, String variant, String form) {
    Architecture architecture = Architectures.named(name);
    shapes().forEach(scenario -> assertEquals(
        allowed(scenario, form, architecture, variant),
        seen(scenario, form, architecture, variant, List.of(), RUNS),
        () -> "%s, %s, %s %s, %d runs from seed %d"
            .formatted(scenario.name(), form, name, variant, RUNS, SEED)));
  }

  /** How many outcomes each architecture adds to those of the one before. */
  @ParameterizedTest
  @CsvSource({
      // shape, form, outcomes of sc, x86, arm64
      "sb,   plain,           3, 4, 4", "sb,   barriers, 3, 3, 3", "sb,   release-acquire, 3, 4, 3",
      "mp,   plain,           3, 3, 4", "mp,   barriers, 3, 3, 3", "mp,   release-acquire, 3, 3, 3",
      "lb,   plain,           3, 3, 3", "lb,   barriers, 3, 3, 3", "lb,   release-acquire, 3, 3, 3",
      "s,    plain,           3, 3, 4", "s,    barriers, 3, 3, 3", "s,    release-acquire, 3, 3, 3",
      "r,    plain,           3, 4, 4", "r,    barriers, 3, 3, 3", "r,    release-acquire, 3, 4, 3",
      "2+2w, plain,           3, 3, 4", "2+2w, barriers, 3, 3, 3", "2+2w, release-acquire, 3, 3, 3",
      "wrc,  plain,           7, 7, 8", "wrc,  barriers, 7, 7, 7", "wrc,  release-acquire, 7, 7, 7",
      "iriw, plain,        15, 15, 16", "iriw, barriers, 15, 15, 15", "iriw, release-acquire, 15, 15, 15",
      "corr, plain,           3, 3, 3", "corr, barriers, 3, 3, 3", "corr, release-acquire, 3, 3, 3"})
  void architecturesDifferExactlyThere(String name, String form, int sc, int x86, int arm64) {
    Scenario scenario = shape(name);
    Set<List<Long>> onSc = allowed(scenario, form, Architectures.named("sc"), "sc");
    Set<List<Long>> onX86 = allowed(scenario, form, Architectures.named("x86"), "x86-64");
    Set<List<Long>> onArm64 = allowed(scenario, form, Architectures.named("arm64"), "lse");
    assertEquals(List.of(sc, x86, arm64), List.of(onSc.size(), onX86.size(), onArm64.size()));
    assertTrue(onX86.containsAll(onSc));
    assertTrue(onArm64.containsAll(onSc));
    if (!form.equals("release-acquire")) {
      assertTrue(onArm64.containsAll(onX86));
    }
  }

  /** Breaking a primitive on purpose shows outcomes that are not allowed with it whole. */
  @ParameterizedTest
  @CsvSource({
      "x86, x86-64, sb, barriers, smp_mb", "arm64, lse, sb, barriers, smp_mb", "arm64, lse, mp, barriers, smp_wmb",
      "arm64, lse, mp, barriers, smp_rmb", "arm64, lse, mp, release-acquire, smp_store_release",
      "arm64, lse, mp, release-acquire, smp_load_acquire", "arm64, lse, sb, exchange, xchg",
      "arm64, llsc, sb, exchange, xchg", "arm64, lse, iriw, barriers, smp_rmb", "arm64, lse, 2+2w, barriers, smp_wmb"})
  void aBrokenPrimitiveIsNoticed(String name, String variant, String shape, String form, String broken) {
    Architecture architecture = Architectures.named(name);
    Scenario scenario = shape(shape);
    Set<List<Long>> allowed = allowed(scenario, form, architecture, variant);
    Set<List<Long>> seen = seen(scenario, form, architecture, variant, List.of(broken), 20_000);
    assertFalse(allowed.containsAll(seen), () -> broken + " is not missed: " + seen);
  }

  @ParameterizedTest
  @ValueSource(strings = {"smp_rmb", "smp_wmb"})
  void x86NeedsNoBarrierBetweenLikeAccesses(String broken) {
    Architecture x86 = Architectures.named("x86");
    Scenario scenario = shape("mp");
    assertEquals(
        allowed(scenario, "barriers", x86, "x86-64"),
        seen(scenario, "barriers", x86, "x86-64", List.of(broken), 20_000));
  }
}
