package dev.regardless.tests.live;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.regardless.machine.Architectures;
import dev.regardless.vfs.program.Program;
import dev.regardless.vfs.program.ProgramText;
import java.util.ArrayList;
import java.util.List;

/** Runs a script with expectations on every emulated architecture and, where there is one, on the live kernel. */
final class ScriptBench {

  private static final long SETTLING = 5_000_000;

  private ScriptBench() {}

  /** Every step returns what the script expects, everywhere. */
  static void everywhere(String script) {
    Program program = ProgramText.parse(script);
    emulated(program);
    if (LinuxKernel.unavailable().isEmpty()) {
      try (LiveProgram live = new LiveProgram(System.getProperty("java.io.tmpdir", "."))) {
        assertEquals(List.of(), unexpected(program, live.run(program, SETTLING)), "live kernel\n" + program);
      }
    }
  }

  /** The same without the live kernel, for what a test must not do to the machine it runs on. */
  static void emulated(String script) {
    emulated(ProgramText.parse(script));
  }

  private static void emulated(Program program) {
    for (String name : List.of("sc", "x86", "arm64")) {
      List<String> problems = new ArrayList<>();
      Outcome outcome = EmulatedProgram.run(
          program, Architectures.named(name), "linux-5.16", LiveProgram.FIRST_DESCRIPTOR, 1, problems);
      assertEquals(List.of(), problems, name);
      assertEquals(List.of(), unexpected(program, outcome), name + '\n' + program);
    }
  }

  private static List<String> unexpected(Program program, Outcome outcome) {
    return program.expectations().stream()
        .filter(each -> outcome.result(each.step()) != each.value())
        .map(each -> "$%d: expected %d, found %s: %s".formatted(
            each.step(), each.value(), Outcome.text(outcome.result(each.step())), program.steps().get(each.step())))
        .toList();
  }
}
