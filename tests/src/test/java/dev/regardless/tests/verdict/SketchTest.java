package dev.regardless.tests.verdict;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.regardless.checker.CheckResult;
import dev.regardless.checker.CheckSettings;
import dev.regardless.checker.Checker;
import dev.regardless.machine.Architectures;
import dev.regardless.scenario.Scenario;
import dev.regardless.scenario.Scenarios;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** All combinations of the choices that the sketch of March 2019 leaves open, on each architecture. */
class SketchTest {

  private static final int COMBINATIONS = 72;

  private static List<String> combinations() {
    List<String> all = new ArrayList<>();
    for (String ready : List.of("steal", "leave")) {
      for (String keyless : List.of("re-poll", "complete")) {
        for (String error : List.of("cancel", "cancel-locked", "return")) {
          for (String cancellable : List.of("unless-gone", "always", "never")) {
            for (String rearm : List.of("yes", "no")) {
              all.add("ready-at-submit=%s keyless-wake=%s late-error=%s cancellable=%s re-arm=%s"
                  .formatted(ready, keyless, error, cancellable, rearm));
            }
          }
        }
      }
    }
    return all;
  }

  private static String check(String scenario, String choices, String architecture) {
    Scenario found = Scenarios.all().stream().filter(each -> each.name().equals(scenario)).findFirst().orElseThrow();
    CheckSettings settings = CheckSettings.plain(Map.of("design", "torvalds-2019", "choices", choices));
    CheckResult result = new Checker(found, Architectures.named(architecture), settings).run();
    return result.counterexample() == null ? result.verdict().text() : result.counterexample().kind().id();
  }

  @ParameterizedTest
  @ValueSource(strings = {"sc", "x86", "arm64"})
  void noneSatisfiesEveryInvariant(String architecture) {
    List<String> all = combinations();
    assertEquals(COMBINATIONS, Set.copyOf(all).size());
    for (String choices : all) {
      String scenario = choices.contains("=leave") ? "aio-poll-ready-at-submit" : "aio-poll-drain-and-refill";
      assertEquals("invariant", check(scenario, choices, architecture), () -> scenario + " with " + choices);
    }
  }

  /** Each choice, the other ones being the best: what goes wrong with it, among the races that the sketch is about. */
  @ParameterizedTest
  @ValueSource(strings = {"sc", "x86", "arm64"})
  void eachChoiceMatters(String architecture) {
    String best = "ready-at-submit=steal keyless-wake=re-poll late-error=cancel-locked cancellable=unless-gone re-arm=yes";
    Map<String, String> failures = new TreeMap<>(Map.of(
        best, "",
        best.replace("cancel-locked", "cancel"), "two-queues:invariant",
        best.replace("cancel-locked", "return"), "late-error:use-after-free two-queues:invariant",
        best.replace("re-poll", "complete"), "keyless-wake:invariant",
        best.replace("unless-gone", "always"), "cancel-after-early-wake:use-after-free",
        best.replace("unless-gone", "never"), "cancel-against-keyless-wake:invariant two-queues:invariant"));
    failures.forEach((choices, expected) -> {
      List<String> found = new ArrayList<>();
      for (String row : List.of("cancel-after-early-wake", "cancel-against-keyless-wake", "keyless-wake", "late-error",
          "early-event", "close-under-poll", "two-queues")) {
        String verdict = check("aio-poll-" + row, choices, architecture);
        if (!verdict.equals("holds")) {
          found.add(row + ':' + verdict);
        }
      }
      assertEquals(expected, String.join(" ", found), choices);
    });
  }
}
