package dev.regardless.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.regardless.input.BadInputException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MainTest {
  /** How a command line ended. */
  private record Ending(int code, String out, String err) {}

  @Test
  void printsTheVersion() {
    Ending ending = run("--version");
    assertEquals(new Ending(ExitCode.HOLDS, Version.line() + "\n", ""), ending);
    assertEquals(ending, run("-V"));
    assertTrue(ending.out().matches("regardless \\S.*\n"), ending::out);
  }

  @Test
  void printsHelpWhenAskedAndWhenGivenNothing() {
    Ending ending = run("--help");
    assertEquals(ExitCode.HOLDS, ending.code());
    assertTrue(ending.out().startsWith("Usage: regardless "), ending::out);
    assertEquals("", ending.err());
    assertEquals(ending, run());
    assertEquals(ending, run("-h"));
  }

  @Test
  void refusesAnUnknownOptionInOneLine() {
    assertEquals(new Ending(ExitCode.BAD_INPUT, "",
        "regardless: Unknown option: '--nonsense'; expected what 'regardless --help' lists\n"), run("--nonsense"));
  }

  @Test
  void refusesAnUnknownCommandInOneLine() {
    Ending ending = run("nonsense");
    assertEquals(ExitCode.BAD_INPUT, ending.code());
    assertEquals("", ending.out());
    assertTrue(ending.err().matches("regardless: .*'nonsense'.*; expected what 'regardless --help' lists\n"),
        ending::err);
  }

  @Test
  void endsBadInputWithItsMessageOnly() {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int code = Main.end(BadInputException.at("x.conf", 2, 1, "no such key 'a'", "'b'"), new String[0], stream(err));
    assertEquals(ExitCode.BAD_INPUT, code);
    assertEquals("x.conf:2:1: no such key 'a'; expected 'b'\n", err.toString(StandardCharsets.UTF_8));
  }

  @Test
  void reportsAnInternalErrorInAFile(@TempDir Path folder) throws IOException {
    IllegalStateException failure = new IllegalStateException("broken\npart");
    String line = FailureReport.write(failure, new String[] {"run", "x.conf"}, folder);
    Path report = report(folder);
    assertEquals(
        "internal error: java.lang.IllegalStateException: broken part; please attach " + report + " to a bug report",
        line);
    String text = Files.readString(report);
    assertTrue(text.contains("arguments: run x.conf\n"), text);
    assertTrue(text.contains("java.lang.IllegalStateException: broken"), text);
    assertTrue(text.contains("at dev.regardless.cli.MainTest.reportsAnInternalErrorInAFile"), text);
  }

  @Test
  void looksForAnotherFolderWhenTheFirstIsNotWritable(@TempDir Path folder) {
    Path absent = folder.resolve("absent");
    IllegalStateException failure = new IllegalStateException("x");
    String line = FailureReport.write(failure, new String[0], absent, folder);
    assertTrue(line.endsWith("; please attach " + report(folder) + " to a bug report"), line);
    assertTrue(Files.exists(report(folder)));
    assertEquals("internal error: java.lang.IllegalStateException: x (no report in '" + absent + "')",
        FailureReport.write(failure, new String[0], absent));
  }

  private static Path report(Path folder) {
    return folder.resolve("regardless-report-" + ProcessHandle.current().pid() + ".txt");
  }

  private static Ending run(String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int code = Main.run(arguments, stream(out), stream(err));
    return new Ending(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }
}
