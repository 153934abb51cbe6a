package dev.regardless.tests.litmus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.regardless.isa.UnsupportedTestException;
import dev.regardless.litmus.axiomatic.AxiomaticEngine;
import dev.regardless.litmus.engine.Exploration;
import dev.regardless.litmus.engine.ExplorationLimits;
import dev.regardless.litmus.test.LitmusTest;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Outcome sets and witness counts that can be worked out by hand. */
class AxiomaticEngineTest {
  private static final String LOAD_BUFFERING = """
      AArch64 LB
      { 0:X1=x; 0:X3=y; 1:X1=y; 1:X3=x; }
       P0          | P1          ;
       LDR W0,[X1] | LDR W0,[X1] ;
       MOV W2,#1   | MOV W2,#1   ;
       STR W2,[X3] | STR W2,[X3] ;
      locations [0:X0; 1:X0;]
      """;

  private static Exploration explore(String text, String model) {
    return Explorations.explore(new AxiomaticEngine(), Explorations.test(text), model, 4);
  }

  @Test
  void loadBufferingIsFoundWhereItIsAllowed() {
    assertEquals(Map.of("[0, 0]", 1L, "[0, 1]", 1L, "[1, 0]", 1L, "[1, 1]", 1L),
        Explorations.outcomes(explore(LOAD_BUFFERING, "armv8")));
    assertEquals(Map.of("[0, 0]", 1L, "[0, 1]", 1L, "[1, 0]", 1L),
        Explorations.outcomes(explore(LOAD_BUFFERING, "x86-tso")));
  }

  @Test
  void storeBufferingSeparatesTsoFromSequentialConsistency() {
    String text = """
        AArch64 SB
        { 0:X1=x; 0:X3=y; 1:X1=y; 1:X3=x; }
         P0          | P1          ;
         MOV W0,#1   | MOV W0,#1   ;
         STR W0,[X1] | STR W0,[X1] ;
         LDR W2,[X3] | LDR W2,[X3] ;
        locations [0:X2; 1:X2;]
        """;
    assertEquals(4, explore(text, "x86-tso").outcomes().size());
    assertEquals(3, explore(text, "sc").outcomes().size());
  }

  @ParameterizedTest
  @CsvSource({"2, 2", "4, 24", "6, 720"})
  void everyOrderOfAtomicIncrementsIsOneWitness(int threads, long orders) {
    StringBuilder text = new StringBuilder("AArch64 increments\n{ ");
    for (int thread = 0; thread < threads; thread++) {
      text.append(thread).append(":X1=x; ");
    }
    text.append("}\n").append(row(threads, thread -> "P" + thread)).append(row(threads, thread -> "MOV W0,#1"))
        .append(row(threads, thread -> "LDADD W0,W2,[X1]")).append("locations [x;]\n");
    assertEquals(Map.of("[" + threads + "]", orders), Explorations.outcomes(explore(text.toString(), "armv8")));
  }

  /** n! coherence orders, times the ways in which n reads of one thread follow one of them. */
  @ParameterizedTest
  @CsvSource({"2, 7, 12", "3, 34, 120", "4, 209, 1680", "5, 1546, 30240"})
  void coherenceOrdersAreCountedWithoutBeingListed(int count, int states, long executions) {
    StringBuilder text = new StringBuilder("AArch64 writers\n{ ");
    for (int thread = 0; thread <= count; thread++) {
      text.append(thread).append(":X20=x; ");
    }
    text.append("}\n").append(row(count + 1, thread -> "P" + thread));
    for (int line = 0; line < count; line++) {
      int number = line;
      text.append(row(count + 1, thread -> thread == count
          ? "LDR W" + number + ",[X20]"
          : number == 0 ? "MOV W0,#" + (thread + 1) : number == 1 ? "STR W0,[X20]" : ""));
    }
    text.append("locations [");
    for (int read = 0; read < count; read++) {
      text.append(count).append(":X").append(read).append("; ");
    }
    Exploration found = explore(text.append("]\n").toString(), "armv8");
    assertEquals(states, found.outcomes().size());
    assertEquals(executions, Explorations.outcomes(found).values().stream().mapToLong(Long::longValue).sum());
  }

  private static String row(int threads, IntFunction<String> cell) {
    StringBuilder row = new StringBuilder(" ");
    for (int thread = 0; thread < threads; thread++) {
      row.append(thread == 0 ? "" : " | ").append(cell.apply(thread));
    }
    return row.append(" ;\n").toString();
  }

  @Test
  void compareAndSwapHasTwoWaysToSucceedAndTwoToFail() {
    String text = """
        AArch64 CAS
        { 0:X3=x; 0:X1=%d; }
         P0             ;
         MOV W2,#2      ;
         CAS W1,W2,[X3] ;
        locations [0:X1; x;]
        """;
    assertEquals(Map.of("[0, 2]", 2L), Explorations.outcomes(explore(text.formatted(0), "armv8")));
    assertEquals(Map.of("[0, 0]", 2L), Explorations.outcomes(explore(text.formatted(1), "armv8")));
  }

  @Test
  void retryLoopsAreCutAndTheirOutcomesFound() {
    Exploration found = explore("""
        AArch64 retry
        { 0:X1=x; 1:X1=x; }
         P0              | P1              ;
         L0:             | L1:             ;
         LDXR W0,[X1]    | LDXR W0,[X1]    ;
         ADD W0,W0,#1    | ADD W0,W0,#1    ;
         STXR W2,W0,[X1] | STXR W2,W0,[X1] ;
         CBNZ W2,L0      | CBNZ W2,L1      ;
        locations [x; 0:X0;]
        """, "armv8");
    assertTrue(found.loopCut());
    assertEquals(Set.of("[1, 2]", "[2, 2]"), Explorations.outcomes(found).keySet());
  }

  @Test
  void loopsOverKnownValuesRunToTheirEnd() {
    Exploration found = explore("""
        AArch64 count
        { }
         P0           ;
         MOV W0,#10   ;
         L0:          ;
         ADD W1,W1,#1 ;
         SUB W0,W0,#1 ;
         CBNZ W0,L0   ;
        locations [0:X1;]
        """, "armv8");
    assertFalse(found.loopCut());
    assertEquals(Map.of("[10]", 1L), Explorations.outcomes(found));
  }

  @Test
  void wildAccessesAreReportedOnlyIfTheModelAllowsThem() {
    String text = """
        AArch64 wild
        { 0:X1=x; 0:X3=16; }
         P0          ;
         LDR W0,[X1] ;
         %s W0,L0    ;
         LDR W2,[X3] ;
         L0: NOP     ;
        locations [0:X0;]
        """;
    assertEquals(Map.of("[0]", 1L), Explorations.outcomes(explore(text.formatted("CBZ"), "armv8")));
    assertThrows(UnsupportedTestException.class, () -> explore(text.formatted("CBNZ"), "armv8"));
  }

  @Test
  void aLimitMakesTheAnswerIncomplete() {
    LitmusTest test = Explorations.test(LOAD_BUFFERING);
    assertFalse(new AxiomaticEngine().explore(test, "armv8", new ExplorationLimits(3, 0, 4, 0)).complete());
  }
}
