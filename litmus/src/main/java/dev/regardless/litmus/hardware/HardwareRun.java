package dev.regardless.litmus.hardware;

import dev.regardless.isa.UnsupportedTestException;
import dev.regardless.litmus.load.LoadedTest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** This machine, as something that runs tests: its CPU and its C compiler. */
public final class HardwareRun {
  private final String compiler;

  private HardwareRun(String compiler) {
    this.compiler = compiler;
  }

  /**
   * This machine with a C compiler of its path, or with one that was asked for.
   *
   * @param asked the compiler's file, or its name on the path; empty for the first of cc, gcc and clang
   * @throws UnsupportedTestException if the CPU is not an x86-64 or there is no such compiler; the message says which
   */
  public static HardwareRun here(String asked) {
    return on(System.getProperty("os.arch", ""), System.getenv(), asked);
  }

  /** The same for a machine that is described: Java's name for its architecture, and its environment. */
  static HardwareRun on(String architecture, Map<String, String> environment, String asked) {
    String cpu = architecture.toLowerCase(Locale.ROOT);
    if (!cpu.equals("amd64") && !cpu.equals("x86_64")) {
      throw new UnsupportedTestException("--hardware: this CPU is " + cpu + "; only x86-64 tests can be run");
    }
    List<String> names = asked.isEmpty() ? List.of("cc", "gcc", "clang") : List.of(asked);
    for (String name : names) {
      if (name.contains("/") && isProgram(Path.of(name))) {
        return new HardwareRun(name);
      }
      for (String folder : environment.getOrDefault("PATH", "").split(":")) {
        Path file = Path.of(folder.isEmpty() ? "." : folder).resolve(name);
        if (!name.contains("/") && isProgram(file)) {
          return new HardwareRun(file.toString());
        }
      }
    }
    throw new UnsupportedTestException(asked.isEmpty()
        ? "--hardware: there is no C compiler (cc, gcc or clang) on the path"
        : "--hardware: there is no C compiler '" + asked + "'");
  }

  private static boolean isProgram(Path file) {
    return Files.isRegularFile(file) && Files.isExecutable(file);
  }

  /**
   * Compiles tests, as many as possible at once.
   *
   * @throws UnsupportedTestException if the machine cannot keep or start programs; the message says why
   */
  public CompiledTests compile(List<LoadedTest> tests) {
    return CompiledTests.compile(compiler, tests);
  }
}
