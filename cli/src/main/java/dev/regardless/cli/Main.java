package dev.regardless.cli;

import dev.regardless.input.BadInputException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;

/**
 * The program: parses the command line, runs one command, and turns how it ended into an {@link ExitCode}.
 *
 * <p>Start-up is kept short on purpose: the version needs no parser, the parser needs no injector, and each command
 * composes only what it uses.
 */
public final class Main {
  private Main() {}

  /** Runs one command and exits. */
  public static void main(String[] arguments) {
    int code = run(arguments, System.out, System.err);
    System.out.flush();
    System.exit(code);
  }

  /**
   * Runs one command without leaving the virtual machine.
   *
   * @return an {@link ExitCode}
   */
  public static int run(String[] arguments, PrintStream out, PrintStream err) {
    try {
      if (arguments.length == 1 && (arguments[0].equals("--version") || arguments[0].equals("-V"))) {
        out.println(Version.line());
        return ExitCode.HOLDS;
      }
      return execute(arguments, out, err);
    } catch (Throwable failure) {
      return end(failure, arguments, err);
    }
  }

  private static int execute(String[] arguments, PrintStream out, PrintStream err) {
    CommandLine parser = Commands.parser(arguments, failure -> end(failure, arguments, err));
    parser.setOut(new PrintWriter(out, true, StandardCharsets.UTF_8));
    parser.setErr(new PrintWriter(err, true, StandardCharsets.UTF_8));
    return parser.execute(arguments);
  }

  /**
   * Says how a command failed.
   *
   * @return an {@link ExitCode}
   */
  static int end(Throwable failure, String[] arguments, PrintStream err) {
    if (failure instanceof BadInputException) {
      err.println(failure.getMessage());
      return ExitCode.BAD_INPUT;
    }
    err.println(FailureReport.write(failure, arguments));
    return ExitCode.INTERNAL_ERROR;
  }
}
