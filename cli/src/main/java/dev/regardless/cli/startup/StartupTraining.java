package dev.regardless.cli.startup;

import dev.regardless.cli.ExitCode;
import dev.regardless.cli.Main;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * Runs short commands in one virtual machine, so that the JDK's cache holds the classes they load.
 *
 * <p>Every command that should start fast has a line here. A cache that holds more than a command needs slows its start,
 * so each kind of command has its own. A line that fails ends the training, and the launcher then goes without that cache.
 */
public final class StartupTraining {
  /** A workload that ends at once. */
  private static final String CONFIGURATION = """
      aio-poll {
        file-count = 4
        requests = 200
      }
      """;

  private static final String LITMUS_TEST = """
      AArch64 MP+dmb.sy+addr
      {
      0:X1=x; 0:X3=y;
      1:X1=y; 1:X4=x;
      }
       P0          | P1               ;
       MOV W0,#1   | LDR W0,[X1]      ;
       STR W0,[X1] | EOR W2,W0,W0     ;
       DMB SY      | LDR W3,[X4,W2,SXTW] ;
       MOV W2,#1   |                  ;
       STR W2,[X3] |                  ;
      exists (1:X0=1 /\\ 1:X3=0)
      """;

  private StartupTraining() {}

  /**
   * Goes through the command lines of one cache; exits with the first code that is not {@link ExitCode#HOLDS}.
   *
   * @param arguments {@code short}, {@code run}, {@code check} or {@code litmus}
   * @throws IOException if a temporary file cannot be written
   */
  public static void main(String[] arguments) throws IOException {
    System.exit(switch (arguments[0]) {
      case "short" -> train(List.of("--version"), List.of("--help"));
      case "run" -> withFile(".conf", CONFIGURATION, file -> train(List.of("run", file, "-Darchitecture=arm64"),
          List.of("run", file, "-Darchitecture=x86")));
      case "check" -> train(List.of("check", "ticket-lock", "mp"));
      case "litmus" -> withFile(".litmus", LITMUS_TEST, file -> train(List.of("litmus", file)));
      default -> throw new IllegalArgumentException("no commands of kind " + arguments[0]);
    });
  }

  private static int withFile(String suffix, String content, ToIntFunction<String> commands) throws IOException {
    Path file = Files.createTempFile("regardless-training", suffix);
    Files.writeString(file, content);
    int code = commands.applyAsInt(file.toString());
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
