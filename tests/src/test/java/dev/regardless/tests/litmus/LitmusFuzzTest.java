package dev.regardless.tests.litmus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** A fixed number of damaged files in each build; {@link LitmusFuzz} itself runs as many as wanted. */
class LitmusFuzzTest {
  private static final long SEED = 1;
  private static final long TESTS = 4_000;

  @Test
  void damagedFilesEndInOrder() {
    LitmusFuzz fuzz = new LitmusFuzz();
    for (long test = 0; test < TESTS; test++) {
      fuzz.run(SEED, test);
    }
    assertEquals(List.of(), fuzz.problems());
    assertEquals(TESTS, fuzz.endings().values().stream().mapToLong(Long::longValue).sum());
    for (LitmusFuzz.Ending ending : List.of(LitmusFuzz.Ending.ANSWERED, LitmusFuzz.Ending.MALFORMED)) {
      assertTrue(fuzz.endings().getOrDefault(ending, 0L) > TESTS / 20, () -> fuzz.endings().toString());
    }
  }
}
