package dev.regardless.tests.checker;

import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.regardless.checker.Differential;
import dev.regardless.machine.Architectures;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random programs: the exploring engine finds exactly the graphs that the literal axioms allow, each once. For {@code
 * regardless.differential.seconds} for each architecture (`mvn verify` gives 20), but at least a few hundred programs;
 * {@code bin/regardless differential} goes on for as long as asked.
 */
class DifferentialTest {

  private static final int AT_LEAST = 300;

  /** Programs that act through pointers: address dependencies. */
  private static final int POINTERS = 300;

  @ParameterizedTest
  @ValueSource(strings = {"sc", "x86", "arm64"})
  void explorerAndNaiveExplorerAgree(String architecture) {
    long end = System.nanoTime() + Long.getLong("regardless.differential.seconds", 0) * 1_000_000_000L;
    Differential differential = new Differential(Architectures.named(architecture));
    for (long seed = -POINTERS; seed < 0; seed++) {
      assertNull(differential.compare(seed));
    }
    for (long seed = 0; seed < AT_LEAST || System.nanoTime() < end; seed++) {
      assertNull(differential.compare(seed));
    }
    assertTrue(differential.executions() > 2L * AT_LEAST, "dull programs: " + differential.executions());
    System.out.printf(
        "differential %s: %d programs, %d executions, %d hangs, none missing, none twice%n",
        architecture, differential.compared(), differential.executions(), differential.hangs());
  }
}
