package dev.regardless.tests.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Same configuration, seed and version: same bytes. A trace replays exactly, or is refused. */
class RepeatableRunTest {

  @TempDir
  Path folder;

  private Path configuration(String architecture, String scheduler, int seed, String trace) throws IOException {
    return Files.write(
        folder.resolve("small.conf"),
        List.of(
            "architecture = " + architecture,
            "scheduler.kind = " + scheduler,
            "seed = " + seed,
            "trace.file = \"" + trace + "\"",
            "faults { delayed-wake.chance = 0.1, slow-work.chance = 0.2, stall.chance = 0.01,"
                + " failslab.chance = 0.05 }",
            "aio-poll { requests = 300, file-count = 8 }"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"sc random", "x86 random", "arm64 random", "x86 pct", "arm64 pct", "arm64 round-robin"})
  void twoRunsAndAReplayPrintTheSameBytes(String what) throws IOException {
    String architecture = what.split(" ")[0];
    String scheduler = what.split(" ")[1];
    Path first = folder.resolve("first.trace");
    Path second = folder.resolve("second.trace");
    CommandLineRun one = CommandLineRun.of(
        "run", "--json", configuration(architecture, scheduler, 7, first.toString()).toString());
    CommandLineRun two = CommandLineRun.of(
        "run", "--json", configuration(architecture, scheduler, 7, second.toString()).toString());
    assertEquals(0, one.code(), one.err());
    assertEquals(one.out(), two.out());
    assertArrayEquals(Files.readAllBytes(first), Files.readAllBytes(second));
    CommandLineRun replayed = CommandLineRun.of("replay", "--json", first.toString());
    assertEquals(0, replayed.code(), replayed.err());
    assertEquals(one.out(), replayed.out());
    CommandLineRun other = CommandLineRun.of(
        "run", "--json", configuration(architecture, scheduler, 8, "").toString());
    assertNotEquals(one.out(), other.out().replace("\"seed\" : 8", "\"seed\" : 7"));
  }

  @Test
  void aBrokenBarrierIsFoundAndTheCommandPrintedShowsItAgain() throws IOException {
    Path file = Files.write(
        folder.resolve("broken.conf"),
        List.of("aio-poll.requests = 5000", "repeat = 50", "machine.weaken = [smp_wmb]"));
    CommandLineRun broken = CommandLineRun.of("run", file.toString());
    assertEquals(1, broken.code(), broken.out());
    assertTrue(broken.out().contains(" on arm64, seed "), broken.out());
    String command = broken.out().lines().filter(line -> line.startsWith("to see this run again: ")).findFirst()
        .orElseThrow();
    List<String> words = List.of(command.substring("to see this run again: bin/regardless ".length()).split(" "));
    CommandLineRun again = CommandLineRun.of(words.toArray(String[]::new));
    assertEquals(1, again.code(), again.out());
    assertEquals(violation(broken), violation(again));
    CommandLineRun onX86 = CommandLineRun.of("run", file.toString(), "-Darchitecture=x86", "-Drepeat=5");
    assertEquals(0, onX86.code(), onX86.out());
  }

  private static String violation(CommandLineRun run) {
    int start = run.out().indexOf(System.lineSeparator() + System.lineSeparator(), run.out().indexOf("note, arm64"));
    return run.out().substring(start, run.out().indexOf("to see this run again"));
  }

  @Test
  void aRunWithoutProgressIsAHang() throws IOException {
    // Every store-exclusive fails, so nobody gets anywhere.
    Path file = configuration("arm64", "pct", 1, "");
    CommandLineRun stuck = CommandLineRun.of(
        "run", file.toString(), "-Dmachine.primitives=llsc", "-Dfaults.spurious-store-exclusive.chance=1",
        "-Dlimit.quiet-accesses=100000");
    assertEquals(1, stuck.code(), stuck.out());
    assertTrue(stuck.out().contains("hang on arm64, seed 1: no progress: "), stuck.out());
  }

  @Test
  void aLimitIsNoAnswer() throws IOException {
    Path file = configuration("arm64", "pct", 1, "");
    CommandLineRun limited = CommandLineRun.of("run", file.toString(), "-Dlimit.accesses=10000");
    assertEquals(3, limited.code(), limited.out());
    assertTrue(limited.out().contains("limit reached"), limited.out());
  }
}
