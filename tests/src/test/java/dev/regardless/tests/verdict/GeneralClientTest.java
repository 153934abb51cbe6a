package dev.regardless.tests.verdict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.regardless.checker.CheckResult;
import dev.regardless.checker.CheckSettings;
import dev.regardless.checker.Checker;
import dev.regardless.checker.Verdict;
import dev.regardless.cli.matrix.MatrixFile;
import dev.regardless.machine.Architectures;
import dev.regardless.scenario.Scenario;
import dev.regardless.scenario.Scenarios;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The most general client with io_destroy, and what its short form of reference counts leaves out. */
class GeneralClientTest {

  private static CheckResult check(String scenario, String architecture, Map<String, String> parameters) {
    Scenario found = Scenarios.all().stream().filter(each -> each.name().equals(scenario)).findFirst().orElseThrow();
    return new Checker(found, Architectures.named(architecture), CheckSettings.plain(parameters)).run();
  }

  /** One cell of the matrix aio-poll-general, whose table is in the account. */
  @Test
  void everythingAtOnceIsExploredCompletely() {
    CheckResult result = check("aio-poll-client", "arm64", Map.of("design", "torvalds-2019", "destroyers", "1"));
    assertEquals(Verdict.HOLDS, result.verdict());
    assertEquals(13_418, result.executions());
    assertEquals(0, result.cut());
  }

  @Test
  void theMatrixHasAllDesigns() {
    assertEquals(List.of("linux-5.0", "torvalds-2019", "viro-2019", "linux-5.1", "linux-5.16"),
        MatrixFile.read("aio-poll-general").columns().stream().map(each -> each.name()).toList());
  }

  /** References counted per CPU, as Linux does, or atomically from the start: many more executions, the same verdict. */
  @ParameterizedTest
  @CsvSource({
      "linux-5.1,  aio-destroy-against-wake, per-cpu, 1440",
      "linux-5.1,  aio-destroy-against-wake, atomic,    48",
      "linux-5.16, aio-destroy-against-wake, per-cpu, 1680",
      "linux-5.16, aio-destroy-against-wake, atomic,    56",
      "linux-5.16, aio-poll-keyless-rearm,   per-cpu, 2160",
      "linux-5.16, aio-poll-keyless-rearm,   atomic,    72"})
  void countingAtomicallySavesSteps(String design, String scenario, String references, int executions) {
    CheckResult result = check(scenario, "sc", Map.of("design", design, "references", references));
    assertNull(result.counterexample());
    assertEquals(executions, result.executions());
  }

  @ParameterizedTest
  @CsvSource({"per-cpu", "atomic"})
  void whatHangsHangsWithBoth(String references) {
    CheckResult result = check("aio-poll-keyless-rearm", "sc", Map.of("design", "linux-5.0", "references", references));
    assertEquals(Verdict.VIOLATED, result.verdict());
    assertEquals("hang", java.util.Objects.requireNonNull(result.counterexample()).kind().id());
  }

  /** A look-up in the table of descriptors that finds a file without references waits for the descriptor to change. */
  @Test
  void aLookUpDoesNotSpinWithoutBound() {
    CheckResult result = check("aio-poll-client", "arm64", Map.of("design", "linux-5.1", "keyed-wakers", "0",
        "keyless-wakers", "0", "cancellers", "0"));
    assertEquals(Verdict.HOLDS, result.verdict());
    assertEquals(6, result.executions());
    assertEquals(0, result.cut());
  }
}
