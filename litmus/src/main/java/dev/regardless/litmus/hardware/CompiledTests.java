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
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Tests that are compiled for this machine, in a temporary folder that goes when this is closed. */
public final class CompiledTests implements AutoCloseable {
  private static final long MOST_SECONDS = 600;
  private static final String ARCHITECTURE = "X86_64";

  private final String compiler;
  private final List<LoadedTest> tests;
  private final Path folder;
  private final Map<Integer, Program> programs = new HashMap<>();
  private final Map<Integer, String> refusals = new HashMap<>();

  /** A test's place: a program, and its number there. */
  private record Program(Path file, int number) {}

  private CompiledTests(String compiler, List<LoadedTest> tests, Path folder) {
    this.compiler = compiler;
    this.tests = List.copyOf(tests);
    this.folder = folder;
  }

  static CompiledTests compile(String compiler, List<LoadedTest> tests) {
    try {
      CompiledTests compiled = new CompiledTests(compiler, tests, Files.createTempDirectory("regardless-hardware"));
      try {
        compiled.compileAll();
      } catch (IOException | UnsupportedTestException failure) {
        compiled.close();
        throw failure;
      }
      return compiled;
    } catch (IOException failure) {
      throw new UnsupportedTestException("--hardware: cannot compile: " + failure.getMessage());
    }
  }

  private void compileAll() throws IOException {
    List<Integer> writable = new ArrayList<>();
    for (int test = 0; test < tests.size(); test++) {
      if (!tests.get(test).test().isa().name().equals(ARCHITECTURE)) {
        refusals.put(test, "only " + ARCHITECTURE + " tests can be run on this CPU");
        continue;
      }
      try {
        NativeTestWriter.write(tests.get(test), 0);
        writable.add(test);
      } catch (UnsupportedTestException reason) {
        refusals.put(test, String.valueOf(reason.getMessage()));
      }
    }
    if (writable.isEmpty() || compile(writable).isEmpty()) {
      return;
    }
    for (int test : writable) {
      String complaint = compile(List.of(test));
      if (!complaint.isEmpty()) {
        refusals.put(test, "the C compiler refuses it: " + complaint);
      }
    }
  }

  /** Makes one program of some tests. Returns the compiler's first complaint, empty if there is a program. */
  private String compile(List<Integer> together) throws IOException {
    List<String> texts = new ArrayList<>();
    for (int test : together) {
      texts.add(NativeTestWriter.write(tests.get(test), texts.size()));
    }
    String name = "tests-" + together.getFirst() + "-" + together.size();
    Path source = Files.writeString(folder.resolve(name + ".c"), HarnessWriter.program(texts),
        StandardCharsets.ISO_8859_1);
    Path binary = folder.resolve(name);
    List<String> complaints = start(compiler, "-O2", "-w", "-pthread", "-o", binary.toString(), source.toString());
    if (!Files.isExecutable(binary)) {
      return complaints.stream().filter(line -> line.contains("rror") || line.contains("undefined")).findFirst()
          .orElse("it made no program").replace(folder + "/", "");
    }
    for (int number = 0; number < together.size(); number++) {
      programs.put(together.get(number), new Program(binary, number));
    }
    return "";
  }

  /**
   * Runs a test and compares what was seen with what is allowed.
   *
   * @param index      the test's position in the list that was compiled
   * @param runs       how often to run it, at least 1
   * @param allowed    what the model allows
   * @param sequential what sequential consistency allows
   * @throws UnsupportedTestException if the test could not be compiled or run; the message says why
   */
  public HardwareResult run(int index, long runs, OutcomeSet allowed, OutcomeSet sequential) {
    Program program = programs.get(index);
    if (program == null) {
      throw refused(index, String.valueOf(refusals.get(index)));
    }
    List<String> lines;
    try {
      lines = start(program.file().toString(), Integer.toString(program.number()), Long.toString(runs));
    } catch (IOException failure) {
      throw refused(index, "cannot run: " + failure.getMessage());
    }
    return result(index, runs, counts(index, lines), allowed, sequential);
  }

  private UnsupportedTestException refused(int index, String reason) {
    return new UnsupportedTestException(tests.get(index).test().source() + ": not run: " + reason);
  }

  private List<String> start(String... command) throws IOException {
    Path output = folder.resolve("output");
    Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile()).start();
    try {
      if (!process.waitFor(MOST_SECONDS, TimeUnit.SECONDS)) {
        throw new IOException("took more than " + MOST_SECONDS + " s");
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", interrupted);
    } finally {
      process.destroyForcibly();
    }
    return Files.readAllLines(output, StandardCharsets.ISO_8859_1);
  }

  private Map<Outcome, Long> counts(int index, List<String> lines) {
    LitmusTest test = tests.get(index).test();
    Map<Outcome, Long> counts = new LinkedHashMap<>();
    for (String line : lines) {
      String[] words = line.split(" ");
      if (words.length != test.shown() + 1 || !line.matches("[0-9]+( -?[0-9]+)*")) {
        throw refused(index, "unexpected output '" + line + "'");
      }
      long[] values = new long[test.shown()];
      for (int place = 0; place < values.length; place++) {
        values[place] = Long.parseLong(words[place + 1]);
      }
      counts.merge(normalised(test, values), Long.parseLong(words[0]), Long::sum);
    }
    return counts;
  }

  private HardwareResult result(int index, long runs, Map<Outcome, Long> counts, OutcomeSet allowed,
      OutcomeSet sequential) {
    LitmusTest test = tests.get(index).test();
    Set<Outcome> expected = normalised(test, allowed);
    Set<Outcome> strong = normalised(test, sequential);
    StatePrinter printer = new StatePrinter(tests.get(index));
    List<HardwareResult.Seen> seen = new ArrayList<>();
    long total = 0;
    for (Outcome outcome : printer.sorted(counts.keySet())) {
      long count = counts.getOrDefault(outcome, 0L);
      total += count;
      seen.add(new HardwareResult.Seen(printer.text(outcome), count, expected.contains(outcome),
          !strong.contains(outcome), test.condition().holds(outcome.values())));
    }
    if (total != runs) {
      throw refused(index, "the program ended after " + total + " runs");
    }
    long weak = expected.stream().filter(outcome -> !strong.contains(outcome)).count();
    return new HardwareResult(runs, seen, expected.size(), (int) weak);
  }

  private static Set<Outcome> normalised(LitmusTest test, OutcomeSet outcomes) {
    Set<Outcome> normal = new HashSet<>();
    outcomes.outcomes().forEach(outcome -> normal.add(normalised(test, outcome.values())));
    return normal;
  }

  private static Outcome normalised(LitmusTest test, long[] values) {
    long[] normal = new long[values.length];
    for (int index = 0; index < values.length; index++) {
      normal[index] = test.observables().get(index).type().normalise(values[index]);
    }
    return new Outcome(normal);
  }

  /** Deletes the programs. */
  @Override
  public void close() {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted((left, right) -> right.compareTo(left)).toList()) {
        Files.delete(file);
      }
    } catch (IOException left) {
      throw new UnsupportedTestException("--hardware: cannot delete " + folder + ": " + left.getMessage());
    }
  }
}
