package dev.regardless.input;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Something a person wrote is wrong: a configuration, a command line, a litmus file, a trace.
 *
 * <p>The message is one line: where ({@code file:line:column:}, as far as it is known), what was found, and what was
 * expected instead. The command line prints it as it is and exits with code 2. It is never thrown from emulated code.
 */
public final class BadInputException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** A line or column that is not known. Lines and columns that are known count from 1. */
  public static final int UNKNOWN = 0;

  private BadInputException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /**
   * Bad input at a place in a file.
   *
   * @param source   the file's name as the person wrote it
   * @param line     from 1, or {@link #UNKNOWN}
   * @param column   from 1, or {@link #UNKNOWN}
   * @param found    what is wrong
   * @param expected what should be there instead, without the word "expected"
   */
  public static BadInputException at(String source, int line, int column, String found, String expected) {
    return new BadInputException(oneLine(place(source, line, column) + ": " + found + "; expected " + expected), null);
  }

  /**
   * Bad input whose place is a name rather than a line: a command line option, a configuration key, a missing file.
   *
   * @param source   the option, key or file
   * @param found    what is wrong
   * @param expected what should be there instead, without the word "expected"
   */
  public static BadInputException in(String source, String found, String expected) {
    return at(source, UNKNOWN, UNKNOWN, found, expected);
  }

  /** Adds the lower-level exception that revealed the problem; the message stays the same. */
  public BadInputException causedBy(Throwable cause) {
    return new BadInputException(Objects.requireNonNull(getMessage()), cause);
  }

  private static String place(String source, int line, int column) {
    if (line == UNKNOWN) {
      return source;
    }
    return column == UNKNOWN ? source + ":" + line : source + ":" + line + ":" + column;
  }

  private static String oneLine(String text) {
    return text.replaceAll("\\s*\\R\\s*", " ");
  }
}
