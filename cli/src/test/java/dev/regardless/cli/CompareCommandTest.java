package dev.regardless.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code compare} prints, to the byte. */
class CompareCommandTest {
  @TempDir
  Path folder = Path.of("");

  private void compared(String test, String expected) throws IOException {
    Files.writeString(folder.resolve("T.litmus"), test);
    assertEquals(new LitmusCommandTest.Ending(ExitCode.HOLDS, expected + "\n", ""),
        LitmusCommandTest.run(folder, "compare", "DIR/T.litmus"));
  }

  @Test
  void aStoreIsLateOnEveryArchitecture() throws IOException {
    compared("""
        Generic SB
        {}
         P0        | P1        ;
         store x 1 | store y 1 ;
         r0 = load y | r0 = load x ;
        exists (0:r0=0 /\\ 1:r0=0)
        """, """
        Test SB   exists (0:r0=0 /\\ 1:r0=0)
                            sc   armv8 (AArch64)  x86-tso (X86_64)
        * 0:r0=0; 1:r0=0;   -    yes              yes
          0:r0=0; 1:r0=1;   yes  yes              yes
          0:r0=1; 1:r0=0;   yes  yes              yes
          0:r0=1; 1:r0=1;   yes  yes              yes
          0:r0=0; 1:r0=0;
            armv8 (AArch64): P0 W x=1 -po-> P0 R y=0 -fr-> P1 W y=1 -po-> P1 R x=0 -fr-> P0 W x=1; \
        not kept: P0 W x=1 before P0 R y=0, P1 W y=1 before P1 R x=0
          0:r0=0; 1:r0=0;
            x86-tso (X86_64): P0 W x=1 -po-> P0 R y=0 -fr-> P1 W y=1 -po-> P1 R x=0 -fr-> P0 W x=1; \
        not kept: P0 W x=1 before P0 R y=0, P1 W y=1 before P1 R x=0
        """);
  }

  @Test
  void aControlDependencyDoesNotOrderReadsOnArm() throws IOException {
    compared("""
        Generic MP+fence+ctrl
        {}
         P0        | P1          ;
         store x 1 | r0 = load y ;
         fence     | branch r0   ;
         store y 1 | r1 = load x ;
        exists (1:r0=1 /\\ 1:r1=0)
        """, """
        Test MP+fence+ctrl   exists (1:r0=1 /\\ 1:r1=0)
                            sc   armv8 (AArch64)  x86-tso (X86_64)
          1:r0=0; 1:r1=0;   yes  yes              yes
          1:r0=0; 1:r1=1;   yes  yes              yes
        * 1:r0=1; 1:r1=0;   -    yes              -
          1:r0=1; 1:r1=1;   yes  yes              yes
          1:r0=1; 1:r1=0;
            armv8 (AArch64): P0 W x=1 -po-> P0 W y=1 -rf-> P1 R y=1 -po-> P1 R x=0 -fr-> P0 W x=1; \
        not kept: P1 R y=1 before P1 R x=0
        """);
  }

  @Test
  void releaseAndAcquireForbidOnBoth() throws IOException {
    compared("""
        Generic MP+rel+acq
        {}
         P0                | P1                  ;
         store x 1         | r0 = load.acquire y ;
         store.release y 1 | r1 = load x         ;
        exists (1:r0=1 /\\ 1:r1=0)
        """, """
        Test MP+rel+acq   exists (1:r0=1 /\\ 1:r1=0)
                            sc   armv8 (AArch64)  x86-tso (X86_64)
          1:r0=0; 1:r1=0;   yes  yes              yes
          1:r0=0; 1:r1=1;   yes  yes              yes
          1:r0=1; 1:r1=1;   yes  yes              yes
        """);
  }

  @Test
  void anExchangeOrdersOnX86ButNotOnArm() throws IOException {
    compared("""
        Generic SB+swap+swap
        {}
         P0            | P1            ;
         r5 = swap x 1 | r5 = swap y 1 ;
         r0 = load y   | r0 = load x   ;
        exists (0:r0=0 /\\ 1:r0=0)
        """, """
        Test SB+swap+swap   exists (0:r0=0 /\\ 1:r0=0)
                            sc   armv8 (AArch64)  x86-tso (X86_64)
        * 0:r0=0; 1:r0=0;   -    yes              -
          0:r0=0; 1:r0=1;   yes  yes              yes
          0:r0=1; 1:r0=0;   yes  yes              yes
          0:r0=1; 1:r0=1;   yes  yes              yes
          0:r0=0; 1:r0=0;
            armv8 (AArch64): P0 W x=1 -po-> P0 R y=0 -fr-> P1 W y=1 -po-> P1 R x=0 -fr-> P0 W x=1; \
        not kept: P0 W x=1 before P0 R y=0, P1 W y=1 before P1 R x=0
        """);
  }

  @Test
  void aTestOfOneArchitectureStandsBesideSequentialConsistency() throws IOException {
    compared("""
        AArch64 LB+data+po
        {
        0:X1=x; 0:X3=y; 1:X1=x; 1:X3=y;
        }
         P0          | P1          ;
         LDR W0,[X1] | LDR W0,[X3] ;
         STR W0,[X3] | MOV W2,#1   ;
                     | STR W2,[X1] ;
        exists (0:X0=1 /\\ 1:X0=1)
        """, """
        Test LB+data+po   exists (0:X0=1 /\\ 1:X0=1)
                            sc   armv8
          0:X0=0; 1:X0=0;   yes  yes
          0:X0=1; 1:X0=0;   yes  yes
        * 0:X0=1; 1:X0=1;   -    yes
          0:X0=1; 1:X0=1;
            armv8: P0 R x=1 -po-> P0 W y=1 -rf-> P1 R y=1 -po-> P1 W x=1 -rf-> P0 R x=1; \
        not kept: P1 R y=1 before P1 W x=1
        """);
    compared("""
        X86_64 SB+mfence+po
        {
        }
         P0            | P1            ;
         movl $1,(x)   | movl $1,(y)   ;
         mfence        | movl (x),%eax ;
         movl (y),%eax |               ;
        exists (0:rax=0 /\\ 1:rax=0)
        """, """
        Test SB+mfence+po   exists (0:rax=0 /\\ 1:rax=0)
                              sc   x86-tso
        * 0:rax=0; 1:rax=0;   -    yes
          0:rax=0; 1:rax=1;   yes  yes
          0:rax=1; 1:rax=0;   yes  yes
          0:rax=1; 1:rax=1;   yes  yes
          0:rax=0; 1:rax=0;
            x86-tso: P0 W x=1 -po-> P0 R y=0 -fr-> P1 W y=1 -po-> P1 R x=0 -fr-> P0 W x=1; \
        not kept: P1 W y=1 before P1 R x=0
        """);
  }
}
