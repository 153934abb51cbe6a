package dev.regardless.tests.litmus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.regardless.isa.InstructionSets;
import dev.regardless.litmus.engine.ExplorationLimits;
import dev.regardless.litmus.engine.LitmusEngines;
import dev.regardless.litmus.report.HerdLog;
import dev.regardless.litmus.report.LogComparison;
import dev.regardless.litmus.report.LogEntry;
import dev.regardless.litmus.run.ParallelRunner;
import dev.regardless.litmus.run.TestFiles;
import dev.regardless.litmus.run.TestResult;
import dev.regardless.litmus.run.TestRun;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Our answers are herd's, test by test, on the whole reference corpus. */
class ConformanceTest {
  /** Tests that need code as data or mixed sizes, which are not built in. */
  private static final Map<String, Set<String>> REFUSED = Map.of("inst-aarch64",
      Set.of("A251.litmus", "L049.litmus", "L050.litmus", "L062.litmus", "L086.litmus", "L105.litmus", "M001.litmus"));

  private static final List<String> ENGINES = List.of("axiomatic", "operational");

  @ParameterizedTest
  @CsvSource({"aarch64,AArch64,57", "aarch64-cas,AArch64,24", "aarch64-down-one-leg,AArch64,51",
      "aarch64-pick,AArch64,41", "aarch64-readers-guide,AArch64,33", "inst-aarch64,AArch64,192",
      "gen-aarch64,AArch64,1164", "x86,X86,14", "x86_64,X86_64,20", "inst-x86_64,X86_64,9", "gen-x86_64,X86_64,534"})
  void everyTestOfTheGroupHasHerdsOutcomes(String group, String architecture, int tests) {
    Optional<Path> corpus = ReferenceCorpus.find();
    skipUnless(corpus.isPresent(), "the reference corpus is not beside the repository");
    skipUnless(InstructionSets.named(architecture).isPresent(), "there is no instruction set " + architecture);
    Path folder = corpus.orElseThrow().resolve(group);
    Map<String, LogEntry> expected = HerdLog.read(folder.resolve("expected.log"));
    List<Path> files = TestFiles.of(List.of(folder.toString()));
    assertEquals(tests, files.size());
    for (String engine : ENGINES) {
      List<String> mismatches = new ArrayList<>();
      Set<String> refused = new TreeSet<>();
      ParallelRunner.run(files, Runtime.getRuntime().availableProcessors(), run(engine)::answer,
          result -> check(result, expected, mismatches, refused));
      assertEquals(List.of(), mismatches, engine);
      assertEquals(new TreeSet<>(REFUSED.getOrDefault(group, Set.of())), refused, engine);
    }
  }

  private static TestRun run(String engine) {
    return new TestRun(LitmusEngines.named(engine), Optional.empty(), ExplorationLimits.DEFAULT, Map.of());
  }

  private static void check(TestResult result, Map<String, LogEntry> expected, List<String> mismatches,
      Set<String> refused) {
    switch (result) {
      case TestResult.Answered answered -> {
        LogEntry found = answered.entry();
        LogEntry other = expected.get(found.name());
        List<String> lines = other == null
            ? List.of("not in the expected log")
            : LogComparison.differences(found, other, answered.exploration().countsExecutions());
        lines.forEach(line -> mismatches.add(found.name() + ": " + line));
        if (other != null && !other.condition().equals(found.condition())) {
          mismatches.add(found.name() + ": condition " + found.condition() + ", expected " + other.condition());
        }
      }
      case TestResult.Refused refusal -> refused.add(refusal.file().getFileName().toString());
      default -> mismatches.add(result.toString());
    }
  }

  @Test
  void whatIsNotModelledIsRefusedWithAReason() {
    Optional<Path> corpus = ReferenceCorpus.find();
    skipUnless(corpus.isPresent(), "the reference corpus is not beside the repository");
    for (Path file : TestFiles.of(List.of(corpus.orElseThrow().resolve("linux").toString()))) {
      assertEquals(new TestResult.Refused(file, file + ": not supported: C tests need the Linux kernel's memory model"),
          run("axiomatic").answer(file));
    }
  }

  /** Two tests of the group with mixed sizes do not mix them where it would show. */
  @Test
  void mixedSizesAreRefusedByEitherEngine() {
    Optional<Path> corpus = ReferenceCorpus.find();
    skipUnless(corpus.isPresent(), "the reference corpus is not beside the repository");
    Path folder = corpus.orElseThrow().resolve("aarch64-mixed");
    Map<String, LogEntry> expected = HerdLog.read(folder.resolve("expected.log"));
    List<Path> files = TestFiles.of(List.of(folder.toString()));
    for (String engine : ENGINES) {
      List<String> mismatches = new ArrayList<>();
      Set<String> refused = new TreeSet<>();
      files.forEach(file -> check(run(engine).answer(file), expected, mismatches, refused));
      assertEquals(List.of(), mismatches, engine);
      assertEquals(16, refused.size(), engine);
    }
  }

  private static void skipUnless(boolean condition, String reason) {
    if (!condition) {
      System.out.println("ConformanceTest skipped: " + reason);
    }
    assumeTrue(condition, reason);
  }
}
