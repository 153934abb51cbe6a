package dev.regardless.tests.litmus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.regardless.isa.InstructionSets;
import dev.regardless.litmus.engine.ExplorationLimits;
import dev.regardless.litmus.engine.LitmusEngine;
import dev.regardless.litmus.engine.LitmusEngines;
import dev.regardless.litmus.report.HerdLog;
import dev.regardless.litmus.report.LogEntry;
import dev.regardless.litmus.run.KindsFile;
import dev.regardless.litmus.run.TestFiles;
import dev.regardless.litmus.run.TestResult;
import dev.regardless.litmus.run.TestRun;
import dev.regardless.litmus.test.Quantifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The project's own corpus proves the models without any file from outside. */
class CorpusTest {
  private static final int LEAST_TESTS = 150;
  private static final Path CORPUS = corpus();

  private static Path corpus() {
    Path folder = Path.of("").toAbsolutePath();
    while (folder != null && !Files.isDirectory(folder.resolve("litmus/src/test/resources/corpus"))) {
      folder = folder.getParent();
    }
    return folder == null ? Path.of("corpus not found") : folder.resolve("litmus/src/test/resources/corpus");
  }

  @Test
  void theFilesAreWhatTheGeneratorMakes() throws IOException {
    Map<String, String> made = CorpusGenerator.files();
    Map<String, String> found = new TreeMap<>();
    for (String name : made.keySet()) {
      Path file = CORPUS.resolve(name);
      found.put(name, Files.exists(file) ? Files.readString(file) : "missing; run CorpusGenerator");
    }
    assertEquals(made, found);
    assertEquals(made.keySet().stream().filter(name -> name.endsWith(".litmus")).count(),
        TestFiles.of(List.of(CORPUS.toString())).size());
    assertTrue(TestFiles.of(List.of(CORPUS.toString())).size() >= LEAST_TESTS);
  }

  @ParameterizedTest
  @CsvSource({"aarch64,AArch64,129", "x86_64,X86_64,59"})
  void everyTestHasItsKindAndItsOutcomes(String folder, String architecture, int tests) {
    if (InstructionSets.named(architecture).isEmpty()) {
      System.out.println("CorpusTest skipped: there is no instruction set " + architecture);
    }
    assumeTrue(InstructionSets.named(architecture).isPresent(), "there is no instruction set " + architecture);
    Map<String, LogEntry> expected = HerdLog.read(CORPUS.resolve(folder).resolve("expected.log"));
    Map<String, Quantifier> kinds = KindsFile.read(CORPUS.resolve(folder).resolve("kinds.txt"));
    List<Path> files = TestFiles.of(List.of("@" + CORPUS.resolve(folder).resolve("@all")));
    assertEquals(tests, files.size());
    assertEquals(expected.keySet(), kinds.keySet());
    for (LitmusEngine engine : LitmusEngines.all()) {
      TestRun run = new TestRun(List.of(engine), Optional.empty(), ExplorationLimits.DEFAULT, Map.of());
      List<String> wrong = new ArrayList<>();
      files.forEach(file -> check(run.answer(file), expected, kinds, wrong));
      assertEquals(List.of(), wrong, engine.name());
    }
  }

  private static void check(TestResult result, Map<String, LogEntry> expected, Map<String, Quantifier> kinds,
      List<String> wrong) {
    if (!(result instanceof TestResult.Answered answered)) {
      wrong.add(result.toString());
      return;
    }
    LogEntry found = answered.entry();
    LogEntry other = expected.get(found.name());
    if (other == null || !other.states().equals(found.states())) {
      wrong
          .add(found.name() + ": states " + found.states() + ", expected " + (other == null ? "none" : other.states()));
    }
    Quantifier kind = kinds.get(found.name());
    boolean holds = kind != null && switch (kind) {
      case EXISTS -> found.positive() > 0;
      case NOT_EXISTS -> found.positive() == 0;
      case FORALL -> found.negative() == 0;
    };
    if (!holds) {
      wrong.add(found.name() + ": not " + kind);
    }
    if (other != null && answered.exploration().countsExecutions() && other.positive() != found.positive()) {
      wrong.add(found.name() + ": " + found.positive() + " witnesses, expected " + other.positive());
    }
  }
}
