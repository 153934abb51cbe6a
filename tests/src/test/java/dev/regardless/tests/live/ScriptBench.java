package dev.regardless.tests.live;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.regardless.machine.Architectures;
import dev.regardless.vfs.program.Program;
import dev.regardless.vfs.program.ProgramText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

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
    live(reason, script, SETTLING);
  }

  /** The same without time between the calls. */
  static void liveAtOnce(String reason, String script) {
    live(reason, script, 0);
  }

  private static void live(String reason, String script, long settling) {
    String why = LinuxKernel.unavailable().isEmpty() ? reason : LinuxKernel.unavailable();
    if (!why.isEmpty()) {
      System.out.println("not on the live kernel: " + why);
      return;
    }
    Program program = ProgramText.parse(script);
    try (LiveProgram live = new LiveProgram(System.getProperty("java.io.tmpdir", "."))) {
      assertEquals(List.of(), run(live, program, settling).unexpected(), "live kernel\n" + program);
    }
  }

  /** A fork of a Java process may stop at a lock that another of its threads had: only if all do is it the kernel. */
  private static Outcome run(LiveProgram live, Program program, long settling) {
    for (int attempt = 1;; attempt++) {
      try {
        return live.run(program, settling);
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
    emulated(ProgramText.parse(script), Map.of("aio-max-nr", Integer.toString(maximumRequests)));
  }

  /** On the emulated kernel without time between the calls. */
  static void emulatedAtOnce(String script) {
    emulated(ProgramText.parse(script), Map.of("settling", "0"));
  }

  /** On the emulated kernel with another poll design. */
  static void emulated(String script, String design) {
    emulated(ProgramText.parse(script), Map.of("design", design));
  }

  private static void emulated(Program program) {
    emulated(program, Map.of());
  }

  private static void emulated(Program program, Map<String, String> parameters) {
    Map<String, String> all = new TreeMap<>(parameters);
    all.put("first-descriptor", Integer.toString(LiveProgram.FIRST_DESCRIPTOR));
    for (String name : List.of("sc", "x86", "arm64")) {
      List<String> problems = new ArrayList<>();
      Outcome outcome = EmulatedProgram.run(program, Architectures.named(name), all, 1, problems);
      assertEquals(List.of(), problems, name);
      assertEquals(List.of(), outcome.unexpected(), name + '\n' + program);
    }
  }
}
