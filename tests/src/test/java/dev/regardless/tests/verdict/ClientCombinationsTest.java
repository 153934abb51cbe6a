package dev.regardless.tests.verdict;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.regardless.checker.CheckResult;
import dev.regardless.checker.CheckSettings;
import dev.regardless.checker.Checker;
import dev.regardless.checker.Verdict;
import dev.regardless.machine.Architecture;
import dev.regardless.machine.Architectures;
import dev.regardless.scenario.Scenario;
import dev.regardless.scenario.Scenarios;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The most general client without io_destroy in all combinations: one submitter, and at most one of each other kind of
 * thread. On arm64; on others with {@code -Dregardless.combinations.architectures=sc,x86}.
 */
class ClientCombinationsTest {

  private static final List<String> THREADS = List.of("keyed-wakers", "keyless-wakers", "other-wakers", "cancellers",
      "closers", "pollfree-wakers");

  private static final Scenario CLIENT = Scenarios.all().stream().filter(each -> each.name().equals("aio-poll-client"))
      .findFirst().orElseThrow();

  /**
   * How many executions those have together that hold.
   *
   * @param most of the queue's owners, who free it: designs before 5.16 do not know that queues can go
   */
  @ParameterizedTest
  @CsvSource({
      "linux-5.16, 1, 151861", "linux-5.1, 0, 27070", "viro-2019, 0, 27070", "torvalds-2019, 0, 18078",
      "linux-5.0, 0, 2445"})
  void allCombinations(String design, int most, long executions) {
    for (String name : System.getProperty("regardless.combinations.architectures", "arm64").split(",", -1)) {
      Architecture architecture = Architectures.named(name);
      long total = 0;
      for (int choice = 0; choice < 1 << (THREADS.size() - 1 + most); choice++) {
        Set<String> chosen = new TreeSet<>();
        Map<String, String> parameters = new TreeMap<>(Map.of("design", design));
        for (int i = 0; i < THREADS.size(); i++) {
          boolean there = (choice >> i & 1) == 1;
          parameters.put(THREADS.get(i), there ? "1" : "0");
          if (there) {
            chosen.add(THREADS.get(i));
          }
        }
        CheckResult result = new Checker(CLIENT, architecture, CheckSettings.plain(parameters)).run();
        boolean violated = design.equals("linux-5.0") && isTooMuchForWokenFlag(chosen);
        assertEquals(violated ? Verdict.VIOLATED : Verdict.HOLDS, result.verdict(), () -> name + ' ' + chosen);
        total += violated ? 0 : result.executions();
      }
      assertEquals(executions, total, name);
    }
  }

  /** A wake that completes the poll, and another one for nothing before it (B3) or a close meanwhile (B1). */
  private static boolean isTooMuchForWokenFlag(Set<String> chosen) {
    return (chosen.contains("keyed-wakers") || chosen.contains("keyless-wakers"))
        && (chosen.contains("other-wakers") || chosen.contains("closers"));
  }
}
