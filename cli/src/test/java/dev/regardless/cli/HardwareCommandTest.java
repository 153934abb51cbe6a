package dev.regardless.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.regardless.isa.UnsupportedTestException;
import dev.regardless.litmus.hardware.HardwareRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code litmus --hardware}: tests on the CPU that runs this. */
class HardwareCommandTest {
  private static final String SUMMARY = "0 tests, 1000000 runs each: 0 have weak outcomes, 0 showed one, "
      + "0 showed what their condition asks for, 0 showed what the model forbids; 1 tests not run\n";
  private static final Pattern STATE = Pattern.compile("  (\\d+) (.*;)( weak)?");

  @TempDir
  Path folder = Path.of("");

  @BeforeEach
  void writesTheTests() throws IOException {
    write("SB.litmus", """
        X86_64 SB
        {
        }
         P0            | P1            ;
         movl $1,(x)   | movl $1,(y)   ;
         movl (y),%eax | movl (x),%eax ;
        exists (0:rax=0 /\\ 1:rax=0)
        """);
    write("MP.litmus", """
        X86_64 MP
        {
        x=-7; uint8_t y=1;
        }
         P0            | P1            ;
         movl $1,(x)   | movb (y),%al  ;
         movb $255,(y) | movl (x),%ebx ;
        exists (1:rax=255 /\\ 1:rbx=-7)
        """);
    write("once.litmus", """
        X86_64 once
        {
        uint64_t x=4294967296;
        }
         P0                     | P1                     ;
         movl $0,%eax           | movl $0,%eax           ;
         movl $1,%ecx           | movl $2,%ecx           ;
         lock cmpxchgl (y),%ecx | lock cmpxchgl (y),%ecx ;
         jne L0                 | jne L1                 ;
         lock incq (x)          | lock incq (x)          ;
         L0:                    | L1:                    ;
        forall ([x]=4294967297)
        """);
    write("arm.litmus", """
        AArch64 arm
        {
        0:X1=x;
        }
         P0          ;
         MOV W0,#1   ;
         STR W0,[X1] ;
        exists ([x]=1)
        """);
    write("pointer.litmus", """
        X86_64 pointer
        {
        uint64_t p=x;
        }
         P0            ;
         movq (p),%rax ;
        exists (0:rax=x)
        """);
    write("stack.litmus", """
        X86_64 stack
        {
        }
         P0             ;
         movl %esp,(x)  ;
        exists ([x]=0)
        """);
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }

  private LitmusCommandTest.Ending run(String... arguments) {
    List<String> all = new ArrayList<>(List.of("litmus", "--hardware"));
    all.addAll(List.of(arguments));
    return LitmusCommandTest.run(folder, all.toArray(String[]::new));
  }

  private static void needsACompiler() {
    String missing = "";
    try {
      HardwareRun.here("");
    } catch (UnsupportedTestException reason) {
      missing = "skipped: " + reason.getMessage();
      System.out.println(missing);
    }
    assumeTrue(missing.isEmpty(), missing);
  }

  /** The counts of one test's outcomes, which add up to the runs, by what the lines say apart from the counts. */
  private static TreeMap<String, Long> outcomes(String out, String test, long runs) {
    TreeMap<String, Long> counts = new TreeMap<>();
    boolean inside = false;
    for (String line : out.lines().toList()) {
      Matcher state = STATE.matcher(line);
      if (line.startsWith("Test ")) {
        inside = line.startsWith("Test " + test + ": ");
      } else if (inside) {
        assertTrue(state.matches(), line);
        counts.put(line.replaceFirst("  \\d+ ", ""), Long.parseLong(state.group(1)));
      }
    }
    assertEquals(runs, counts.values().stream().mapToLong(Long::longValue).sum(), out);
    return counts;
  }

  @Test
  void outcomesAreCountedAndAllowed() {
    needsACompiler();
    LitmusCommandTest.Ending ending = run("--runs", "200001", "DIR/SB.litmus", "DIR/MP.litmus", "DIR/once.litmus");
    assertEquals(ExitCode.HOLDS, ending.code(), ending.err());
    TreeMap<String, Long> sb = outcomes(ending.out(), "SB", 200_001);
    assertTrue(List.of("0:rax=0; 1:rax=0; weak", "0:rax=0; 1:rax=1;", "0:rax=1; 1:rax=0;", "0:rax=1; 1:rax=1;")
        .containsAll(sb.keySet()), ending.out());
    long weak = sb.getOrDefault("0:rax=0; 1:rax=0; weak", 0L);
    assertTrue(ending.out().startsWith("Test SB: " + sb.size() + " of 4 allowed outcomes seen, " + (weak > 0 ? 1 : 0)
        + " of 1 weak; weak in " + weak + ", condition satisfied in " + weak + " of 200001 runs\n"), ending.out());
    TreeMap<String, Long> mp = outcomes(ending.out(), "MP", 200_001);
    assertTrue(List.of("1:rax=1; 1:rbx=-7;", "1:rax=1; 1:rbx=1;", "1:rax=255; 1:rbx=1;").containsAll(mp.keySet()),
        ending.out());
    assertTrue(ending.out().contains("\nTest once: 1 of 1 allowed outcomes seen, 0 of 0 weak; weak in 0, "
        + "condition satisfied in 200001 of 200001 runs\n  200001 [x]=4294967297;\n"), ending.out());
    assertEquals("3 tests, 200001 runs each: 1 have weak outcomes, " + (weak > 0 ? 1 : 0) + " showed one, "
        + (weak > 0 ? 2 : 1) + " showed what their condition asks for, 0 showed what the model forbids; "
        + "0 tests not run\n", ending.err());
  }

  @Test
  void storeBufferingShowsItsWeakOutcome() {
    needsACompiler();
    assumeTrue(Runtime.getRuntime().availableProcessors() > 1, "skipped: there is one CPU");
    LitmusCommandTest.Ending ending = run("DIR/SB.litmus");
    assertEquals(ExitCode.HOLDS, ending.code(), ending.err());
    assertTrue(outcomes(ending.out(), "SB", 1_000_000).containsKey("0:rax=0; 1:rax=0; weak"), ending.out());
  }

  /** A model that is too strong for this CPU is found out. */
  @Test
  void anOutcomeThatTheModelForbidsIsAViolation() {
    needsACompiler();
    assumeTrue(Runtime.getRuntime().availableProcessors() > 1, "skipped: there is one CPU");
    LitmusCommandTest.Ending ending = run("--model", "sc", "DIR/SB.litmus");
    assertEquals(ExitCode.VIOLATED, ending.code(), ending.out());
    assertTrue(ending.out().matches("(?s).*\n  \\d+ 0:rax=0; 1:rax=0; FORBIDDEN\n.*"), ending.out());
  }

  @Test
  void aTestThatCannotRunHereIsNamedWithItsReason() {
    needsACompiler();
    for (String[] refused : new String[][] {{"arm", "only X86_64 tests can be run on this CPU"},
        {"pointer", "addresses in the initial state on the real machine"},
        {"stack", "'movl %esp,(x)' on the real machine"}}) {
      assertEquals(new LitmusCommandTest.Ending(ExitCode.LIMIT_REACHED, "",
          "DIR/" + refused[0] + ".litmus: not run: " + refused[1] + "\n" + SUMMARY),
          run("DIR/" + refused[0] + ".litmus"));
    }
    assertEquals(new LitmusCommandTest.Ending(ExitCode.LIMIT_REACHED, "",
        "DIR/SB.litmus: not run: the C compiler refuses it: it made no program\n" + SUMMARY),
        run("--compiler", "true", "DIR/SB.litmus"));
  }

  @Test
  void withoutACompilerOneLineSaysSo() {
    String cpu = System.getProperty("os.arch", "");
    boolean fits = cpu.equals("amd64") || cpu.equals("x86_64");
    assertEquals(new LitmusCommandTest.Ending(ExitCode.LIMIT_REACHED, "", fits
        ? "--hardware: there is no C compiler 'DIR/cc'\n"
        : "--hardware: this CPU is " + cpu + "; only x86-64 tests can be run\n"),
        run("--compiler", "DIR/cc", "DIR/SB.litmus"));
  }
}
