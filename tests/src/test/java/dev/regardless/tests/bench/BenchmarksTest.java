package dev.regardless.tests.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.regardless.cli.BenchmarkSuite;
import dev.regardless.cli.BenchmarkSuite.Request;
import dev.regardless.input.BadInputException;
import dev.regardless.machine.Architecture;
import dev.regardless.machine.Architectures;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The benchmarks do the work that they time, and wrong requests are refused before anything is measured. */
class BenchmarksTest {
  private static final BenchmarkSuite SUITE = ServiceLoader.load(BenchmarkSuite.class).findFirst().orElseThrow();

  @Test
  void allBenchmarksAreFound() {
    assertTrue(SUITE.names().contains(MemoryAccessBenchmark.class.getName() + ".access"), SUITE.names()::toString);
  }

  @Test
  void memoryAccessesAreMadeOnEveryArchitectureAndSchedule() {
    List<String> architectures = Architectures.all().stream().map(Architecture::name).toList();
    assertEquals(List.of("arm64", "sc", "x86"), architectures);
    for (String architecture : architectures) {
      for (String scheduler : List.of("every-access", "random", "pct")) {
        MemoryAccessBenchmark benchmark = new MemoryAccessBenchmark();
        benchmark.architecture = architecture;
        benchmark.scheduler = scheduler;
        benchmark.compose();
        assertEquals(100_000, benchmark.access().counters().accesses());
      }
    }
  }

  @Test
  void everyOpcodeIsEmulatedOnEveryArchitecture() {
    for (String architecture : List.of("sc", "x86", "arm64")) {
      for (String opcode : List.of("pread", "pwrite", "preadv", "pwritev", "fsync", "fdsync", "poll")) {
        AioOpcodeBenchmark benchmark = new AioOpcodeBenchmark();
        benchmark.architecture = architecture;
        benchmark.opcode = opcode;
        benchmark.compose();
        assertTrue(benchmark.request().counters().accesses() > 100_000, architecture + ' ' + opcode);
      }
    }
  }

  @Test
  void refusesWhatItCannotRun(@TempDir Path folder) {
    Path unwritable = folder.resolve("absent/result.json");
    assertEquals("bench: '(': Unclosed group; expected a regular expression",
        refusal("(", List.of(), Optional.empty()));
    assertEquals("bench: 'a' is no parameter; expected NAME=VALUE[,VALUE...]",
        refusal("x", List.of("a"), Optional.empty()));
    assertEquals(unwritable + ": cannot be written; expected a file in a folder that exists",
        refusal("x", List.of(), Optional.of(unwritable)));
  }

  private static String refusal(String pattern, List<String> parameters, Optional<Path> json) {
    Request request = new Request(List.of(pattern), parameters, true, json);
    return String.valueOf(assertThrows(BadInputException.class, () -> SUITE.run(request)).getMessage());
  }
}
