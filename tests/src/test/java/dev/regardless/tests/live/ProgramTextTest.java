package dev.regardless.tests.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.regardless.vfs.program.Program;
import dev.regardless.vfs.program.ProgramText;
import java.util.List;
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

  @Test
  void repeatedLinesHappenSeveralTimes() {
    Program program = ProgramText.parse("""
        0: close(1)
        repeat 3 {
          0: n = u64 &8 => 5
          1: u64 &8 = $n
        }
        1: close(2)
        """);
    assertEquals(
        List.of(new Program.Stretch(0, 1, 1), new Program.Stretch(1, 3, 3), new Program.Stretch(3, 4, 1)),
        program.stretches());
    assertEquals(program.loops(), ProgramText.parse(program.toString()).loops());
    assertEquals("""
        $0   0: close(1)
        repeat 3 {
        $1   0: u64 &8
        $2   1: u64 &8 = $1
        }
        $3   1: close(2)
        """, program.toString());
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      "memory big | line 1: expected 'TASK: STEP' with a task from 0 to 9, got 'memory big'",
      "0: read(x) | line 1: expected a number, one of -EAGAIN",
      "0: read($fd) | line 1: expected a step before this one, got '$fd'",
      "0: nonsense | line 1: expected a call, 'u64 PLACE = VALUE' or 'u64 PLACE', got 'nonsense'",
      "repeat 2 { % 0: close(1) | line 2: expected '}' to end a repeat",
      "repeat 2 { % repeat 2 { | line 2: expected '}' before another repeat",
      "0: close(1) % } | line 2: expected 'repeat TIMES {' before '}'",
      "repeat 0 { | line 1: repeat: expected 1 to 10000000 times, got '0'",
      "repeat 99999999999 { | line 1: repeat: expected 1 to 10000000 times, got '99999999999'",
      "repeat { | line 1: expected 'TASK: STEP' with a task from 0 to 9, got 'repeat {'",
      "0: f(1,2,3,4,5,6,7) | line 1: f: a system call has six arguments at most"})
  void whatIsWrongIsNamed(String text, String message) {
    String found = String.valueOf(
        assertThrows(IllegalArgumentException.class, () -> ProgramText.parse(text.replace('%', '\n'))).getMessage());
    assertEquals("script, " + message, found.substring(0, Math.min(found.length(), message.length() + 8)));
  }
}
