package dev.regardless.tests.checker;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.regardless.checker.CheckResult;
import dev.regardless.checker.CheckSettings;
import dev.regardless.checker.Checker;
import dev.regardless.checker.Counterexample;
import dev.regardless.machine.Architectures;
import dev.regardless.scenario.Scenario;
import dev.regardless.scenario.Scenarios;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Starter scenarios hold, and each mutant is found exactly on the architectures on which its barrier matters. */
class VerdictTableTest {

  @ParameterizedTest
  @CsvSource({
      "chase-lev-deque, none, holds, holds, holds",
      "mcs-lock, none, holds, holds, holds",
      "michael-scott-queue, none, holds, holds, holds",
      "qrwlock, none, holds, holds, holds",
      "qspinlock, none, holds, holds, holds",
      "rcu-list, none, holds, holds, holds",
      "refcount-final-put, none, holds, holds, holds",
      "seqlock, none, holds, holds, holds",
      "ticket-lock, none, holds, holds, holds",
      "treiber-stack, none, holds, holds, holds",
      "waitqueue-register-wake, none, holds, holds, holds",
      "chase-lev-deque, no-take-barrier, holds, invariant, invariant",
      "chase-lev-deque, no-push-barrier, holds, holds, invariant",
      "mcs-lock, no-acquire, holds, holds, invariant",
      "mcs-lock, no-release, holds, holds, invariant",
      "michael-scott-queue, relaxed-link, holds, holds, invariant",
      "qrwlock, no-read-acquire, holds, holds, invariant",
      "qrwlock, no-write-acquire, holds, holds, invariant",
      "qrwlock, no-write-release, holds, holds, invariant",
      "qspinlock, no-acquire, holds, holds, invariant",
      "qspinlock, no-release, holds, holds, invariant",
      "rcu-list, no-grace-period, use-after-free, use-after-free, use-after-free",
      "rcu-list, plain-publish, holds, holds, uninitialised-read",
      "refcount-final-put, no-acquire, holds, holds, invariant",
      "seqlock, no-wmb, holds, holds, invariant",
      "seqlock, no-rmb, holds, holds, invariant",
      "ticket-lock, no-acquire, holds, holds, invariant",
      "ticket-lock, no-release, holds, holds, invariant",
      "treiber-stack, relaxed-push, holds, holds, invariant",
      "waitqueue-register-wake, no-poll-barrier, holds, hang, hang",
      "waitqueue-register-wake, no-wake-barrier, holds, hang, hang"})
  void verdictsAreAsExpected(String name, String mutant, String sc, String x86, String arm64) {
    Scenario scenario = Scenarios.all().stream().filter(s -> s.name().equals(name)).findFirst().orElseThrow();
    assertEquals(sc, verdict(scenario, mutant, "sc"), "sc");
    assertEquals(x86, verdict(scenario, mutant, "x86"), "x86");
    assertEquals(arm64, verdict(scenario, mutant, "arm64"), "arm64");
  }

  private static String verdict(Scenario scenario, String mutant, String architecture) {
    Map<String, String> parameters = mutant.equals("none") ? Map.of() : Map.of("mutant", mutant);
    CheckResult result = new Checker(scenario, Architectures.named(architecture), CheckSettings.plain(parameters))
        .run();
    Counterexample example = result.counterexample();
    return example == null ? result.verdict().text() : example.kind().id();
  }
}
