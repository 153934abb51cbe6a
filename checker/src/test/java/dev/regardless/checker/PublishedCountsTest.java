package dev.regardless.checker;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.regardless.checker.programs.Programs;
import dev.regardless.execution.SequentialConsistency;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Numbers of complete executions under SC as published by, and measured with, GenMC 0.11 and Nidhugg 0.4. */
class PublishedCountsTest {

  @ParameterizedTest
  @CsvSource({
      "sb, 0, 3", "mp, 0, 3", "lb, 0, 3", "2+2w, 0, 3", "iriw, 0, 15", "corr, 0, 6", "wrc, 0, 7",
      "fib_bench, 3, 1698", "fib_bench, 4, 19605", "fib_bench, 5, 218243",
      "ainc, 7, 5040", "ainc, 8, 40320", "binc, 4, 576", "binc, 5, 14400",
      "lastzero, 10, 3328", "lastzero, 15, 147456", "readers, 13, 8192", "readers, 16, 65536",
      "indexer, 12, 8", "indexer, 15, 4096", "casrot, 8, 2048", "casrot, 9, 8597", "casrot, 10, 38486",
      "ticketlock, 5, 120", "ticketlock, 6, 720", "ticketlock, 7, 5040", "writers, 8, 362880"})
  void countsAreExact(String name, int size, long expected) {
    var scenario = Programs.all().stream().filter(s -> s.name().equals(name)).findFirst().orElseThrow();
    var count = TestScenarios.count(new SequentialConsistency(), scenario, size);
    assertEquals(new TestScenarios.Count(expected, 0), count);
  }
}
