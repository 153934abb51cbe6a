package dev.regardless.tests.checker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.regardless.checker.EmulatedDifferential;
import dev.regardless.machine.Architectures;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random programs: the emulation engine shows no outcome that the checking engine does not list, hangs included, and all
 * that it lists, except around grace periods. {@code bin/regardless differential --emulated} goes on for as long as asked.
 */
class EnginesAgreeTest {

  private static final int PROGRAMS = 1_000;

  /** As many of them act through pointers. */
  private static final int POINTERS = 200;
  private static final int RUNS = 60;
  private static final int MOST_RUNS = 100_000;

  @ParameterizedTest
  @ValueSource(strings = {"sc", "x86", "arm64"})
  void whatEmulationShowsIsWhatTheCheckerLists(String name) {
    EmulatedDifferential differential = new EmulatedDifferential(Architectures.named(name), RUNS, MOST_RUNS);
    for (long seed = -POINTERS; seed < PROGRAMS - POINTERS; seed++) {
      assertNull(differential.compare(seed));
    }
    System.out.printf("%s: %d programs, %d outcomes, %d runs, %d programs shown whole%n", name,
        differential.programs(), differential.outcomes(), differential.runs(), differential.complete());
    assertEquals(List.of(), differential.unsaturated());
    assertEquals(PROGRAMS, differential.programs());
    assertTrue(differential.complete() > PROGRAMS * 9 / 10, "grace periods hide " + differential.complete());
    assertTrue(differential.outcomes() > 3 * PROGRAMS, "dull programs: " + differential.outcomes());
  }

  /** The comparison notices too much: store buffers show what sequential consistency does not list. */
  @Test
  void aWeakerMemoryIsNoticed() {
    EmulatedDifferential differential = new EmulatedDifferential(
        Architectures.named("x86"), Architectures.named("sc"), RUNS, RUNS);
    assertNotNull(LongStream.range(0, PROGRAMS).mapToObj(differential::compare).filter(found -> found != null)
        .findFirst().orElse(null));
  }

  /** The comparison notices too little: a sequentially consistent memory never shows all that x86 allows. */
  @Test
  void aStrongerMemoryIsNoticed() {
    EmulatedDifferential differential = new EmulatedDifferential(
        Architectures.named("sc"), Architectures.named("x86"), RUNS, 2_000);
    for (long seed = 0; seed < PROGRAMS; seed++) {
      assertNull(differential.compare(seed));
    }
    assertTrue(!differential.unsaturated().isEmpty());
  }
}
