package dev.regardless.tests.litmus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.regardless.isa.UnsupportedTestException;
import dev.regardless.litmus.engine.LitmusEngine;
import dev.regardless.litmus.engine.LitmusEngines;
import dev.regardless.litmus.test.LitmusTest;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Memory is modelled cell by cell, not byte by byte: either engine says so where that would show. */
class MixedSizesTest {
  private static final String ONE_THREAD = """
      AArch64 one
      { VARIABLE 0:X1=x; 0:X2=7; }
       P0 ;
       FIRST ;
       SECOND ;
      forall (0:X0=0)
      """;
  private static final String X86 = """
      X86_64 two
      { uint32_t x=0; }
       P0          | P1           ;
       movl $1,(x) | movb (x),%al ;
      forall (0:rax=0)
      """;

  private static String arm(String variable, String first, String second) {
    return ONE_THREAD.replace("VARIABLE", variable).replace("FIRST", first).replace("SECOND", second);
  }

  @Test
  void widthsThatDoNotFitTogetherAreRefused() {
    List<String> refused = List.of(arm("uint32_t x=0;", "STR W2,[X1]", "LDRB W0,[X1]"),
        arm("uint32_t x=0;", "STRH W2,[X1]", "LDR W0,[X1]"), arm("uint8_t x[4]={0,0,0,0};", "STR W2,[X1]", "NOP"),
        arm("uint8_t x[4]={0,1,0,0};", "LDR W0,[X1]", "NOP"), arm("uint64_t x=0;", "STR W2,[X1]", "STR X2,[X1]"), X86);
    for (String text : refused) {
      LitmusTest test = Explorations.test(text);
      for (LitmusEngine engine : LitmusEngines.all()) {
        for (String model : List.of("sc", test.isa().defaultModel())) {
          assertEquals("inline.litmus: not supported: accesses of different sizes to one location",
              String.valueOf(assertThrows(UnsupportedTestException.class,
                  () -> Explorations.explore(engine, test, model, 2), () -> engine.name() + model + text)
                  .getMessage()));
        }
      }
    }
  }

  @Test
  void oneWidthEachIsAnswered() {
    List<String> answered = List.of(arm("uint32_t x=0;", "LDRB W0,[X1]", "LDR W3,[X1]"),
        arm("uint8_t x[4]={0,1,0,0};", "LDRB W0,[X1]", "STRB W2,[X1,#1]"), arm("uint64_t x=0;", "STR X2,[X1]", "NOP"));
    for (String text : answered) {
      LitmusTest test = Explorations.test(text);
      for (LitmusEngine engine : LitmusEngines.all()) {
        assertEquals(Set.of("[0]"), Explorations.outcomes(Explorations.explore(engine, test, "armv8", 2)).keySet(),
            engine.name() + text);
      }
    }
  }
}
