package dev.regardless.tests.aio;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.regardless.checker.CheckResult;
import dev.regardless.checker.CheckSettings;
import dev.regardless.checker.Checker;
import dev.regardless.checker.Counterexample;
import dev.regardless.emulation.Emulator;
import dev.regardless.emulation.EmulatorSettings;
import dev.regardless.emulation.RunResult;
import dev.regardless.machine.Architecture;
import dev.regardless.machine.Architectures;
import dev.regardless.scenario.Scenario;
import dev.regardless.scenario.Scenarios;
import dev.regardless.tests.kernel.Programs;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The ring, its slots and its readers: they hold, and each barrier is missed exactly where it matters. smp_wmb and smp_rmb
 * order publication, on arm64; the smp_mb before waitqueue_active, store and load, hence on x86 too. Where nothing is read
 * that is being published, or a lock is between, a barrier is not missed.
 */
class RingCheckTest {

  private static final int RUNS = 400;

  private static Scenario named(String name) {
    return Scenarios.all().stream().filter(each -> each.name().equals(name)).findFirst().orElseThrow();
  }

  /** Verdicts on sc, x86 and arm64 without one of the kernel's barriers; - for with all of them. */
  @ParameterizedTest
  @CsvSource({
      "aio-ring-publication, -, holds, holds, holds",
      "aio-ring-publication, smp_wmb, holds, holds, invariant",
      "aio-ring-publication, smp_rmb, holds, holds, invariant",
      "aio-ring-wraparound, -, holds, holds, holds",
      "aio-ring-wraparound, smp_wmb, holds, holds, invariant",
      "aio-ring-wraparound, smp_rmb, holds, holds, invariant",
      "aio-ring-publication, smp_mb, holds, holds, holds",
      "aio-ring-wraparound, smp_mb, holds, holds, holds",
      "aio-over-submit, -, holds, holds, holds",
      "aio-over-submit, smp_wmb, holds, holds, holds",
      "aio-over-submit, smp_rmb, holds, holds, holds",
      "aio-over-submit, smp_mb, holds, holds, holds",
      "aio-reader-sleep, -, holds, holds, holds",
      "aio-reader-sleep, smp_wmb, holds, holds, holds",
      "aio-reader-sleep, smp_rmb, holds, holds, holds",
      "aio-reader-sleep, smp_mb, holds, hang, hang",
      "aio-poll-unlocked-waker, -, holds, holds, holds",
      "aio-poll-unlocked-waker, smp_mb, holds, invariant, invariant"})
  void verdictsAreAsExpected(String name, String without, String sc, String x86, String arm64) {
    List<String> weakened = without.equals("-") ? List.of() : List.of(without);
    assertEquals(
        List.of(sc, x86, arm64),
        List.of(verdict(name, weakened, "sc"), verdict(name, weakened, "x86"), verdict(name, weakened, "arm64")));
  }

  /** The barrier in poll_wait, which the kernel has since January 2025, before a waker that looks at the queue unlocked. */
  @ParameterizedTest
  @CsvSource({"on, holds, holds, holds", "off, holds, invariant, invariant"})
  void pollersNeedTheirBarrierToo(String barrier, String sc, String x86, String arm64) {
    List<String> found = Stream.of("sc", "x86", "arm64").map(architecture -> verdict(
        "aio-poll-unlocked-waker", Map.of("poll-wait-barrier", barrier), List.of(), architecture)).toList();
    assertEquals(List.of(sc, x86, arm64), found);
  }

  private static String verdict(String name, List<String> weakened, String architecture) {
    return verdict(name, Map.of(), weakened, architecture);
  }

  private static String verdict(
      String name, Map<String, String> parameters, List<String> weakened, String architecture) {
    CheckSettings settings = CheckSettings.plain(parameters).withPrimitives("", weakened);
    CheckResult result = new Checker(named(name), Architectures.named(architecture), settings).run();
    Counterexample example = result.counterexample();
    return example == null ? result.verdict().text() : example.kind().id();
  }

  /**
   * All executions of io_destroy against a submission and against a sleeper. No barrier of the ring orders them: without any
   * one there are as many, and they hold. Counted per CPU the references need a grace period, which takes the checker long:
   * then random schedules stand in, and the matrix aio-poll-general has the submission.
   */
  @ParameterizedTest
  @CsvSource({"aio-destroy-against-submit, 58", "aio-destroy-against-getevents, 278"})
  void destructionHoldsInEveryExecution(String name, long executions) {
    for (List<String> weakened : List.of(List.<String>of(), List.of("smp_wmb"), List.of("smp_rmb"),
        List.of("smp_mb"))) {
      for (Architecture architecture : Programs.architectures()) {
        CheckSettings settings = CheckSettings.plain(Map.of("references", "atomic")).withPrimitives("", weakened);
        CheckResult result = new Checker(named(name), architecture, settings).run();
        assertEquals("holds", result.verdict().text(), architecture.name() + weakened);
        assertEquals(executions, result.executions(), architecture.name() + weakened);
      }
    }
  }

  /** The same with references counted per CPU. */
  @ParameterizedTest
  @ValueSource(strings = {"aio-destroy-against-submit", "aio-destroy-against-getevents"})
  void destructionHoldsAlongRandomSchedules(String name) {
    for (Architecture architecture : Programs.architectures()) {
      Emulator emulator = Emulator.random(architecture, EmulatorSettings.of(2), 1);
      emulator.setUp(named(name), Map.of());
      for (int run = 0; run < RUNS; run++) {
        RunResult result = emulator.run();
        assertEquals(List.of(), result.violations(), architecture.name() + " run " + run);
      }
    }
  }
}
