package dev.regardless.litmus.hardware;

import dev.regardless.isa.UnsupportedTestException;
import dev.regardless.litmus.load.LoadedTest;
import dev.regardless.litmus.outcome.Outcome;
import dev.regardless.litmus.outcome.OutcomeSet;
import dev.regardless.litmus.report.StatePrinter;
import dev.regardless.litmus.test.LitmusTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Runs tests on this machine's CPU. */
public final class HardwareRun {
  private static final long MOST_SECONDS = 600;
  private static final String ARCHITECTURE = "X86_64";

  private final String compiler;
  private final long runs;

  private HardwareRun(String compiler, long runs) {
    this.compiler = compiler;
    this.runs = runs;
  }

  /**
   * A runner for this machine.
   *
   * @param runs how often each test is run
   * @throws UnsupportedTestException if the CPU is not an x86-64 or there is no C compiler; the message says which
   */
  public static HardwareRun here(long runs) {
    String cpu = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
    if (!cpu.equals("amd64") && !cpu.equals("x86_64")) {
      throw new UnsupportedTestException("--hardware: this CPU is " + cpu + "; only x86-64 tests can be run");
    }
    for (String name : List.of("cc", "gcc", "clang")) {
      for (String folder : System.getenv().getOrDefault("PATH", "").split(":")) {
        Path compiler = Path.of(folder.isEmpty() ? "." : folder).resolve(name);
        if (Files.isExecutable(compiler)) {
          return new HardwareRun(compiler.toString(), runs);
        }
      }
    }
    throw new UnsupportedTestException("--hardware: there is no C compiler (cc, gcc or clang) on the path");
  }

  /**
   * Runs a test and compares what was seen with what is allowed.
   *
   * @throws UnsupportedTestException if the test cannot be compiled or run; the message says why
   */
  public HardwareResult run(LoadedTest loaded, OutcomeSet allowed) {
    if (!loaded.test().isa().name().equals(ARCHITECTURE)) {
      throw refused(loaded, "only " + ARCHITECTURE + " tests can be run on this CPU");
    }
    try {
      Path folder = Files.createTempDirectory("regardless-hardware");
      try {
        return check(loaded, allowed, execute(loaded, folder));
      } finally {
        delete(folder);
      }
    } catch (IOException failure) {
      throw refused(loaded, "cannot compile or run: " + failure.getMessage());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw refused(loaded, "interrupted");
    }
  }

  private static UnsupportedTestException refused(LoadedTest loaded, String reason) {
    return new UnsupportedTestException(loaded.test().source() + ": not run: " + reason);
  }

  private List<String> execute(LoadedTest loaded, Path folder) throws IOException, InterruptedException {
    String program;
    try {
      program = HarnessWriter.program(loaded);
    } catch (UnsupportedTestException reason) {
      throw refused(loaded, String.valueOf(reason.getMessage()));
    }
    Path source = Files.writeString(folder.resolve("test.c"), program, StandardCharsets.ISO_8859_1);
    Path binary = folder.resolve("test");
    List<String> complaints = start(loaded, folder, compiler, "-O1", "-w", "-pthread", "-o", binary.toString(),
        source.toString());
    if (!Files.isExecutable(binary)) {
      String first = complaints.stream().filter(line -> line.contains("rror")).findFirst().orElse("no reason given");
      throw refused(loaded, "the C compiler refuses it: " + first.replace(folder + "/", ""));
    }
    return start(loaded, folder, binary.toString(), Long.toString(runs));
  }

  private static List<String> start(LoadedTest loaded, Path folder, String... command)
      throws IOException, InterruptedException {
    Path output = folder.resolve("output");
    Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile()).start();
    if (!process.waitFor(MOST_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw refused(loaded, "took more than " + MOST_SECONDS + " s");
    }
    return Files.readAllLines(output, StandardCharsets.ISO_8859_1);
  }

  private HardwareResult check(LoadedTest loaded, OutcomeSet allowed, List<String> lines) {
    LitmusTest test = loaded.test();
    Set<Outcome> normal = new HashSet<>();
    allowed.outcomes().forEach(outcome -> normal.add(normalised(test, outcome.values())));
    StatePrinter printer = new StatePrinter(loaded);
    List<String> seen = new ArrayList<>();
    List<String> forbidden = new ArrayList<>();
    long total = 0;
    long satisfied = 0;
    for (String line : lines) {
      String[] words = line.split(" ");
      if (words.length != Math.max(1, test.shown()) + 1 || !line.matches("[0-9]+( -?[0-9]+)*")) {
        throw refused(loaded, "unexpected output '" + line + "'");
      }
      long[] values = new long[test.shown()];
      for (int index = 0; index < values.length; index++) {
        values[index] = Long.parseLong(words[index + 1]);
      }
      long count = Long.parseLong(words[0]);
      Outcome outcome = normalised(test, values);
      total += count;
      satisfied += test.condition().holds(outcome.values()) ? count : 0;
      String text = count + " " + printer.text(outcome);
      seen.add(text);
      if (!normal.contains(outcome)) {
        forbidden.add(text);
      }
    }
    if (total < runs) {
      throw refused(loaded, "the program ended after " + total + " runs");
    }
    return new HardwareResult(total, seen, forbidden, satisfied);
  }

  private static Outcome normalised(LitmusTest test, long[] values) {
    long[] normal = new long[values.length];
    for (int index = 0; index < values.length; index++) {
      normal[index] = test.observables().get(index).type().normalise(values[index]);
    }
    return new Outcome(normal);
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted((left, right) -> right.compareTo(left)).toList()) {
        Files.delete(file);
      }
    }
  }
}
