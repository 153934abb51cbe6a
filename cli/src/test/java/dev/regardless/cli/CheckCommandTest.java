package dev.regardless.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code check}, {@code list} and {@code differential} print, to the byte. */
class CheckCommandTest {

  private static final String[] MUTANT = {"check", "refcount-final-put", "--arch", "arm64", "-P", "mutant=no-acquire"};

  @TempDir
  Path folder = Path.of("");

  /** How a command line ended. */
  private record Ending(int code, String out, String err) {
    /** Lines of Java code move. */
    Ending withoutLines() {
      return new Ending(code, out.replaceAll("([a-zA-Z]):[0-9]+", "$1:LINE"), err);
    }
  }

  private static Ending run(String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int code = Main.run(
        arguments, new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8));
    return new Ending(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  private static String[] with(String[] arguments, String... more) {
    String[] all = java.util.Arrays.copyOf(arguments, arguments.length + more.length);
    System.arraycopy(more, 0, all, arguments.length, more.length);
    return all;
  }

  // ---- answers --------------------------------------------------------------------------------------------------------------

  @Test
  void aTableOfVerdicts() {
    assertEquals(new Ending(ExitCode.HOLDS, """
        scenario  arch   verdict  executions    blocked
        sb        sc     holds             3          0
        sb        x86    holds             4          0
        sb        arm64  holds             4          0
        iriw      sc     holds            15          0
        iriw      x86    holds            15          0
        iriw      arm64  holds            16          0
        """.replace("  executions", "    executions").replace("holds   ", "holds     "), ""),
        run("check", "sb", "iriw"));
  }

  @Test
  void theSameBytesWhateverTheNumberOfWorkers() {
    Ending one = run("check", "fib_bench", "-P", "n=3", "--workers", "1");
    assertEquals(ExitCode.HOLDS, one.code());
    for (int workers = 2; workers <= 4; workers++) {
      assertEquals(one, run("check", "fib_bench", "-P", "n=3", "--workers", Integer.toString(workers)));
    }
    Ending violated = run(with(MUTANT, "--workers", "1"));
    for (int workers = 2; workers <= 4; workers++) {
      assertEquals(violated, run(with(MUTANT, "--workers", Integer.toString(workers))));
    }
  }

  @Test
  void verdictsAsJson() {
    assertEquals(new Ending(ExitCode.HOLDS, """
        [ {
          "scenario" : "mp",
          "architecture" : "sc",
          "parameters" : { },
          "verdict" : "holds",
          "executions" : 3,
          "blocked" : 0,
          "cut" : 0,
          "command" : "bin/regardless check mp --arch sc"
        } ]
        """, ""), run("check", "mp", "--arch", "sc", "--json"));
  }

  // ---- counterexamples ------------------------------------------------------------------------------------------------------

  @Test
  void aCounterexampleAsTimeline() {
    String put = "RefcountFinalPutScenario.setUp > RefCount.subAndTestRelease > AtomicCell.fetchSub:LINE";
    assertEquals(new Ending(ExitCode.VIOLATED,
        """
            scenario            arch   verdict                executions    blocked
            refcount-final-put  arm64  violated: invariant             2          0

            refcount-final-put on arm64 violates invariant:
              step  user0                                         user1
              ----  --------------------------------------------  --------------------------------------------
                 1  shared#1.result[0] = 1                                                                      SCENARIO.setUp:LINE
                 3  reads shared#1.refs -> 2, writes 1 (release)                                                PUT
                 4                                                shared#1.result[1] = 1                        SCENARIO.setUp:LINE
                 6                                                reads shared#1.refs -> 1, writes 0 (release)  PUT
                 7                                                reads shared#1.result[0] -> 0                 SCENARIO.finish:LINE
                      ^ stale: reads the initial value although step 1, shared#1.result[0] = 1 by user0, came before; \
            arm64 allows it: no dependency or barrier keeps the read from being done early
              => user1: invariant: the last reference's holder misses the result of thread 0
              again: bin/regardless check refcount-final-put --arch arm64 -P mutant=no-acquire
            """
            .replace("PUT", put).replace("SCENARIO", "RefcountFinalPutScenario"),
        ""), run(MUTANT).withoutLines());
  }

  @Test
  void aCounterexampleAsJson() {
    String put = "RefcountFinalPutScenario.setUp > RefCount.subAndTestRelease > AtomicCell.fetchSub:LINE";
    assertEquals(new Ending(ExitCode.VIOLATED, """
        [ {
          "scenario" : "refcount-final-put",
          "architecture" : "arm64",
          "parameters" : {
            "mutant" : "no-acquire"
          },
          "verdict" : "violated",
          "executions" : 2,
          "blocked" : 0,
          "cut" : 0,
          "violation" : {
            "property" : "invariant",
            "message" : "the last reference's holder misses the result of thread 0",
            "thread" : "user1",
            "contextSwitches" : 1,
            "steps" : [ {
              "thread" : "user0",
              "action" : "shared#1.result[0] = 1",
              "function" : "SCENARIO.setUp:LINE"
            }, {
              "thread" : "user0",
              "action" : "reads shared#1.refs -> 2",
              "function" : "PUT"
            }, {
              "thread" : "user0",
              "action" : "shared#1.refs = 1 (release)",
              "function" : "PUT"
            }, {
              "thread" : "user1",
              "action" : "shared#1.result[1] = 1",
              "function" : "SCENARIO.setUp:LINE"
            }, {
              "thread" : "user1",
              "action" : "reads shared#1.refs -> 1",
              "function" : "PUT"
            }, {
              "thread" : "user1",
              "action" : "shared#1.refs = 0 (release)",
              "function" : "PUT"
            }, {
              "thread" : "user1",
              "action" : "reads shared#1.result[0] -> 0",
              "function" : "SCENARIO.finish:LINE",
              "note" : "stale: reads the initial value although step 1, shared#1.result[0] = 1 by user0, came before; \
        arm64 allows it: no dependency or barrier keeps the read from being done early"
            } ]
          },
          "command" : "bin/regardless check refcount-final-put --arch arm64 -P mutant=no-acquire"
        } ]
        """.replace("PUT", put).replace("SCENARIO", "RefcountFinalPutScenario"), ""),
        run(with(MUTANT, "--json")).withoutLines());
  }

  @Test
  void aCounterexampleAsGraph() throws IOException {
    Path file = folder.resolve("violation.dot");
    assertEquals(run(MUTANT), run(with(MUTANT, "--dot", file.toString())));
    String put = "RefcountFinalPutScenario.setUp > RefCount.subAndTestRelease > AtomicCell.fetchSub:LINE";
    assertEquals("""
        digraph "refcount-final-put" {
          node [shape=plaintext, fontname=monospace];
          subgraph cluster_0 { label="user0";
            e0 [label="shared#1.result[0] = 1\\nSCENARIO.setUp:LINE"];
            e1 [label="reads shared#1.refs -> 2\\nPUT"];
            e2 [label="shared#1.refs = 1 (release)\\nPUT"];
          }
          subgraph cluster_1 { label="user1";
            e3 [label="shared#1.result[1] = 1\\nSCENARIO.setUp:LINE"];
            e4 [label="reads shared#1.refs -> 1\\nPUT"];
            e5 [label="shared#1.refs = 0 (release)\\nPUT"];
            e6 [label="reads shared#1.result[0] -> 0\\nSCENARIO.finish:LINE"];
          }
          e0 -> e1 [label="po", color=black, fontcolor=black];
          e1 -> e2 [label="po", color=black, fontcolor=black];
          e2 -> e5 [label="co", color=blue, fontcolor=blue];
          e3 -> e4 [label="po", color=black, fontcolor=black];
          e2 -> e4 [label="rf", color=darkgreen, fontcolor=darkgreen];
          e4 -> e5 [label="po", color=black, fontcolor=black];
          e5 -> e6 [label="po", color=black, fontcolor=black];
          e6 -> e0 [label="fr", color=red, fontcolor=red];
        }
        """.replace("PUT", put).replace("SCENARIO", "RefcountFinalPutScenario"),
        Files.readString(file).replaceAll("([a-zA-Z]):[0-9]+", "$1:LINE"));
  }

  // ---- limits ---------------------------------------------------------------------------------------------------------------

  /** What remains of 16,384 after 1,000 is 11110000011000 in binary: six subtrees of that complete binary tree. */
  @Test
  void aLimitOfExecutionsSaysWhatRemains() {
    Path file = folder.resolve("limit.checkpoint");
    Ending limited = run("check", "readers", "--arch", "sc", "-P", "n=14", "--workers", "1", "--limit-executions",
        "1000",
        "--checkpoint", file.toString());
    assertEquals(new Ending(ExitCode.LIMIT_REACHED, """
        scenario  arch  verdict          executions    blocked
        readers   sc    limit reached         1,000          0
          not everything was explored: 1,000 executions; 6 open branches remain
          about 16 thousand executions in all (estimate from 10,000 random descents, standard error 0)
          go on: bin/regardless check readers --arch sc -P n=14 --checkpoint FILE --resume FILE
        """.replace("FILE", file.toString()), ""), limited);
    assertEquals(new Ending(ExitCode.HOLDS, """
        scenario  arch  verdict    executions    blocked
        readers   sc    holds          16,384          0
        """, ""), run("check", "readers", "--arch", "sc", "-P", "n=14", "--resume", file.toString()));
  }

  @Test
  void aLimitAsJson() {
    assertEquals(new Ending(ExitCode.LIMIT_REACHED, """
        [ {
          "scenario" : "readers",
          "architecture" : "sc",
          "parameters" : {
            "n" : "14"
          },
          "verdict" : "limit reached",
          "executions" : 1000,
          "blocked" : 0,
          "cut" : 0,
          "limit" : "1,000 executions",
          "openBranches" : 6,
          "estimate" : {
            "executions" : 16384,
            "standardError" : 0,
            "descents" : 10000
          },
          "command" : "bin/regardless check readers --arch sc -P n=14"
        } ]
        """, ""),
        run("check", "readers", "--arch", "sc", "-P", "n=14", "--workers", "1", "--limit-executions", "1000",
            "--json"));
  }

  @ParameterizedTest
  @CsvSource({"--limit-time, 1 s", "--limit-memory, 1 MiB"})
  void aLimitOfTimeOrMemoryEndsWhatWouldTakeDays(String option, String named) {
    Ending ending = run("check", "ainc", "--arch", "sc", "-P", "n=20", option, "1");
    assertEquals(ExitCode.LIMIT_REACHED, ending.code());
    assertEquals("", ending.err());
    String third = ending.out().lines().skip(2).findFirst().orElse("").replaceAll("[0-9,]+ open", "N open");
    assertEquals("  not everything was explored: " + named + "; N open branches remain", third);
    assertFalse(ending.out().contains("holds"), ending.out());
  }

  // ---- bad input ------------------------------------------------------------------------------------------------------------

  @ParameterizedTest
  @CsvSource(delimiter = '|',
      textBlock = """
          check nothing | SCENARIO: unknown scenario 'nothing'; expected a name that 'regardless list' shows
          check aincc | SCENARIO: unknown scenario 'aincc'; expected a name that 'regardless list' shows
          check inc | SCENARIO: unknown scenario 'inc'; expected perhaps one of ainc, binc
          check ainc --arch mips | --arch: unknown architecture 'mips'; expected some of arm64, sc, x86
          check ainc -P n=0 | -P: scenario ainc: parameter n is 0; expected 1 to 64
          check ainc -P n=x | -P: scenario ainc: parameter n is 'x'; expected a number
          check ainc -P m=1 | -P: scenario ainc has no parameter 'm'; expected one of n
          check sb -P m=1 | -P: scenario sb has no parameter 'm'; expected none: it has no parameters
          check ainc --primitives llsc | --primitives: sc has no variant 'llsc'; expected one of sc
          check ainc --limit-time 0 | --limit-time: got 0; expected at least 1
          check ainc --limit-executions -1 | --limit-executions: got -1; expected at least 1
          check ainc --limit-memory 0 | --limit-memory: got 0; expected at least 1
          check ainc --workers 0 | --workers: got 0; expected at least 1
          check ainc --checkpoint-interval 0 | --checkpoint-interval: got 0.0; expected 0.01 to 86400 seconds
          check ainc --checkpoint x | check: --checkpoint, --resume and --dot are about one check; expected one scenario and one architecture with --arch
          check ainc --arch sc --resume no/such | no/such: cannot be read; expected a checkpoint file
          check ainc --arch sc --checkpoint no/such | no/such: cannot be written: its folder does not exist; expected a file that can be written
          check ainc --arch sc --dot no/such | no/such: cannot be written: its folder does not exist; expected a file that can be written
          check | regardless check: Missing required parameter: 'SCENARIO'; expected what 'regardless check --help' lists
          check ainc --limit-time x | regardless check: Invalid value for option '--limit-time': 'x' is not a long; expected what 'regardless check --help' lists
          list nothing | SCENARIO: unknown scenario 'nothing'; expected a name that 'regardless list' shows
          differential --programs 0 | --programs: got 0; expected at least 1
          differential --arch mips | --arch: unknown architecture 'mips'; expected some of arm64, sc, x86
          """)
  void badArgumentsAreOneLine(String arguments, String line) {
    assertEquals(new Ending(ExitCode.BAD_INPUT, "", line + "\n"), run(arguments.split(" ", -1)));
  }

  @Test
  void aFileThatIsNoCheckpointOrAnotherOnesIsOneLine() throws IOException {
    Path file = folder.resolve("checkpoint");
    Files.writeString(file, "nothing of the kind");
    assertEquals(new Ending(ExitCode.BAD_INPUT, "",
        file + ": is no checkpoint of this version; expected a checkpoint of this check\n"),
        run("check", "ainc", "--arch", "sc", "--resume", file.toString()));
    assertEquals(ExitCode.LIMIT_REACHED,
        run("check", "ainc", "--arch", "sc", "--limit-executions", "10", "--checkpoint", file.toString()).code());
    assertEquals(new Ending(ExitCode.BAD_INPUT, "",
        file + ": is of another check (ainc on sc, primitives sc, weakened [], parameters {n=7}, not ainc on sc, primitives"
            + " sc, weakened [smp_mb], parameters {n=7}); expected a checkpoint of this check\n"),
        run("check", "ainc", "--arch", "sc", "--weaken", "smp_mb", "--resume", file.toString()));
    byte[] torn = Files.readAllBytes(file);
    Files.write(file, java.util.Arrays.copyOf(torn, torn.length - 1));
    assertEquals(new Ending(ExitCode.BAD_INPUT, "", file + ": is damaged; expected a checkpoint of this check\n"),
        run("check", "ainc", "--arch", "sc", "--resume", file.toString()));
  }

  // ---- list, differential ---------------------------------------------------------------------------------------------------

  @Test
  void listShowsParametersOfWhatIsNamedOnly() {
    assertEquals(new Ending(ExitCode.HOLDS, """
        ainc
          n threads add to one counter
          parameters, set with -P NAME=VALUE, and their defaults:
            n  7
        sb
          store buffering, relaxed
          no parameters
        """, ""), run("list", "ainc", "sb"));
    Ending all = run("list");
    assertEquals(ExitCode.HOLDS, all.code());
    assertFalse(all.out().lines().anyMatch(line -> line.length() > 120), all.out());
    assertFalse(all.out().contains("requests=1000000"), all.out());
  }

  @Test
  void theDifferentialSaysWhatItCompared() {
    Ending ending = run("differential", "--arch", "sc", "--programs", "20", "--seed", "7");
    assertEquals(ExitCode.HOLDS, ending.code());
    assertEquals(
        "sc: 20 programs, N executions, N hangs, N programs with violations, N too large for the naive explorer: equal\n",
        ending.out().replaceAll("[0-9,]+ (executions|hangs|programs with|too)", "N $1"));
    assertEquals(ending, run("differential", "--arch", "sc", "--programs", "20", "--seed", "7"));
  }
}
