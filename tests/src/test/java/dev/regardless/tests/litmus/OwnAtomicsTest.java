package dev.regardless.tests.litmus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.regardless.litmus.engine.ExplorationLimits;
import dev.regardless.litmus.engine.LitmusEngines;
import dev.regardless.litmus.report.LogEntry;
import dev.regardless.litmus.run.TestResult;
import dev.regardless.litmus.run.TestRun;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What follows a thread's own atomics under Armv8. The write of an atomic depends on registers, not on what its own read
 * got through memory; the read of an atomic comes before an acquire read of its write, the read of an atomic before it does
 * not. The last cases are the slow path of Linux's queued read-write lock: a reader that gives its count back and counts
 * itself again with relaxed atomics, then waits with an acquire, may miss what the writer did. Numbers are those of herd7 for the same code.
 */
class OwnAtomicsTest {
  private static final String WRITER_AND_READER = """
      AArch64 own-atomics
      {
      uint32_t c=767; uint32_t d=0; uint32_t l=0; uint32_t 1:X8;
      0:X1=d; 0:X3=c; 1:X1=d; 1:X3=c; 1:X5=l; 1:X12=512; 1:X13=-512; 1:X14=1;
      }
       P0             | P1 ;
       MOV W0,#1      |    ;
       STR W0,[X1]    |    ;
       MOV W2,#255    |    ;
       STCLRL W2,[X3] |    ;
      """;

  private static LogEntry answer(String engine, String reader, String value) {
    StringBuilder text = new StringBuilder(WRITER_AND_READER);
    for (String instruction : reader.split(";")) {
      text.append("                | ").append(instruction.strip()).append(" ;\n");
    }
    text.append("exists (1:X8=").append(value).append(" /\\ 1:X9=0)\n");
    TestRun run = new TestRun(LitmusEngines.named(engine), Optional.empty(), ExplorationLimits.DEFAULT, Map.of());
    TestResult result = run.answer(Path.of("own-atomics.litmus"), text.toString());
    return assertInstanceOf(TestResult.Answered.class, result, result::toString).entry();
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      "STADD W13,[X3]; LDAR W8,[X3]; LDR W9,[X1] | 0 | 0 | 4",
      "STADD W13,[X3]; LDR W8,[X3]; EOR W11,W8,W8; LDR W9,[X1,W11,SXTW] | 0 | 0 | 4",
      "STADD W13,[X3]; STADD W12,[X3]; LDR W8,[X3]; EOR W11,W8,W8; LDR W9,[X1,W11,SXTW] | 512 | 0 | 5",
      "STADD W13,[X3]; STADD W12,[X3]; LDAR W8,[X3]; LDR W9,[X1] | 512 | 1 | 5",
      "LDADD W13,W15,[X3]; LDADD W12,W16,[X3]; LDAR W8,[X3]; LDR W9,[X1] | 512 | 1 | 5",
      "STADD W13,[X3]; SWPA W14,W10,[X5]; STADD W12,[X3]; LDAR W8,[X3]; LDR W9,[X1] | 512 | 1 | 5",
      "STADD W13,[X3]; DMB SY; STADD W12,[X3]; LDAR W8,[X3]; LDR W9,[X1] | 512 | 0 | 5"})
  void acquireAfterOwnAtomics(String reader, String value, long positive, long negative) {
    LogEntry axiomatic = answer("axiomatic", reader, value);
    assertEquals(List.of(positive, negative), List.of(axiomatic.positive(), axiomatic.negative()));
    assertEquals(axiomatic.states(), answer("operational", reader, value).states());
  }
}
