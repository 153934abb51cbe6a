package dev.regardless.checker;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** The explorer against the naive one, under SC; module {@code tests} does the same for the architectures. */
class DifferentialTest {

  @Test
  void randomProgramsHaveTheSameGraphsEachOnce() {
    Differential differential = new Differential(TestArchitecture.INSTANCE);
    for (long seed = 0; seed < 500; seed++) {
      String difference = differential.compare(seed);
      assertTrue(difference == null, difference);
    }
    assertTrue(differential.executions() > 1_000, "the programs are too dull: " + differential.executions());
    assertTrue(differential.hangs() > 100, "too few hangs: " + differential.hangs());
  }
}
