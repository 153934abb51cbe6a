package dev.regardless.tests.litmus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.regardless.litmus.axiomatic.AxiomaticEngine;
import dev.regardless.litmus.axiomatic.LiteralEngine;
import dev.regardless.litmus.engine.Exploration;
import dev.regardless.litmus.engine.ExplorationLimits;
import dev.regardless.litmus.test.LitmusTest;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random programs: the fast engine and a naive listing judged by the published axioms find the same outcomes with the
 * same numbers of witnesses, under every model.
 */
class AxiomaticAgainstLiteralTest {
  private static final long MOST_CANDIDATES = 2_000;
  private static final int PROGRAMS = 40;

  private static final List<String> LINES = List.of("LDR W%r,[X2%l]", "STR W%c,[X2%l]", "LDAR W%r,[X2%l]",
      "STLR W%c,[X2%l]", "LDAPR W%r,[X2%l]", "DMB SY", "DMB LD", "DMB ST", "DSB LD", "ISB", "SWP W%c,W%r,[X2%l]",
      "SWPAL W%c,W%r,[X2%l]", "LDADD W%c,W%r,[X2%l]", "STADD W%c,[X2%l]", "LDADDA W%c,W%r,[X2%l]",
      "CAS W%r,W%c,[X2%l]", "EOR W9,W%r,W%r;LDR W%r,[X2%l,W9,SXTW]", "EOR W9,W%r,W%r;STR W%c,[X2%l,W9,SXTW]",
      "EOR W9,W%r,W%r;ADD W9,W9,#3;STR W9,[X2%l]", "STR W%r,[X2%l]", "CBNZ W%r,L%n;L%n:",
      "CMP W%r,#1;CSEL W%r,W%r,W%c,EQ", "LDXR W%r,[X2%l];STXR W9,W%c,[X2%l]", "LDAXR W%r,[X2%l];STLXR W9,W%r,[X2%l]");

  @ParameterizedTest
  @ValueSource(strings = {"armv8", "x86-tso", "x86-tso-mfence", "sc"})
  void agree(String model) {
    int compared = 0;
    for (int seed = 0; seed < PROGRAMS; seed++) {
      String program = program(new SplittableRandom(seed));
      LitmusTest test = Explorations.test(program);
      Exploration literal = new LiteralEngine().explore(test, model, new ExplorationLimits(MOST_CANDIDATES, 0, 4, 0));
      if (literal.complete()) {
        compared++;
        assertEquals(Explorations.outcomes(literal),
            Explorations.outcomes(Explorations.explore(new AxiomaticEngine(), test, model, 4)), program);
      }
    }
    assertTrue(compared > PROGRAMS / 2, "only " + compared + " programs were small enough to compare");
  }

  private static String program(SplittableRandom random) {
    int threads = 2 + random.nextInt(2);
    StringBuilder text = new StringBuilder("AArch64 random\n{\n");
    StringBuilder registers = new StringBuilder();
    String[][] columns = new String[threads][];
    int rows = 0;
    for (int thread = 0; thread < threads; thread++) {
      text.append(thread).append(":X20=x; ").append(thread).append(":X21=y; ").append(thread).append(":X5=1; ")
          .append(thread).append(":X6=2;\n");
      StringBuilder code = new StringBuilder();
      int length = threads == 2 ? 3 : 2;
      for (int line = 0; line < length; line++) {
        code.append(line == 0 ? "" : ";").append(line(random, thread * 10 + line));
      }
      columns[thread] = code.toString().split(";");
      rows = Math.max(rows, columns[thread].length);
      registers.append(thread).append(":X0; ").append(thread).append(":X1; ");
    }
    text.append("}\n");
    for (int row = -1; row < rows; row++) {
      for (int thread = 0; thread < threads; thread++) {
        String cell = row < 0 ? "P" + thread : row < columns[thread].length ? columns[thread][row] : "";
        text.append(thread == 0 ? " " : " | ").append(cell);
      }
      text.append(" ;\n");
    }
    return text.append("locations [").append(registers).append("x; y;]\n").toString();
  }

  private static String line(SplittableRandom random, int number) {
    return LINES.get(random.nextInt(LINES.size())).replace("%l", Integer.toString(random.nextInt(2)))
        .replace("%n", Integer.toString(number)).replace("%c", Integer.toString(5 + random.nextInt(2)))
        .replace("%r", Integer.toString(random.nextInt(2)));
  }
}
