package dev.regardless.tests.litmus;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.regardless.litmus.axiomatic.AxiomaticEngine;
import dev.regardless.litmus.outcome.Outcome;
import dev.regardless.litmus.test.LitmusTest;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One instruction sequence, the values of X1, X2 and X3 before it, and the value of X0 after it (DDI 0487, chapter C6). */
class A64SemanticsTest {
  @ParameterizedTest(name = "{0}: {4}")
  @CsvSource(delimiter = '|', textBlock = """
      ADD X0,X1,X2                    | 5 | 7 | 0 | 12
      ADD W0,W1,W2                    | 0xFFFFFFFF | 1 | 0 | 0
      ADD X0,X1,W2,SXTW               | 16 | 0xFFFFFFFF | 0 | 15
      ADD X0,X1,W2,UXTB #2            | 16 | 0x1FF | 0 | 1036
      ADD X0,X1,#1,LSL #12            | 1 | 0 | 0 | 4097
      SUB W0,W1,W2                    | 0 | 1 | 0 | 0xFFFFFFFF
      SUB X0,X1,X2,LSL #4             | 100 | 3 | 0 | 52
      NEG W0,W1                       | 1 | 0 | 0 | 0xFFFFFFFF
      AND X0,X1,X2                    | 12 | 10 | 0 | 8
      ORR X0,X1,X2,LSL #8             | 1 | 1 | 0 | 257
      EOR W0,W1,W2,ROR #1             | 0 | 1 | 0 | 0x80000000
      BIC X0,X1,X2                    | 15 | 5 | 0 | 10
      ORN W0,W1,W2                    | 0 | 0xFFFFFFF0 | 0 | 15
      EON X0,X1,X2                    | 3 | -1 | 0 | 3
      MVN W0,W1                       | 0 | 0 | 0 | 0xFFFFFFFF
      LSL W0,W1,#4                    | 0xF0000001 | 0 | 0 | 16
      LSR W0,W1,W2                    | 0x80000000 | 33 | 0 | 0x40000000
      ASR W0,W1,#31                   | 0x80000000 | 0 | 0 | 0xFFFFFFFF
      ASR X0,X1,#2                    | -256 | 0 | 0 | -64
      ROR W0,W1,#8                    | 0x000000FF | 0 | 0 | 0xFF000000
      MUL W0,W1,W2                    | 65536 | 65536 | 0 | 0
      MADD X0,X1,X2,X3                | 2 | 3 | 5 | 11
      MSUB X0,X1,X2,X3                | 2 | 3 | 5 | -1
      MNEG X0,X1,X2                   | 2 | 3 | 0 | -6
      SMULL X0,W1,W2                  | 0xFFFFFFFF | 7 | 0 | -7
      UMADDL X0,W1,W2,X3              | 0xFFFFFFFF | 2 | 2 | 0x200000000
      UMULH X0,X1,X2                  | -1 | 2 | 0 | 1
      SDIV W0,W1,W2                   | 0xFFFFFFF8 | 2 | 0 | 0xFFFFFFFC
      UDIV X0,X1,X2                   | 9 | 0 | 0 | 0
      UBFM W0,W1,#4,#31               | 0x55667788 | 0 | 0 | 0x5566778
      SBFM X0,X1,#56,#7               | 0xEEDDCCBBAA998878 | 0 | 0 | 0x7800
      UBFX X0,X1,#8,#8                | 0x123456 | 0 | 0 | 0x34
      SBFX W0,W1,#4,#4                | 0xF0 | 0 | 0 | 0xFFFFFFFF
      MOV X0,X2;BFI X0,X1,#8,#8       | 0xAB | 0xFFFFFF | 0 | 0xFFABFF
      MOV X0,X2;BFXIL X0,X1,#4,#4     | 0xA0 | 0xFF | 0 | 0xFA
      SXTB X0,W1                      | 0x80 | 0 | 0 | -128
      UXTH W0,W1                      | 0x12345 | 0 | 0 | 0x2345
      EXTR X0,X1,X2,#4                | 0xF | 0x10 | 0 | 0xF000000000000001
      RBIT W0,W1                      | 0x87654321 | 0 | 0 | 0x84c2a6e1
      REV X0,X1                       | 0xfedcba87654321 | 0 | 0 | 0x21436587badcfe00
      REV16 X0,X1                     | 0xfedcba87654321 | 0 | 0 | 0xfe00badc65872143
      REV32 X0,X1                     | 0xfedcba87654321 | 0 | 0 | 0xbadcfe0021436587
      CLZ W0,W1                       | 1 | 0 | 0 | 31
      CLS X0,X1                       | -1 | 0 | 0 | 63
      ABS W0,W1                       | 0xFFFFFFF8 | 0 | 0 | 8
      MOVN X0,#1                      | 0 | 0 | 0 | -2
      MOVZ W0,#1,LSL #16              | 0 | 0 | 0 | 65536
      MOV W0,W1;MOVK W0,#1,LSL #16    | 0x20002 | 0 | 0 | 0x10002
      CMP X1,X2;CSEL X0,X1,X2,LT      | -3 | 2 | 0 | -3
      CMP X1,X2;CSEL X0,X1,X2,LO      | -3 | 2 | 0 | 2
      CMP X1,X2;CSET W0,GE            | 2 | 2 | 0 | 1
      CMP W1,W2;CSETM W0,NE           | 1 | 2 | 0 | 0xFFFFFFFF
      CMP W1,#0;CINC W0,W2,EQ         | 0 | 9 | 0 | 10
      CMP W1,#0;CSNEG X0,X2,X3,NE     | 0 | 9 | 4 | -4
      ADDS W4,W1,W2;CSET W0,VS        | 0x7FFFFFFF | 1 | 0 | 1
      ADDS X4,X1,X2;CSET W0,CS        | -1 | 1 | 0 | 1
      SUBS X4,X1,X2;MRS X0,NZCV       | 3 | 3 | 0 | 0x60000000
      TST W1,W2;CSET W0,MI            | 0x80000000 | -1 | 0 | 1
      CMP X1,X2;CCMP X1,#5,#4,EQ;CSET W0,EQ | 5 | 5 | 0 | 1
      CMP X1,X2;CCMP X1,#5,#4,NE;CSET W0,EQ | 5 | 5 | 0 | 1
      CMN X1,X2;ADC X0,X1,X3          | -1 | 1 | 5 | 5
      CMP X1,X2;SBC X0,X1,X3          | 1 | 2 | 0 | 0
      CBZ X1,L0;MOV X0,#3;L0: NOP     | 1 | 0 | 0 | 3
      TBNZ W1,#3,L0;MOV X0,#3;L0: NOP | 8 | 0 | 0 | 0
      ADR X3,L0;BLR X3;B L1;L0: ADD X0,X0,#2;RET;L1: ADD X0,X0,#1 | 0 | 0 | 0 | 3
      L0: ADD X0,X0,X1;SUBS X2,X2,#1;B.NE L0 | 3 | 5 | 0 | 15
      """)
  void computes(String code, String first, String second, String third, String expected) {
    StringBuilder text = new StringBuilder("AArch64 inline\n{\n");
    String[] initial = {first, second, third};
    for (int register = 1; register <= initial.length; register++) {
      text.append("uint64_t 0:X").append(register).append('=').append(initial[register - 1]).append(";\n");
    }
    text.append("uint64_t 0:X0;\n}\n P0 ;\n");
    for (String instruction : code.split(";")) {
      text.append(' ').append(instruction.strip()).append(" ;\n");
    }
    LitmusTest test = Explorations.test(text + "locations [0:X0;]\n");
    Outcome outcome = Explorations.explore(new AxiomaticEngine(), test, "armv8", 4).outcomes().outcomes().iterator()
        .next();
    assertEquals(decode(expected), outcome.values()[0]);
  }

  private static long decode(String number) {
    return number.startsWith("0x") ? Long.parseUnsignedLong(number.substring(2), 16) : Long.parseLong(number);
  }
}
