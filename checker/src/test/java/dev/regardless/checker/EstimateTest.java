package dev.regardless.checker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.regardless.checker.programs.Programs;
import dev.regardless.emulation.sc.SequentialArchitecture;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Random descents estimate without bias; seed and effort are fixed, so these are no matters of luck. */
class EstimateTest {

  private static Estimate estimate(String name, int size) {
    return Objects.requireNonNull(new Estimator(
        Programs.all().stream().filter(s -> s.name().equals(name)).findFirst().orElseThrow(),
        new SequentialArchitecture(), CheckSettings.plain(Map.of("n", Integer.toString(size)))).run(() -> false));
  }

  /** Every path of this tree has the same number of alternatives on it. */
  @Test
  void aBalancedTreeIsEstimatedExactly() {
    assertEquals(new Estimate(16_384, 0, 10_000), estimate("readers", 14));
  }

  @ParameterizedTest
  @CsvSource({"ainc, 4, 24", "binc, 3, 36", "casrot, 6, 144", "fib_bench, 2, 140", "lastzero, 4, 28",
      "ticketlock, 3, 6", "writers, 3, 24"})
  void theMeanIsWithinFourStandardErrors(String name, int size, double expected) {
    // Blocked executions count too: they are leaves like any other.
    TestScenarios.Count count = TestScenarios.count(
        new SequentialArchitecture().memoryModel(),
        Programs.all().stream().filter(s -> s.name().equals(name)).findFirst().orElseThrow(), size);
    assertEquals(expected, count.complete(), name);
    double all = count.complete() + count.blocked();
    Estimate estimate = estimate(name, size);
    assertTrue(Math.abs(estimate.executions() - all) <= 4 * estimate.error(), () -> all + " " + estimate);
    assertTrue(estimate.error() < all / 10, () -> all + " " + estimate);
  }

  @Test
  void theSameCheckGivesTheSameEstimate() {
    assertEquals(estimate("ainc", 6), estimate("ainc", 6));
  }

  @Test
  void numbersAreRoundedToWhatTheyAreWorth() {
    assertEquals("0", Estimate.rounded(0));
    assertEquals("999", Estimate.rounded(999.4));
    assertEquals("1.0 thousand", Estimate.rounded(999.6));
    assertEquals("9.9 thousand", Estimate.rounded(9_949));
    assertEquals("10 thousand", Estimate.rounded(9_951));
    assertEquals("2.5 million", Estimate.rounded(2_500_000));
    assertEquals("3.1e+17", Estimate.rounded(3.1e17));
    assertEquals("about 24 executions in all (estimate from 10 random descents, standard error 2)",
        new Estimate(24, 2, 10).text(23));
    assertEquals("more executions than the 24 that were estimated (estimate from 10 random descents, standard error 2)",
        new Estimate(24, 2, 10).text(24));
  }
}
