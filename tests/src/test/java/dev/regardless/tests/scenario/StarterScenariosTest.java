package dev.regardless.tests.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.regardless.emulation.Emulator;
import dev.regardless.emulation.EmulatorSettings;
import dev.regardless.emulation.PctScheduler;
import dev.regardless.emulation.RandomChooser;
import dev.regardless.emulation.RunResult;
import dev.regardless.emulation.Scheduler;
import dev.regardless.machine.Architecture;
import dev.regardless.machine.Architectures;
import dev.regardless.scenario.Scenario;
import dev.regardless.scenario.Scenarios;
import dev.regardless.tests.kernel.Programs;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The starter scenarios hold on every architecture; each mutant is caught on exactly those where it matters. */
class StarterScenariosTest {

  private static final int RUNS = 400;
  private static final int MUTANT_RUNS = 6_000;

  private static Scenario scenario(String name) {
    return Scenarios.all().stream().filter(each -> each.name().equals(name)).findAny().orElseThrow();
  }

  private static Emulator emulator(
      Architecture architecture, Scheduler scheduler, String name, Map<String, String> parameters) {
    Emulator emulator = new Emulator(architecture, EmulatorSettings.of(3), scheduler, new RandomChooser(6));
    emulator.setUp(scenario(name), parameters);
    return emulator;
  }

  /**
   * The first violation's kind, or {@code holds}. Runs have few switches (PCT): a mutant often needs one thread to be late
   * by many accesses.
   */
  private static String verdict(Architecture architecture, String name, Map<String, String> parameters, int runs) {
    Scheduler scheduler = new PctScheduler(5, 8);
    Emulator emulator = emulator(architecture, scheduler, name, parameters);
    for (int run = 0; run < runs; run++) {
      scheduler.restart(run);
      RunResult result = emulator.run();
      if (!result.holds()) {
        return result.violations().getFirst().kind().id();
      }
    }
    return "holds";
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"ticket-lock", "mcs-lock", "qspinlock", "qrwlock", "seqlock", "treiber-stack", "michael-scott-queue",
          "chase-lev-deque", "rcu-list", "waitqueue-register-wake", "refcount-final-put"})
  void holdsOnEveryArchitecture(String name) {
    for (Architecture architecture : Programs.architectures()) {
      assertEquals("holds", verdict(architecture, name, Map.of(), RUNS), architecture.name());
    }
  }

  @ParameterizedTest
  @CsvSource({"ticket-lock,threads=4;rounds=3", "mcs-lock,threads=4;rounds=3", "qspinlock,threads=4;rounds=3",
      "qrwlock,readers=2;writers=2;rounds=3", "seqlock,readers=2;writers=2;rounds=3",
      "treiber-stack,putters=2;takers=2;items=3", "michael-scott-queue,putters=2;takers=2;items=3",
      "chase-lev-deque,thieves=3;stocked=2;items=2;takes=3", "rcu-list,readers=2;elements=3;reclaim=synchronize",
      "waitqueue-register-wake,pollers=3", "refcount-final-put,threads=4"})
  void holdsWithMore(String name, String parameters) {
    for (Architecture architecture : Programs.architectures()) {
      assertEquals("holds", verdict(architecture, name, parameters(parameters), RUNS), architecture.name());
    }
  }

  private static SortedMap<String, String> parameters(String text) {
    SortedMap<String, String> map = new TreeMap<>();
    for (String each : text.split(";")) {
      map.put(each.substring(0, each.indexOf('=')), each.substring(each.indexOf('=') + 1));
    }
    return map;
  }

  @ParameterizedTest
  @CsvSource({"ticket-lock,no-acquire,arm64,invariant", "ticket-lock,no-release,arm64,invariant",
      "mcs-lock,no-acquire,arm64,invariant", "mcs-lock,no-release,arm64,invariant",
      "qspinlock,no-acquire,arm64,invariant", "qspinlock,no-release,arm64,invariant",
      "qrwlock,no-read-acquire,arm64,invariant", "qrwlock,no-write-acquire,arm64,invariant",
      "qrwlock,no-write-release,arm64,invariant", "seqlock,no-wmb,arm64,invariant", "seqlock,no-rmb,arm64,invariant",
      "treiber-stack,relaxed-push,arm64,invariant", "michael-scott-queue,relaxed-link,arm64,invariant",
      "chase-lev-deque,no-take-barrier;stocked=2;items=0,arm64 x86,invariant",
      "chase-lev-deque,no-push-barrier,arm64,invariant",
      "rcu-list,no-grace-period,arm64 sc x86,use-after-free", "rcu-list,plain-publish,arm64,uninitialised-read",
      "waitqueue-register-wake,no-poll-barrier,arm64 x86,hang",
      "waitqueue-register-wake,no-wake-barrier,arm64 x86,hang", "refcount-final-put,no-acquire,arm64,invariant"})
  void mutantsAreCaughtWhereTheyMatter(String name, String mutant, String caughtOn, String kind) {
    SortedMap<String, String> verdicts = new TreeMap<>();
    for (Architecture architecture : Programs.architectures()) {
      boolean expected = List.of(caughtOn.split(" ")).contains(architecture.name());
      verdicts.put(
          architecture.name(),
          verdict(architecture, name, parameters("mutant=" + mutant), expected ? MUTANT_RUNS : RUNS));
    }
    SortedMap<String, String> expected = new TreeMap<>();
    for (String architecture : verdicts.keySet()) {
      expected.put(architecture, List.of(caughtOn.split(" ")).contains(architecture) ? kind : "holds");
    }
    assertEquals(expected, verdicts);
  }

  @Test
  void wrongParametersAreNamed() {
    for (String name : List.of("ticket-lock", "rcu-list", "treiber-stack")) {
      String message = assertThrows(
          IllegalArgumentException.class,
          () -> emulator(Architectures.named("sc"), new PctScheduler(1, 1), name, Map.of("mutant", "no-such")))
          .getMessage();
      assertTrue(message.startsWith("parameter mutant: expected none or one of "), message);
    }
    assertEquals(
        "parameter threads: expected a number from 1 to 32, got '0'",
        assertThrows(
            IllegalArgumentException.class,
            () -> emulator(Architectures.named("sc"), new PctScheduler(1, 1), "mcs-lock", Map.of("threads", "0")))
            .getMessage());
  }

  @Test
  void descriptionsNameEveryMutant() {
    TreeSet<String> described = new TreeSet<>();
    for (Scenario each : Scenarios.all()) {
      if (each.parameters().containsKey("mutant")) {
        assertTrue(each.description().contains("mutant"), each.name());
        described.add(each.name());
      }
    }
    assertTrue(described.size() >= 11, described::toString);
  }
}
