package dev.regardless.litmus.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.regardless.input.BadInputException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HerdLogTest {
  private static final String TWO_TESTS = """
      Test MP Allowed
      States 3
      1:X0=0; 1:X2=0;
      1:X0=0; 1:X2=1;
      1:X0=1; 1:X2=1;
      No
      Witnesses
      Positive: 0 Negative: 3
      Condition exists (1:X0=1 /\\ 1:X2=0)
      Observation MP Never 0 3
      Time MP 0.25
      Hash=00000000000000000000000000000000

      Test loop Forbidden
      States 1
      [x]=1;
      Loop Ok
      Witnesses
      Positive: 4 Negative: 0
      Condition ~exists ([x]=2)
      Observation loop Never 0 4
      Time loop 1.00

      """;

  private static Map<String, LogEntry> parse(String text) {
    return HerdLog.parse("t.log", text.lines().toList());
  }

  private static LogEntry first(String text) {
    return parse(text).values().iterator().next();
  }

  @Test
  void whatIsReadIsWrittenTheSame() {
    StringBuilder written = new StringBuilder();
    parse(TWO_TESTS).values().forEach(entry -> written.append(HerdLog.text(entry)));
    assertEquals(TWO_TESTS, written.toString());
  }

  @Test
  void fields() {
    LogEntry loop = parse(TWO_TESTS).getOrDefault("loop", first(TWO_TESTS));
    assertTrue(loop.loop());
    assertTrue(loop.validated());
    assertEquals("Never", loop.observation());
    assertEquals(List.of("[x]=1;"), loop.states());
    assertFalse(first(TWO_TESTS).loop());
  }

  @Test
  void equalEntriesDoNotDiffer() {
    assertEquals(List.of(), LogComparison.differences(first(TWO_TESTS), first(TWO_TESTS), true));
  }

  @Test
  void differencesAreListed() {
    LogEntry other = first(TWO_TESTS.replace("1:X0=0; 1:X2=1;", "1:X0=1; 1:X2=0;").replace("\nNo\n", "\nOk\n")
        .replace("Never 0 3", "Sometimes 1 2").replace("MP Allowed", "MP Required"));
    assertEquals(
        List.of("kind Allowed, expected Required", "missing state 1:X0=1; 1:X2=0;",
            "unexpected state 1:X0=0; 1:X2=1;", "condition No, expected Ok",
            "observation Never 0 3, expected Sometimes 1 2"),
        LogComparison.differences(first(TWO_TESTS), other, true));
  }

  @Test
  void executionsAreComparedOnlyWhereTheyAreCounted() {
    LogEntry other = first(TWO_TESTS.replace("Never 0 3", "Never 0 5"));
    assertEquals(List.of(), LogComparison.differences(first(TWO_TESTS), other, false));
    assertEquals(List.of("observation Never 0 3, expected Never 0 5"),
        LogComparison.differences(first(TWO_TESTS), other, true));
  }

  @Test
  void aCutLoopMakesTheExpectedStatesALowerBound() {
    LogEntry more = first(TWO_TESTS);
    String fewer = TWO_TESTS.replace("States 3", "States 2").replace("1:X0=0; 1:X2=1;\n", "");
    assertEquals(List.of(), LogComparison.differences(more, first(fewer.replace("\nNo\n", "\nLoop Ok\n")), true));
    assertEquals(List.of("missing state 1:X0=0; 1:X2=1;"),
        LogComparison.differences(first(fewer), first(TWO_TESTS.replace("\nNo\n", "\nLoop No\n")), true));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '#', value = {"nothing#t.log: no test; expected a log",
      "Test a#t.log:1:1: 'Test a'; expected 'Test NAME KIND'",
      "Test a Allowed|x#t.log:2:1: 'x'; expected 'States N'",
      "Test a Allowed|States x#t.log:2:1: 'x'; expected a number",
      "Test a Allowed|States 2|x=1;#t.log:3:1: end of file; expected a final state",
      "Test a Allowed|States 0|Maybe#t.log:3:1: 'Maybe'; expected 'Ok' or 'No'",
      "Test a Allowed|States 0|Ok#t.log:3:1: end of test 'a'; expected its Observation line"})
  void damagedLogsAreRefused(String text, String message) {
    String found = String
        .valueOf(assertThrows(BadInputException.class, () -> parse(text.replace('|', '\n'))).getMessage());
    assertEquals(message, found.substring(0, Math.min(found.length(), message.length())));
  }
}
