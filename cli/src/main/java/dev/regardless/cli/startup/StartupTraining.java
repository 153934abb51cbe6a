package dev.regardless.cli.startup;

import dev.regardless.cli.ExitCode;
import dev.regardless.cli.Main;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Runs short commands in one virtual machine, so that the JDK's cache holds the classes they load.
 *
 * <p>Every command that should start fast has a line here. A cache that holds more than a command needs slows its start,
 * so there are two: one for commands that only say something, and one for those that run a machine. A line that fails
 * ends the training, and the launcher then goes without that cache.
 */
public final class StartupTraining {
  /** A workload that ends at once. */
  private static final String CONFIGURATION = """
      aio-poll {
        file-count = 4
        requests = 200
      }
      """;

  private StartupTraining() {}

  /**
   * Goes through the command lines of one cache; exits with the first code that is not {@link ExitCode#HOLDS}.
   *
   * @param arguments {@code short} or {@code run}
   * @throws IOException if the temporary configuration cannot be written
   */
  public static void main(String[] arguments) throws IOException {
    System.exit(arguments[0].equals("run") ? machineCommands() : train(List.of("--version"), List.of("--help")));
  }

  private static int machineCommands() throws IOException {
    Path file = Files.createTempFile("regardless-training", ".conf");
    Files.writeString(file, CONFIGURATION);
    int code = train(List.of("run", file.toString(), "-Darchitecture=arm64"),
        List.of("run", file.toString(), "-Darchitecture=x86"));
    Files.delete(file);
    return code;
  }

  @SafeVarargs
  private static int train(List<String>... commandLines) {
    for (List<String> commandLine : commandLines) {
      int code = Main.run(commandLine.toArray(String[]::new), System.out, System.err);
      if (code != ExitCode.HOLDS) {
        return code;
      }
    }
    return ExitCode.HOLDS;
  }
}
