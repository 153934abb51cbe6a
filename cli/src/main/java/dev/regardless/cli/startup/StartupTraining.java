package dev.regardless.cli.startup;

import dev.regardless.cli.ExitCode;
import dev.regardless.cli.Main;
import java.util.List;

/**
 * Runs short commands in one virtual machine, so that the JDK's cache holds the classes they load.
 *
 * <p>Every command that should start fast has a line here. A line that fails ends the training, and the launcher then
 * goes without a cache.
 */
public final class StartupTraining {
  private static final List<List<String>> COMMAND_LINES = List.of(List.of("--version"), List.of("--help"));

  private StartupTraining() {}

  /** Goes through all command lines; exits with the first code that is not {@link ExitCode#HOLDS}. */
  public static void main(String[] arguments) {
    int code = ExitCode.HOLDS;
    for (List<String> commandLine : COMMAND_LINES) {
      if (code == ExitCode.HOLDS) {
        code = Main.run(commandLine.toArray(String[]::new), System.out, System.err);
      }
    }
    System.exit(code);
  }
}
