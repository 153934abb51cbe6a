package dev.regardless.tests.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.regardless.vfs.program.Program;
import dev.regardless.vfs.program.ProgramText;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The text form of programs. */
class ProgramTextTest {

  /** Whatever the generator makes can be written down and read again. */
  @Test
  void whatIsWrittenCanBeRead() {
    for (long seed = 0; seed < 200; seed++) {
      Program program = ProgramGenerator.generate(seed, true);
      Program read = ProgramText.parse("memory " + program.memory() + "\n" + program);
      assertEquals(program.steps(), read.steps(), "seed " + seed);
    }
  }

  @Test
  void namesAndConstantsAndComments() {
    Program program = ProgramText.parse("""
        memory 64   # bytes
        # nothing here
        0: fd = eventfd2(0, NONBLOCK|SEMAPHORE)
        1: start read($fd, &8, 8) -> &8 x 1
        0: u32 &16+4 = {0}+-1
        0: u8 [8]+3
        """);
    assertEquals(64, program.memory());
    assertEquals(2, program.tasks());
    assertEquals("""
        $0   0: eventfd2(0, 0x801)
        $1   1: start read($0, &8, 8) -> &8 x 1
        $2   0: u32 &20 = {0}+-1
        $3   0: u8 [8]+3
        """, program.toString());
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      "memory big | line 1: expected 'TASK: STEP' with a task from 0 to 9, got 'memory big'",
      "0: read(x) | line 1: expected a number, one of -EAGAIN",
      "0: read($fd) | line 1: expected a step before this one, got '$fd'",
      "0: nonsense | line 1: expected a call, 'u64 PLACE = VALUE' or 'u64 PLACE', got 'nonsense'",
      "0: f(1,2,3,4,5,6,7) | line 1: f: a system call has six arguments at most"})
  void whatIsWrongIsNamed(String text, String message) {
    String found = String.valueOf(
        assertThrows(IllegalArgumentException.class, () -> ProgramText.parse(text)).getMessage());
    assertEquals("script, " + message, found.substring(0, Math.min(found.length(), message.length() + 8)));
  }
}
