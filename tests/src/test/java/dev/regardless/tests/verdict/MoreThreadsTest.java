package dev.regardless.tests.verdict;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.regardless.checker.CheckResult;
import dev.regardless.checker.CheckSettings;
import dev.regardless.checker.Checker;
import dev.regardless.machine.Architecture;
import dev.regardless.machine.Architectures;
import dev.regardless.scenario.Scenario;
import dev.regardless.scenario.Scenarios;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The races with more threads than their plot needs: verdicts stay what they are, only executions become more. */
class MoreThreadsTest {

  /** Each of {@code numbers} is 2; complete executions of linux-5.1 and linux-5.16, the same on sc, x86 and arm64. */
  @ParameterizedTest
  @CsvSource({
      "cancel-after-early-keyless-wake, wakers closers, 1112, 1640",
      "cancel-after-early-wake, wakers closers, 1648, 2328",
      "cancel-against-keyless-wake, wakers cancellers, 80, 136",
      "cancel-against-wake, wakers cancellers, 184, 296",
      "cancel-during-submit, closers, 336, 344",
      "close-under-poll, closers, 178, 178",
      "keyless-wake, wakers closers, 792, 1128",
      "late-error, wakers, 1040, 1488",
      "other-wake, wakers closers, 24, 24",
      "two-queues, wakers, 3024, 4528",
      "unlocked-waker, wakers, 296, 408"})
  void theyHold(String race, String numbers, long before, long today) {
    Map<String, String> parameters = new TreeMap<>();
    List.of(numbers.split(" ")).forEach(number -> parameters.put(number, "2"));
    for (Architecture architecture : Architectures.all()) {
      assertEquals("holds " + before, found(race, parameters, "linux-5.1", architecture), architecture.name());
      assertEquals("holds " + today, found(race, parameters, "linux-5.16", architecture), architecture.name());
    }
  }

  /** What is wrong with a design stays wrong. */
  @ParameterizedTest
  @CsvSource({
      "drain-and-refill, closers, invariant, holds", "queue-freed-against-cancel, cancellers, use-after-free, holds",
      "signalfd, closers, invariant, invariant"})
  void theyAreStillViolated(String race, String number, String before, String today) {
    for (Architecture architecture : Architectures.all()) {
      for (Map.Entry<String, String> design : Map.of("linux-5.1", before, "linux-5.16", today).entrySet()) {
        String found = found(race, Map.of(number, "2"), design.getKey(), architecture);
        assertEquals(design.getValue(), found.split(" ", -1)[0], architecture.name() + ' ' + design.getKey());
      }
    }
  }

  private static String found(
      String race, Map<String, String> parameters, String design, Architecture architecture) {
    Scenario scenario = Scenarios.all().stream().filter(each -> each.name().equals("aio-poll-" + race)).findFirst()
        .orElseThrow();
    Map<String, String> all = new TreeMap<>(parameters);
    all.put("design", design);
    CheckResult result = new Checker(scenario, architecture, CheckSettings.plain(all)).run();
    return result.counterexample() == null
        ? "holds " + result.executions()
        : result.counterexample().kind().id();
  }
}
