package dev.regardless.tests.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.regardless.cli.Version;
import dev.regardless.trace.TraceHeader;
import dev.regardless.trace.TraceWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every wrong input gets one line that names the place and what was expected, exit code 2, and no output. */
class BadRunInputTest {

  @TempDir
  Path folder;

  private void refused(String expectedMessage, String... arguments) {
    CommandLineRun run = CommandLineRun.of(arguments);
    assertEquals(expectedMessage + System.lineSeparator(), run.err());
    assertEquals("", run.out());
    assertEquals(2, run.code());
  }

  private Path file(String... lines) throws IOException {
    return Files.write(folder.resolve("bad.conf"), List.of(lines));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
      "cpus = 0|cpus is 0; expected a whole number from 1 to 64",
      "cpus = 2.5|cpus is 2.5; expected a whole number from 1 to 64",
      "cpus = many|cpus is \"many\"; expected a whole number from 1 to 64",
      "cpus = [1]|cpus is [1]; expected a whole number from 1 to 64",
      "cpus { a = 1 }|cpus is {\"a\":1}; expected a value, not a block",
      "threads = 1|threads is 1; expected a whole number from 4 to 100000",
      "threads = 4|threads is 4; expected at least 6: the workload's 5 and one for what it spawns",
      "seed = x|seed is \"x\"; expected a whole number from -9223372036854775808",
      "repeat = 0|repeat is 0; expected a whole number from 1 to 1000000000",
      "architecture = vax|architecture is \"vax\"; expected one of arm64, sc, x86, or a list of them",
      "architecture = []|architecture is []; expected at least one of arm64, sc, x86",
      "scheduler.kind = fair|scheduler.kind is \"fair\"; expected one of random, pct, round-robin",
      "scheduler.quantum = 0|scheduler.quantum is 0; expected a whole number from 1 to 1000000000",
      "machine.primitives = cas|machine.primitives is \"cas\"; expected default or, on arm64, lse or llsc",
      "machine.drain-bias = 1.5|machine.drain-bias is 1.5; expected a chance from 0 to 1",
      "machine.history-entries = 0|machine.history-entries is 0; expected a whole number from 2 to 1024",
      "faults.stall.chance = often|faults.stall.chance is \"often\"; expected a chance from 0 to 1",
      "faults.failslab.chance = 2|faults.failslab.chance is 2; expected a chance from 0 to 1",
      "faults.failslab.fail-nth = -1|faults.failslab.fail-nth is -1; expected a whole number from 0 to 1000000000",
      "faults = 3|faults is 3; expected a block { ... }",
      "properties.leak = maybe|properties.leak is \"maybe\"; expected on or off",
      "limit.accesses = -1|limit.accesses is -1; expected a whole number from 0",
      "trace.file = [a]|trace.file is [\"a\"]; expected a text",
      "trace.fiel = a|unknown key trace.fiel; expected one of file",
      "faults.stalll.chance = 1|unknown key faults.stalll; expected one of delayed-wake, failslab,"
          + " slow-work, spurious-store-exclusive, spurious-wake, stall",
      "workload = none-such|workload is \"none-such\"; expected one of *",
      "aio-poll.requests = x|aio-poll.requests is \"x\"; expected *",
      "aio-poll.requests = 0|aio-poll.requests is 0; expected *",
      "aio-poll.design = linux-0.1|aio-poll.design is \"linux-0.1\"; expected one of *",
      "aio-poll { files = signalfd, timeout = 0 }|aio-poll.timeout is 0; expected a positive number with driver signalfd*",
      "aio-poll.files = floppy|aio-poll.files is \"floppy\"; expected one of *",
      "aio-poll.requets = 1|unknown key aio-poll.requets; expected one of *",
      "machine.weaken = [smp_nb]|machine.weaken is [\"smp_nb\"]; expected some of *"})
  void aWrongSettingIsNamedWithItsLine(String line, String message) throws IOException {
    Path file = file("# a comment", line);
    CommandLineRun run = CommandLineRun.of("run", file.toString());
    String expected = file + ":2: " + message;
    if (expected.endsWith("*")) {
      String start = expected.substring(0, expected.length() - 1);
      assertTrue(run.err().startsWith(start), run.err());
      assertEquals(1, run.err().lines().count(), run.err());
    } else {
      assertEquals(expected + System.lineSeparator(), run.err());
    }
    assertEquals("", run.out());
    assertEquals(2, run.code());
  }

  @Test
  void anOptionIsNamedByItself() throws IOException {
    refused("-Dcpus: cpus is 65; expected a whole number from 1 to 64", "run", file().toString(), "-Dcpus=65");
  }

  @Test
  void aMissingFileIsNamed() {
    Path missing = folder.resolve("missing.conf");
    refused(missing + ": no such file; expected a configuration file", "run", missing.toString());
  }

  @Test
  void aMissingIncludeIsNamed() throws IOException {
    Path file = file("include required(\"elsewhere.conf\")");
    refused(file + ": includes elsewhere.conf; expected a file that exists", "run", file.toString());
  }

  @Test
  void aMissingPlainIncludeIsNamedToo() throws IOException {
    Path file = file("include \"elsewhere\"");
    refused(file + ": includes elsewhere; expected a file that exists", "run", file.toString());
  }

  @Test
  void aTraceNeverReplacesWhatIsNoFile() throws IOException {
    Path file = file("trace.file = \"" + folder + "\"", "aio-poll.requests = 10");
    refused(
        "%s:1: trace.file is \"%s\"; expected a file that can be written (%s: not a regular file)"
            .formatted(file, folder, folder),
        "run", file.toString());
  }

  @Test
  void aTraceWithSomethingBehindItIsDamaged() throws IOException {
    Path trace = folder.resolve("run.trace");
    Path file = file("trace.file = \"" + trace + "\"", "aio-poll.requests = 10");
    assertEquals(0, CommandLineRun.of("run", file.toString()).code());
    Files.write(trace, new byte[] {0}, java.nio.file.StandardOpenOption.APPEND);
    refused(
        trace + ": damaged end; expected a whole trace, unchanged since it was written", "replay", trace.toString());
  }

  @Test
  void aTraceOfAnotherVersionIsRefused() throws IOException {
    Path trace = folder.resolve("other.trace");
    try (TraceWriter writer = new TraceWriter(trace, new TraceHeader("regardless 0.0.1", "{}"))) {
      writer.finish(new byte[32]);
    }
    refused(
        trace + ": a trace of regardless 0.0.1; expected one of this version, " + Version.line(),
        "replay", trace.toString());
  }

  @Test
  void damageFarBehindTheStartIsNamedAsDamage() throws IOException {
    Path trace = folder.resolve("long.trace");
    Path file = file(
        "trace.file = \"" + trace + "\"", "aio-poll.requests = 3000", "architecture = sc", "scheduler.kind = random");
    assertEquals(0, CommandLineRun.of("run", file.toString()).code());
    byte[] bytes = Files.readAllBytes(trace);
    bytes[bytes.length - 20_000] ^= 0x40;
    Files.write(trace, bytes);
    refused(
        trace + ": damaged block; expected a whole trace, unchanged since it was written", "replay", trace.toString());
  }

  @Test
  void wrongSyntaxIsNamedWithItsLine() throws IOException {
    Path file = file("cpus = 4", "faults {");
    CommandLineRun run = CommandLineRun.of("run", file.toString());
    assertTrue(run.err().startsWith(file + ":"), run.err());
    assertTrue(run.err().endsWith("; expected HOCON" + System.lineSeparator()), run.err());
    assertEquals(1, run.err().lines().count(), run.err());
    assertEquals(2, run.code());
  }

  @Test
  void anUnwritableTraceIsRefusedBeforeTheRun() throws IOException {
    Path nowhere = folder.resolve("none").resolve("run.trace");
    Path file = file("trace.file = \"" + nowhere + "\"", "aio-poll.requests = 10");
    refused(
        "%s:1: trace.file is \"%s\"; expected a file that can be written (%s.partial)".formatted(file, nowhere,
            nowhere),
        "run", file.toString());
  }

  @Test
  void aTraceHoldsOneRunOnly() throws IOException {
    Path file = file("trace.file = \"" + folder.resolve("run.trace") + "\"", "repeat = 2");
    refused(
        "%s:1: trace.file is \"%s\"; expected no trace file with several architectures or runs: a trace holds one run"
            .formatted(file, folder.resolve("run.trace")),
        "run", file.toString());
  }

  @Test
  void aForeignTraceIsRefused() throws IOException {
    Path file = file("this is no trace, but long enough to have a header");
    refused(file + ": not a trace; expected a file written by trace.file", "replay", file.toString());
  }

  @Test
  void aMissingTraceIsRefused() {
    Path missing = folder.resolve("missing.trace");
    refused(missing + ": no such file; expected a trace", "replay", missing.toString());
  }
}
