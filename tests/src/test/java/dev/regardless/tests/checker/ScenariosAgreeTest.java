package dev.regardless.tests.checker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.regardless.checker.Agreement;
import dev.regardless.checker.CheckSettings;
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
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The emulation engine shows nothing of a scenario that the checker does not list, on any architecture and with any
 * primitives: what a correct one leaves behind in its cells, and which property a mutant violates. {@code
 * -Dregardless.agreement.runs=N} makes more runs of each than {@value #RUNS}.
 */
class ScenariosAgreeTest {

  private static final int RUNS = 60;

  /** As many as the checker says there are. */
  private static final int CPUS = 4;

  private static final long SEED = 1;

  private static Agreement compare(
      String name, Map<String, String> parameters, Architecture architecture, String variant, boolean cells) {
    Scenario scenario = Scenarios.all().stream().filter(s -> s.name().equals(name)).findFirst().orElseThrow();
    CheckSettings settings = CheckSettings.plain(parameters).withPrimitives(variant, List.of());
    Agreement agreement = new Agreement(scenario, architecture, settings, CPUS, cells, SEED);
    assertTrue(agreement.list());
    assertNull(agreement.run(Integer.getInteger("regardless.agreement.runs", RUNS)),
        () -> "%s on %s, %s, %s".formatted(name, architecture.name(), variant, parameters));
    return agreement;
  }

  @ParameterizedTest
  @CsvSource({
      "chase-lev-deque, none no-take-barrier no-push-barrier", "mcs-lock, none no-acquire no-release",
      "michael-scott-queue, none relaxed-link", "qrwlock, none no-read-acquire no-write-acquire no-write-release",
      "qspinlock, none no-acquire no-release", "rcu-list, none no-grace-period plain-publish",
      "refcount-final-put, none no-acquire", "seqlock, none no-wmb no-rmb", "ticket-lock, none no-acquire no-release",
      "treiber-stack, none relaxed-push", "waitqueue-register-wake, none no-poll-barrier no-wake-barrier"})
  void starterScenarios(String name, String mutants) {
    for (String mutant : mutants.split(" ")) {
      for (Architecture architecture : Architectures.all()) {
        for (String variant : architecture.primitiveVariants()) {
          Agreement agreement = compare(name, Map.of("mutant", mutant), architecture, variant, true);
          assertTrue(agreement.shown() > 0);
          assertTrue(!mutant.equals("none") || agreement.violated().isEmpty(), agreement.violated()::toString);
        }
      }
    }
  }

  /** The cores of poll, wake and complete, in two designs, in long runs in three. Cells differ with the CPU that a work item runs on. */
  @ParameterizedTest
  @ValueSource(
      strings = {"aio-poll-other-wake", "aio-poll-early-event", "aio-poll-keyless-wake", "aio-poll-late-error",
          "aio-poll-unlocked-waker", "aio-poll-two-queues", "aio-poll-cancel-against-wake",
          "aio-poll-cancel-after-early-wake", "aio-poll-close-under-poll", "aio-poll-queue-freed",
          "aio-poll-queue-freed-during-submit", "aio-poll-refused", "aio-reader-sleep", "aio-ring-publication"})
  void pollScenarios(String name) {
    boolean all = Integer.getInteger("regardless.agreement.runs", RUNS) > RUNS;
    for (String design : all ? List.of("viro-2019", "linux-5.1", "linux-5.16") : List.of("viro-2019", "linux-5.1")) {
      for (Architecture architecture : Architectures.all()) {
        String variant = architecture.primitiveVariants().getLast();
        compare(name, new TreeMap<>(Map.of("design", design)), architecture, variant, false);
      }
    }
  }

  /** A missing barrier shows in both engines, and only where it matters. */
  @ParameterizedTest
  @ValueSource(strings = {"sc", "x86", "arm64"})
  void aMissingBarrierShowsInBoth(String name) {
    Architecture architecture = Architectures.named(name);
    Agreement agreement = compare("waitqueue-register-wake", Map.of("mutant", "no-poll-barrier"), architecture,
        architecture.primitiveVariants().getFirst(), true);
    assertEquals(name.equals("sc") ? Set.of() : new TreeSet<>(Set.of("hang")), agreement.violated());
    assertNull(agreement.runUntilComplete(50_000));
    assertTrue(agreement.isComplete(), "%d of %d outcomes".formatted(agreement.shown(), agreement.listed()));
  }
}
