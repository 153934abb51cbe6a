package dev.regardless.litmus.run;

import dev.regardless.litmus.engine.Exploration;
import dev.regardless.litmus.load.LoadedTest;
import dev.regardless.litmus.report.LogEntry;
import java.nio.file.Path;
import java.util.List;

/** How running one file ended. */
public sealed interface TestResult {
  /** The file. */
  Path file();

  /**
   * All outcomes were found.
   *
   * @param loaded      the test
   * @param engine      the engine that answered
   * @param model       the memory model
   * @param exploration the outcomes
   * @param entry       the test's part of the log
   * @param notes       what the user should know beside the answer, one line each
   */
  record Answered(Path file, LoadedTest loaded, String engine, String model, Exploration exploration, LogEntry entry,
      List<String> notes) implements TestResult {}

  /** The file is not a litmus test; the message is one line with line and column. */
  record Malformed(Path file, String message) implements TestResult {}

  /** The test needs what is not built in; the message is one line with the reason. */
  record Refused(Path file, String message) implements TestResult {}

  /** A limit was reached before all outcomes were found; nothing may be concluded. */
  record GaveUp(Path file, LoadedTest loaded, String message) implements TestResult {}

  /** Two engines found different outcomes: a mistake in Regardless. */
  record Disagreed(Path file, LoadedTest loaded, List<String> differences) implements TestResult {}

  /** An engine failed: a mistake in Regardless. */
  record Failed(Path file, Throwable failure) implements TestResult {}
}
