package dev.regardless.tests.litmus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.regardless.litmus.engine.Exploration;
import dev.regardless.litmus.engine.ExplorationLimits;
import dev.regardless.litmus.engine.LitmusEngine;
import dev.regardless.litmus.engine.LitmusEngines;
import dev.regardless.litmus.load.TestLoader;
import dev.regardless.litmus.outcome.Outcome;
import dev.regardless.litmus.test.LitmusTest;
import java.util.Set;
import java.util.function.LongFunction;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The axiomatic and the operational engine find the same outcomes of random programs. More than the default number are
 * tried with {@code -Dregardless.agreement=N}, from seed {@code -Dregardless.agreement.first=N}.
 */
class EngineAgreementTest {
  private static final long PROGRAMS = Long.getLong("regardless.agreement", 100);
  private static final long FIRST = Long.getLong("regardless.agreement.first", 1);
  private static final ExplorationLimits LIMITS = new ExplorationLimits(2_000_000, 0, 4, 0);
  /** Keeps the few programs with very many orders of writes from taking most of the time. */
  private static final ExplorationLimits FEW_STATES = new ExplorationLimits(2000, 0, 4, 0);

  private static final LitmusEngine AXIOMATIC = LitmusEngines.named("axiomatic").getFirst();
  private static final LitmusEngine OPERATIONAL = LitmusEngines.named("operational").getFirst();

  @ParameterizedTest
  @CsvSource({"AArch64,armv8", "AArch64,sc", "X86_64,x86-tso", "X86_64,sc"})
  void bothFindTheSameOutcomes(String architecture, String model) {
    LongFunction<String> programs = architecture.equals("AArch64") ? RandomPrograms::a64 : RandomPrograms::amd64;
    int finished = 0;
    long outcomes = 0;
    for (long seed = FIRST; seed < FIRST + PROGRAMS; seed++) {
      String text = programs.apply(seed);
      LitmusTest test = TestLoader.load("random" + seed, text).test();
      Exploration axiomatic = AXIOMATIC.explore(test, model, LIMITS);
      Exploration operational = OPERATIONAL.explore(test, model, FEW_STATES);
      if (axiomatic.complete() && operational.complete()) {
        finished++;
        Set<Outcome> expected = axiomatic.outcomes().outcomes();
        assertEquals(expected, operational.outcomes().outcomes(), () -> model + " " + text);
        outcomes += expected.size();
      }
    }
    assertTrue(finished > PROGRAMS * 8 / 10, "finished " + finished + " of " + PROGRAMS);
    assertTrue(outcomes > 3 * PROGRAMS, "outcomes " + outcomes);
  }
}
