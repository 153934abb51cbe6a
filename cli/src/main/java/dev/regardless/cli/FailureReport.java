package dev.regardless.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes what a mistake in Regardless looks like into a file that can be attached to a bug report. */
final class FailureReport {
  private FailureReport() {}

  /** Writes the report to the current folder, or to the one for temporary files where that is not writable. */
  static String write(Throwable failure, String[] arguments) {
    return write(failure, arguments, Path.of(""), Path.of(System.getProperty("java.io.tmpdir", "")));
  }

  /**
   * Writes the report to the first folder that takes it.
   *
   * @return one line for the person at the terminal, naming the file
   */
  static String write(Throwable failure, String[] arguments, Path... folders) {
    String summary = "internal error: " + oneLine(failure.toString());
    String name = "regardless-report-" + ProcessHandle.current().pid() + ".txt";
    for (Path folder : folders) {
      try {
        Path file = folder.resolve(name);
        Files.writeString(file, text(failure, arguments), StandardCharsets.UTF_8);
        return summary + "; please attach " + file + " to a bug report";
      } catch (IOException unwritable) {
        summary = summary + " (no report in '" + folder + "')";
      }
    }
    return summary;
  }

  private static String text(Throwable failure, String[] arguments) {
    StringWriter trace = new StringWriter();
    failure.printStackTrace(new PrintWriter(trace));
    return Version.line() + "\njava " + Runtime.version() + "\n" + System.getProperty("os.name") + " "
        + System.getProperty("os.arch") + "\narguments: " + String.join(" ", arguments) + "\n\n" + trace;
  }

  private static String oneLine(String text) {
    return text.replaceAll("\\s*\\R\\s*", " ");
  }
}
