package dev.regardless.cli;

/** The exit codes of every command. */
public final class ExitCode {
  /** The command did what it was asked, or the property holds. */
  public static final int HOLDS = 0;
  /** A property was violated, or an expectation was missed. */
  public static final int VIOLATED = 1;
  /** The command line, a configuration or another input file is wrong. */
  public static final int BAD_INPUT = 2;
  /** A limit was reached before there was an answer. */
  public static final int LIMIT_REACHED = 3;
  /** A mistake in Regardless itself; a report file was written. */
  public static final int INTERNAL_ERROR = 70;

  private ExitCode() {}
}
