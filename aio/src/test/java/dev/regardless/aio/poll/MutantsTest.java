package dev.regardless.aio.poll;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.regardless.emulation.Emulator;
import dev.regardless.emulation.EmulatorSettings;
import dev.regardless.emulation.RunResult;
import dev.regardless.machine.Architectures;
import dev.regardless.machine.PropertyKind;
import dev.regardless.scenario.Scenario;
import dev.regardless.scenario.Scenarios;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each broken design is noticed by the scenario made for that fault, which the unbroken one passes. */
class MutantsTest {

  private static final int RUNS_UNTIL_FOUND = 5_000;
  private static final int RUNS = 500;

  private static Scenario scenario(String name) {
    return Scenarios.all().stream().filter(each -> each.name().equals(name)).findFirst().orElseThrow();
  }

  /** The kinds of violation that seeded runs on sc showed. */
  private static Set<PropertyKind> violations(String scenario, String design, boolean untilFound) {
    Emulator emulator = Emulator.random(Architectures.named("sc"), EmulatorSettings.of(4), 11);
    emulator.setUp(scenario(scenario), Map.of("design", design));
    EnumSet<PropertyKind> kinds = EnumSet.noneOf(PropertyKind.class);
    int runs = untilFound ? RUNS_UNTIL_FOUND : RUNS;
    for (int run = 0; run < runs && (kinds.isEmpty() || !untilFound); run++) {
      RunResult result = emulator.run();
      result.violations().forEach(violation -> kinds.add(violation.kind()));
    }
    return kinds;
  }

  @ParameterizedTest
  @CsvSource({
      "mutant-one-reference, aio-poll-ready-at-submit, linux-5.1",
      "mutant-no-second-look, aio-poll-cancel-against-keyless-wake, linux-5.1",
      "mutant-error-after-hand-over, aio-poll-late-error, viro-2019",
      "mutant-not-done, aio-poll-cancel-after-early-wake, linux-5.1",
      "mutant-wake-forgotten, aio-poll-drain-and-refill, linux-5.16",
      "mutant-cancel-forgotten, aio-poll-cancel-against-keyless-wake, linux-5.16",
      "mutant-cancelled-stays-queued, aio-poll-cancel-against-wake, linux-5.1"})
  void mutantIsCaught(String mutant, String scenario, String original) {
    assertTrue(!violations(scenario, mutant, true).isEmpty(), mutant + " survives " + scenario);
    assertEquals(Set.of(), violations(scenario, original, false), original + " in " + scenario);
  }

  @Test
  void everyMutantIsTested() {
    List<String> mutants = AioPollDesigns.all().stream().map(AioPollDesign::name)
        .filter(name -> name.startsWith("mutant-")).toList();
    assertEquals(7, mutants.size());
  }

  /** What the fact sheet says of the released designs, as far as random schedules show it. */
  @ParameterizedTest
  @CsvSource({
      "aio-poll-other-wake, linux-5.0, INVARIANT",
      "aio-poll-keyless-rearm, linux-5.0, HANG",
      "aio-poll-refused, linux-5.0, HANG",
      "aio-poll-queue-freed-against-cancel, linux-5.0, USE_AFTER_FREE",
      "aio-poll-queue-freed-against-cancel, linux-5.1, USE_AFTER_FREE",
      "aio-poll-queue-freed-against-cancel, viro-2019, USE_AFTER_FREE"})
  void knownFaultShows(String scenario, String design, PropertyKind kind) {
    assertTrue(violations(scenario, design, true).contains(kind), design + " in " + scenario);
  }

  @ParameterizedTest
  @CsvSource({
      "aio-poll-other-wake, linux-5.1",
      "aio-poll-keyless-rearm, linux-5.1",
      "aio-poll-refused, linux-5.1",
      "aio-poll-queue-freed-against-cancel, linux-5.16",
      "aio-poll-queue-freed, linux-5.16",
      "aio-poll-drain-and-refill, linux-5.16",
      "aio-destroy-twice, linux-5.16",
      "aio-destroy-against-wake, viro-2019"})
  void fixedFaultDoesNotShow(String scenario, String design) {
    assertEquals(Set.of(), violations(scenario, design, false), design + " in " + scenario);
  }
}
