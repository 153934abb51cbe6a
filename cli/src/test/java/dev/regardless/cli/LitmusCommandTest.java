package dev.regardless.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code litmus} prints, to the byte, and how it ends. */
class LitmusCommandTest {
  private static final String SB = """
      X86_64 SB
      {
      }
       P0            | P1            ;
       movl $1,(x)   | movl $1,(y)   ;
       movl (y),%eax | movl (x),%eax ;
      exists (0:rax=0 /\\ 1:rax=0)
      """;
  private static final String SB_LOG = """
      Test SB Allowed
      States 4
      0:rax=0; 1:rax=0;
      0:rax=0; 1:rax=1;
      0:rax=1; 1:rax=0;
      0:rax=1; 1:rax=1;
      Ok
      Witnesses
      Positive: 1 Negative: 3
      Condition exists (0:rax=0 /\\ 1:rax=0)
      Observation SB Sometimes 1 3
      Time SB TIME
      Hash=HASH

      """;

  @TempDir
  Path folder = Path.of("");

  /** How a command line ended; the folder of the test is left out of paths. */
  record Ending(int code, String out, String err) {}

  static Ending run(Path folder, String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    String[] inFolder = Stream.of(arguments).map(each -> each.replace("DIR", folder.toString())).toArray(String[]::new);
    int code = Main.run(inFolder, new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8));
    return new Ending(code, out.toString(StandardCharsets.UTF_8).replace(folder.toString(), "DIR"),
        err.toString(StandardCharsets.UTF_8).replace(folder.toString(), "DIR"));
  }

  private Ending run(String... arguments) {
    return run(folder, arguments);
  }

  private static String withoutTime(String log) {
    return log.replaceAll("(Time \\S+) [0-9.]+", "$1 TIME").replaceAll("Hash=[0-9a-f]{32}", "Hash=HASH");
  }

  @BeforeEach
  void writesTheTests() throws IOException {
    Files.writeString(folder.resolve("SB.litmus"), SB);
    Files.writeString(folder.resolve("BAD.litmus"), SB.replace("movl (y)", "mvl (y)"));
    Files.writeString(folder.resolve("C.litmus"), "C c\n{}\nP0(int *x) {\n  *x = 1;\n}\nexists (x=1)\n");
    Files.writeString(folder.resolve("empty.log"), "");
    Files.writeString(folder.resolve("badkinds"), "SB Sometimes\n");
    Files.createDirectory(folder.resolve("empty"));
    Files.writeString(folder.resolve("short.log"), "Test SB Allowed\nStates 4\n0:rax=0; 1:rax=0;\n");
  }

  @Test
  void aLogInTheFormatOfHerd() {
    Ending ending = run("litmus", "DIR/SB.litmus");
    assertEquals(new Ending(ExitCode.HOLDS, SB_LOG, ""),
        new Ending(ending.code(), withoutTime(ending.out()), ending.err()));
    Ending both = run("litmus", "--engine", "both", "DIR/SB.litmus");
    assertEquals(new Ending(ExitCode.HOLDS, SB_LOG, ""), new Ending(both.code(), withoutTime(both.out()), both.err()));
  }

  @Test
  void anExpectedLogThatIsMet() throws IOException {
    Files.writeString(folder.resolve("herd.log"), run("litmus", "DIR/SB.litmus").out());
    Ending ending = run("litmus", "--expect", "DIR/herd.log", "DIR/SB.litmus");
    assertEquals(ExitCode.HOLDS, ending.code());
    assertEquals("", ending.out());
  }

  @Test
  void anExpectedLogThatIsMissed() throws IOException {
    Files.writeString(folder.resolve("herd.log"), run("litmus", "DIR/SB.litmus").out()
        .replace("States 4", "States 3").replace("0:rax=0; 1:rax=0;\n", "").replace("Positive: 1", "Positive: 0")
        .replace("Sometimes 1 3", "Never 0 3").replace("Ok", "No"));
    Ending ending = run("litmus", "--expect", "DIR/herd.log", "DIR/SB.litmus");
    assertEquals(ExitCode.VIOLATED, ending.code());
    assertEquals("""
        SB: unexpected state 0:rax=0; 1:rax=0;
        SB: condition Ok, expected No
        SB: observation Sometimes 1 3, expected Never 0 3
        """, ending.out());
    assertEquals("""
        1 test: 1 answered, 1 missed what was expected
          Allowed Ok (Sometimes): 1
        """, ending.err().replaceAll("  slowest: .*\\n", ""));
    Files.writeString(folder.resolve("herd.log"), SB_LOG.replace("SB", "SB2").replace("TIME", "0.01").replace("HASH",
        "0".repeat(32)));
    assertEquals("SB: not in the expected log\n", run("litmus", "--expect", "DIR/herd.log", "DIR/SB.litmus").out());
  }

  @Test
  void aKindsFile() throws IOException {
    Files.writeString(folder.resolve("kinds"), "SB Forbidden\n");
    Ending ending = run("litmus", "--kinds", "DIR/kinds", "DIR/SB.litmus");
    assertEquals(ExitCode.VIOLATED, ending.code());
    assertEquals(SB_LOG.replace("SB Allowed", "SB Forbidden").replace("Ok", "No").replace("Positive: 1 Negative: 3",
        "Positive: 3 Negative: 1") + "SB: is not Forbidden: observed Sometimes\n", withoutTime(ending.out()));
  }

  @Test
  void oneBadFileDoesNotKeepOthersFromAnAnswer() {
    Ending ending = run("litmus", "DIR/BAD.litmus", "DIR/SB.litmus", "DIR/C.litmus");
    assertEquals(ExitCode.BAD_INPUT, ending.code());
    assertEquals(SB_LOG, withoutTime(ending.out()));
    assertEquals("""
        DIR/BAD.litmus:6:2: unknown instruction 'MVL'; expected an x86 instruction
        DIR/C.litmus: not supported: C tests need the Linux kernel's memory model
        3 tests: 1 answered, 1 malformed, 1 not supported
          Allowed Ok (Sometimes): 1
        """, ending.err().replaceAll("  slowest: .*\\n", ""));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '~', quoteCharacter = '"',
      textBlock = """
          litmus ~ 2 ~ regardless litmus: Missing required parameter: 'FILE|DIR|@LIST'; HELP
          litmus --nonsense DIR/SB.litmus ~ 2 ~ regardless litmus: Unknown option: '--nonsense'; HELP
          litmus --graph ~ 2 ~ regardless litmus: Missing required parameter for option '--graph' (DIR); HELP
          litmus --runs abc DIR/SB.litmus ~ 2 ~ regardless litmus: Invalid value for option '--runs': 'abc' is not a long; HELP
          litmus --runs 0 DIR/SB.litmus ~ 2 ~ --runs: a number out of range; expected a number from 1
          litmus --jobs 0 DIR/SB.litmus ~ 2 ~ --jobs: a number out of range; expected a number up to 1024
          litmus --engine magic DIR/SB.litmus ~ 2 ~ --engine: 'magic'; expected axiomatic, operational or both
          litmus --model magic DIR/SB.litmus ~ 3 ~ DIR/SB.litmus: not supported: memory model 'magic'
          litmus DIR/none.litmus ~ 2 ~ DIR/none.litmus: no such file; expected a litmus file, a folder or @list
          litmus @DIR/none ~ 2 ~ @DIR/none: cannot be read; expected a list of litmus files
          litmus DIR/empty ~ 2 ~ DIR/empty: no litmus file; expected a folder with at least one *.litmus
          litmus DIR/BAD.litmus ~ 2 ~ DIR/BAD.litmus:6:2: unknown instruction 'MVL'; expected an x86 instruction
          litmus DIR/C.litmus ~ 3 ~ DIR/C.litmus: not supported: C tests need the Linux kernel's memory model
          litmus --expect DIR/none.log DIR/SB.litmus ~ 2 ~ DIR/none.log: cannot be read; expected a log of herd or of 'litmus'
          litmus --expect DIR/empty.log DIR/SB.litmus ~ 2 ~ DIR/empty.log: no test; expected a log of herd or of 'litmus'
          litmus --expect DIR/short.log DIR/SB.litmus ~ 2 ~ DIR/short.log:3:1: end of file; expected a final state
          litmus --kinds DIR/none DIR/SB.litmus ~ 2 ~ DIR/none: cannot be read; expected a kinds file
          litmus --kinds DIR/badkinds DIR/SB.litmus ~ 2 ~ DIR/badkinds:1:4: kind 'Sometimes'; expected Allowed, Forbidden or Required
          litmus --engine operational --limit-states 3 DIR/SB.litmus ~ 3 ~ SB: the operational engine reached a limit after 5 states; no answer
          compare ~ 2 ~ regardless compare: Missing required parameter: 'FILE|DIR|@LIST'; CHELP
          compare --engine x DIR/SB.litmus ~ 2 ~ regardless compare: Unknown option: '--engine'; CHELP
          compare DIR/BAD.litmus ~ 2 ~ DIR/BAD.litmus:6:2: unknown instruction 'MVL'; expected an x86 instruction
          compare DIR/C.litmus ~ 3 ~ DIR/C.litmus: not supported: C tests need the Linux kernel's memory model
          """)
  void oneLineSaysWhatIsWrong(String arguments, int code, String message) {
    String line = message.replace("CHELP", "expected what 'regardless compare --help' lists").replace("HELP",
        "expected what 'regardless litmus --help' lists");
    assertEquals(new Ending(code, "", line + "\n"), run(arguments.split(" ")));
  }
}
