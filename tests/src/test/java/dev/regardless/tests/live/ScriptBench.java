package dev.regardless.tests.live;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.regardless.machine.Architectures;
import dev.regardless.vfs.program.Program;
import dev.regardless.vfs.program.ProgramText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Runs a script with expectations on every emulated architecture and, where there is one, on the live kernel. */
final class ScriptBench {

  private static final long SETTLING = 5_000_000;
  private static final int ATTEMPTS = 6;

  private ScriptBench() {}

  /** Every step returns what the script expects, everywhere. */
  static void everywhere(String script) {
    everywhereUnless("", script);
  }

  /** The same, but not on the live kernel if there is a reason. */
  static void everywhereUnless(String reason, String script) {
    emulated(ProgramText.parse(script));
    live(reason, script);
  }

  /** On the live kernel alone, if there is one and no reason not to. */
  static void live(String reason, String script) {
    String why = LinuxKernel.unavailable().isEmpty() ? reason : LinuxKernel.unavailable();
    if (!why.isEmpty()) {
      System.out.println("not on the live kernel: " + why);
      return;
    }
    Program program = ProgramText.parse(script);
    try (LiveProgram live = new LiveProgram(System.getProperty("java.io.tmpdir", "."))) {
      assertEquals(List.of(), run(live, program).unexpected(), "live kernel\n" + program);
    }
  }

  /** A fork of a Java process may stop at a lock that another of its threads had: only if all do is it the kernel. */
  private static Outcome run(LiveProgram live, Program program) {
    for (int attempt = 1;; attempt++) {
      try {
        return live.run(program, SETTLING);
      } catch (LiveChild.ChildHangs e) {
        if (attempt == ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  /** The same without the live kernel, for what a test must not do to the machine it runs on. */
  static void emulated(String script) {
    emulated(ProgramText.parse(script));
  }

  /** On the emulated kernel with so many requests in the system. */
  static void emulated(String script, int maximumRequests) {
    emulated(ProgramText.parse(script), maximumRequests);
  }

  private static void emulated(Program program) {
    emulated(program, 65_536);
  }

  private static void emulated(Program program, int maximumRequests) {
    for (String name : List.of("sc", "x86", "arm64")) {
      List<String> problems = new ArrayList<>();
      Outcome outcome = EmulatedProgram.run(
          program, Architectures.named(name), Map.of(
              "first-descriptor", Integer.toString(LiveProgram.FIRST_DESCRIPTOR),
              "aio-max-nr", Integer.toString(maximumRequests)),
          1, problems);
      assertEquals(List.of(), problems, name);
      assertEquals(List.of(), outcome.unexpected(), name + '\n' + program);
    }
  }
}
