package dev.regardless.tests.litmus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.regardless.isa.UnsupportedTestException;
import dev.regardless.litmus.engine.Exploration;
import dev.regardless.litmus.engine.ExplorationLimits;
import dev.regardless.litmus.load.TestLoader;
import dev.regardless.litmus.operational.OperationalEngine;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OperationalEngineTest {
  private static final String LOAD_BUFFERING = """
      AArch64 LB
      { 0:X1=x; 0:X3=y; 1:X1=x; 1:X3=y; }
       P0          | P1          ;
       LDR W0,[X1] | LDR W0,[X3] ;
       FIRST       | SECOND      ;
       STR W2,[X3] | STR W2,[X1] ;
      exists (0:X0=1 /\\ 1:X0=1)
      """;
  private static final String STORE_BUFFERING = """
      X86_64 SB
      { int x; int y; }
       P0            | P1            ;
       movl $1,(x)   | movl $1,(y)   ;
       FENCE         | FENCE         ;
       movl (y),%eax | movl (x),%eax ;
      exists (0:rax=0 /\\ 1:rax=0)
      """;

  private static Exploration explore(String text, String model, ExplorationLimits limits) {
    return new OperationalEngine().explore(TestLoader.load("test", text).test(), model, limits);
  }

  private static Set<String> outcomes(String text, String model) {
    Exploration exploration = explore(text, model, ExplorationLimits.DEFAULT);
    assertTrue(exploration.complete());
    assertFalse(exploration.countsExecutions());
    return exploration.outcomes().outcomes().stream()
        .map(outcome -> Arrays.stream(outcome.values()).mapToObj(Long::toString).collect(Collectors.joining()))
        .collect(Collectors.toSet());
  }

  /** With ADD the store depends on the load, and what it stores shows what was loaded. */
  @ParameterizedTest
  @CsvSource({"'MOV W2,#1','MOV W2,#1',armv8,00 01 10 11", "'MOV W2,#1','MOV W2,#1',sc,00 01 10",
      "'ADD W2,W0,#1','MOV W2,#1',armv8,00 01 10 12", "'MOV W2,#1','ADD W2,W0,#1',armv8,00 01 10 21",
      "'ADD W2,W0,#1','ADD W2,W0,#1',armv8,00 01 10", "DMB LD,DMB LD,armv8,00"})
  void loadsAreBufferedUnlessDependenciesForbid(String first, String second, String model, String expected) {
    String text = LOAD_BUFFERING.replace("FIRST", first).replace("SECOND", second);
    assertEquals(Set.of(expected.split(" ")), outcomes(text, model));
  }

  @ParameterizedTest
  @CsvSource({"x86-tso,nop,00 01 10 11", "x86-tso,mfence,01 10 11", "x86-tso,'lock addl $0,(z)',01 10 11",
      "sc,nop,01 10 11"})
  void storesAreBuffered(String model, String fence, String expected) {
    String text = STORE_BUFFERING.replace("FENCE", fence).replace("int y;", "int y; int z;");
    assertEquals(Set.of(expected.split(" ")), outcomes(text, model));
  }

  @Test
  void aLimitIsReportedAndNeverTakenForAnAnswer() {
    for (String model : new String[] {"x86-tso", "sc"}) {
      Exploration stopped = explore(STORE_BUFFERING.replace("FENCE", "nop"), model, new ExplorationLimits(4, 0, 4, 0));
      assertFalse(stopped.complete());
      assertEquals(0, stopped.outcomes().size());
    }
    String text = LOAD_BUFFERING.replace("FIRST", "MOV W2,#1").replace("SECOND", "MOV W2,#1");
    assertFalse(explore(text, "armv8", new ExplorationLimits(2, 0, 4, 0)).complete());
  }

  @Test
  void anUnknownModelIsRefused() {
    String text = LOAD_BUFFERING.replace("FIRST", "NOP").replace("SECOND", "NOP");
    assertThrows(UnsupportedTestException.class, () -> explore(text, "rmo", ExplorationLimits.DEFAULT));
  }
}
