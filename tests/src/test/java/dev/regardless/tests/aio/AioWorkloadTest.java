package dev.regardless.tests.aio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.regardless.aio.workload.AioWorkload;
import dev.regardless.emulation.Emulator;
import dev.regardless.emulation.EmulatorSettings;
import dev.regardless.emulation.FaultSettings;
import dev.regardless.emulation.PctScheduler;
import dev.regardless.emulation.RandomChooser;
import dev.regardless.emulation.RandomScheduler;
import dev.regardless.emulation.RunResult;
import dev.regardless.emulation.Scheduler;
import dev.regardless.machine.Architecture;
import dev.regardless.scenario.ScenarioObserver;
import dev.regardless.tests.kernel.Programs;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The poll workload keeps exact accounts under every design, on every architecture, under two schedulers. */
class AioWorkloadTest {

  private static final int REQUESTS = 120;

  private static Map<String, String> with(String design, String... values) {
    Map<String, String> parameters = new TreeMap<>();
    parameters.put("design", design);
    parameters.put("requests", Integer.toString(REQUESTS));
    for (int i = 0; i < values.length; i += 2) {
      parameters.put(values[i], values[i + 1]);
    }
    return parameters;
  }

  private static List<Map<String, Long>> holds(Map<String, String> parameters, long seed) {
    return holds(parameters, seed, FaultSettings.NONE);
  }

  private static List<Map<String, Long>> holds(Map<String, String> parameters, long seed, FaultSettings faults) {
    List<Map<String, Long>> all = new ArrayList<>();
    long injected = 0;
    for (Architecture architecture : Programs.architectures()) {
      for (Scheduler scheduler : new Scheduler[] {new RandomScheduler(seed), new PctScheduler(seed, 50)}) {
        Emulator emulator = new Emulator(
            architecture, EmulatorSettings.of(4).withFaults(faults), scheduler, new RandomChooser(~seed));
        emulator.setUp(new AioWorkload(), parameters);
        RunResult result = emulator.run();
        String which = "%s %s seed %d %s".formatted(
            architecture.name(), scheduler.getClass().getSimpleName(), seed, parameters);
        assertTrue(result.holds(), () -> which + ": " + result.violations());
        injected += result.counters().faultsInjected();
        Map<String, Long> counts = counts(emulator);
        assertEquals(REQUESTS, counts.get("accepted"), which);
        assertEquals(REQUESTS, counts.get("posted"), which);
        assertEquals(counts.get("files-taken"), counts.get("files-dropped"), which);
        long completed = Stream.of("completed-inline", "completed-by-work", "completed-at-submit")
            .mapToLong(how -> counts.getOrDefault(how, 0L))
            .sum();
        assertEquals(REQUESTS, completed, which);
        all.add(counts);
      }
    }
    assertEquals(!faults.equals(FaultSettings.NONE), injected > 0, () -> "faults: " + parameters);
    return all;
  }

  private static Map<String, Long> counts(Emulator emulator) {
    Map<String, Long> counts = new TreeMap<>();
    emulator.report(new ScenarioObserver.Report() {
      @Override
      public void unit(String name, long count) {
        counts.put(name, count);
      }

      @Override
      public void count(String name, long value) {
        counts.put(name, value);
      }

      @Override
      public void durations(String name, long[] durations, long[] occurrences) {
        long sum = 0;
        for (long each : occurrences) {
          sum += each;
        }
        counts.put(name, sum);
      }
    });
    return counts;
  }

  @ParameterizedTest
  @ValueSource(strings = {"linux-5.0", "linux-5.1", "linux-5.16", "viro-2019", "torvalds-2019"})
  void storm(String design) {
    holds(with(design), 1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"linux-5.1", "linux-5.16", "viro-2019", "torvalds-2019"})
  void cancelStorm(String design) {
    holds(with(design, "writers", "1", "cancellers", "2"), 2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"linux-5.1", "linux-5.16", "viro-2019", "torvalds-2019"})
  void closeRace(String design) {
    holds(with(design, "writers", "1", "closers", "2", "closer-pause", "500", "cancellers", "1", "canceller-pause",
        "1000", "file-count", "16", "timeout", "20000"), 3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"linux-5.1", "linux-5.16", "viro-2019"})
  void sharedContextWithReapers(String design) {
    holds(with(design, "contexts", "1", "pollers", "3", "reapers", "2", "timeout", "20000", "file-count", "16"), 4);
  }

  @ParameterizedTest
  @ValueSource(strings = {"linux-5.1", "linux-5.16", "viro-2019"})
  void reapingFromTheRing(String design) {
    holds(with(design, "ring-reaping", "on", "depth", "48", "batch", "8", "context-requests", "16"), 5);
  }

  @ParameterizedTest
  @ValueSource(strings = {"linux-5.1", "linux-5.16", "viro-2019"})
  void destroyedInFlight(String design) {
    holds(with(design, "drain", "off", "cancellers", "1", "canceller-pause", "100"), 6);
  }

  /** Every tenth allocation fails: calls are made again, and the accounts still add up. */
  @ParameterizedTest
  @ValueSource(strings = {"linux-5.0", "linux-5.1", "linux-5.16", "viro-2019", "torvalds-2019"})
  void scarceMemory(String design) {
    FaultSettings failslab = new FaultSettings(0, 1, 0, 0, 0, 1, 0, 1, 100_000, 0);
    holds(with(design), 7, failslab);
    holds(with(design, "ring-reaping", "on", "depth", "48", "batch", "8", "context-requests", "16"), 8, failslab);
  }

  @ParameterizedTest
  @ValueSource(strings = {"linux-5.1", "linux-5.16", "viro-2019", "torvalds-2019"})
  void scarceMemoryInACancelStorm(String design) {
    FaultSettings failslab = new FaultSettings(0, 1, 0, 0, 0, 1, 0, 1, 200_000, 0);
    holds(with(design, "writers", "1", "cancellers", "2", "drain", "off"), 9, failslab);
  }

  /** A signalfd completes at submission, or when the poll is cancelled; a wake-up never completes it. */
  @ParameterizedTest
  @ValueSource(strings = {"linux-5.1", "linux-5.16", "viro-2019", "torvalds-2019"})
  void signalfd(String design) {
    for (Map<String, Long> counts : holds(with(design, "files", "signalfd", "file-count", "4", "timeout", "20000"),
        10)) {
      assertEquals(0L, counts.getOrDefault("completed-inline", 0L), counts::toString);
      assertTrue(counts.getOrDefault("completed-at-submit", 0L) > 0, counts::toString);
      // The rest was cancelled. The sketch's work may come while the submission knows of the signal already.
      long cancelled = counts.getOrDefault("zero-results", 0L);
      assertTrue(cancelled > 0, counts::toString);
      if (!design.equals("torvalds-2019")) {
        assertEquals(REQUESTS, counts.getOrDefault("completed-at-submit", 0L) + cancelled, counts::toString);
      }
    }
  }

  @Test
  void wrongParametersAreNamed() {
    for (String[] wrong : new String[][] {{"depth", "0"}, {"batch", "17"}, {"closers", "1"}, {"pollers", "1"},
        {"design", "linux-2.6"}, {"files", "nothing"}, {"files", "signalfd"}, {"drain", "maybe"},
        {"requests", "many"}}) {
      Emulator emulator = Emulator.random(Programs.architectures().getFirst(), EmulatorSettings.of(2), 1);
      IllegalArgumentException refusal = assertThrows(
          IllegalArgumentException.class,
          () -> emulator.setUp(new AioWorkload(), with("linux-5.1", wrong)), wrong[0]);
      String message = String.valueOf(refusal.getMessage());
      assertTrue(
          message.contains(wrong[0].equals("closers") ? "timeout" : wrong[0].equals("files") ? "driver" : wrong[0]),
          () -> wrong[0] + ": " + message);
    }
  }
}
