package dev.regardless.tests.bench;

import com.sun.management.ThreadMXBean;
import dev.regardless.checker.CheckSettings;
import dev.regardless.checker.Exploration;
import dev.regardless.machine.Architectures;
import dev.regardless.scenario.Scenarios;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The checking engine beside GenMC, interleaved in one run, as a table. Both sides are measured in CPU seconds, which a
 * loaded machine disturbs least: GenMC's user and system time less what it needs for a program with one execution; ours the
 * time of the exploring thread, warm, in a virtual machine of its own for each row.
 *
 * <p>Arguments: the {@code genmc} program, the folder of its inputs ({@code ainc.c} and so on, sized by {@code -DN=}),
 * rounds, and optionally names of programs.
 */
public final class BesideGenmc {

  private static final String[] PROGRAMS = {"fib_bench 5", "ainc 8", "binc 5", "casrot 10", "lastzero 13", "readers 16",
      "indexer 15", "ticketlock 7"};
  private static final String[][] MODELS = {{"sc", "--sc"}, {"x86", "--tso"}, {"arm64", "--imm"}};
  private static final double WARM_SECONDS = 3;
  private static final int FEWEST_RUNS = 5;

  private BesideGenmc() {}

  /** CPU seconds, the number of complete executions they bought, and bytes allocated for each execution. */
  private record Measured(double seconds, long executions, double bytes) {}

  /** Prints the table; called by itself with {@code ours}, measures one row. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    if (arguments[0].equals("ours")) {
      explore(arguments[1], arguments[2], arguments[3]);
      return;
    }
    Path genmc = Path.of(arguments[0]);
    Path folder = Path.of(arguments[1]);
    int rounds = Integer.parseInt(arguments[2]);
    List<String> chosen = List.of(arguments).subList(3, arguments.length);
    System.out.println("| program | model | executions | GenMC, CPU s | executions per CPU s | ours: executions |"
        + " CPU s | executions per CPU s | bytes per execution | times |");
    System.out.println("|---|---|---|---|---|---|---|---|---|---|");
    double logarithms = 0;
    double least = Double.MAX_VALUE;
    int rows = 0;
    for (String[] model : MODELS) {
      for (String program : PROGRAMS) {
        String[] parts = program.split(" ", -1);
        if (chosen.isEmpty() || chosen.contains(parts[0])) {
          double times = row(genmc, folder, rounds, model, parts);
          logarithms += Math.log(times);
          least = Math.min(least, times);
          rows++;
        }
      }
    }
    System.out.printf(Locale.ROOT, "%nGeometric mean %.0f times, least %.1f times.%n", Math.exp(logarithms / rows),
        least);
  }

  private static double row(Path genmc, Path folder, int rounds, String[] model, String[] program)
      throws IOException, InterruptedException {
    Measured theirs = new Measured(Double.MAX_VALUE, 0, 0);
    Measured ours = theirs;
    for (int round = 0; round < rounds; round++) {
      double start = genmc(genmc, folder, model[1], "readers", "1").seconds;
      Measured one = genmc(genmc, folder, model[1], program[0], program[1]);
      if (one.seconds - start < theirs.seconds) {
        theirs = new Measured(Math.max(one.seconds - start, 0.001), one.executions, 0);
      }
      Measured other = ours(model[0], program[0], program[1]);
      if (other.seconds < ours.seconds) {
        ours = other;
      }
    }
    double times = ours.executions / ours.seconds / (theirs.executions / theirs.seconds);
    System.out.printf(
        Locale.ROOT, "| %s %s | %s | %,d | %.2f | %,.0f | %,d | %.4f | %,.0f | %.2f | %.0f |%n", program[0], program[1],
        model[0] + " / " + model[1].substring(2), theirs.executions, theirs.seconds, theirs.executions / theirs.seconds,
        ours.executions, ours.seconds, ours.executions / ours.seconds, ours.bytes, times);
    return times;
  }

  private static Measured genmc(Path genmc, Path folder, String model, String program, String size)
      throws IOException, InterruptedException {
    String command = "TIMEFORMAT='cpu %U %S'; time \"$0\" \"$@\"";
    List<String> lines = run(List.of("bash", "-c", command, genmc.toString(), model, "--disable-estimation", "--",
        "-DN=" + size, folder.resolve(program + ".c").toString()));
    double seconds = 0;
    long executions = 0;
    for (String line : lines) {
      if (line.startsWith("cpu ")) {
        String[] parts = line.split(" ", -1);
        seconds = Double.parseDouble(parts[1]) + Double.parseDouble(parts[2]);
      } else if (line.startsWith("Number of complete executions explored:")) {
        executions = Long.parseLong(line.replaceAll("[^0-9]", ""));
      }
    }
    return new Measured(seconds, executions, 0);
  }

  private static Measured ours(String architecture, String program, String size)
      throws IOException, InterruptedException {
    // Without background compilation the thread is warm after the same number of runs, however busy the machine is.
    List<String> lines = run(List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:+UseSerialGC", "-Xbatch", "-cp",
        System.getProperty("java.class.path"), BesideGenmc.class.getName(), "ours", architecture, program, size));
    String[] parts = lines.getLast().split(" ", -1);
    return new Measured(Double.parseDouble(parts[0]), Long.parseLong(parts[1]), Double.parseDouble(parts[2]));
  }

  private static List<String> run(List<String> command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(new ArrayList<>(command)).redirectErrorStream(true).start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int code = process.waitFor();
    if (code != 0) {
      throw new IOException("%s ended with exit code %d: %s".formatted(command, code, text));
    }
    return text.lines().toList();
  }

  private static void explore(String architecture, String program, String size) {
    Exploration exploration = new Exploration(
        Scenarios.all().stream().filter(s -> s.name().equals(program)).findFirst().orElseThrow(),
        Architectures.named(architecture), CheckSettings.plain(Map.of("n", size)));
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    double best = Double.MAX_VALUE;
    double total = 0;
    long executions = 0;
    double bytes = 0;
    for (int run = 0; run < FEWEST_RUNS || total < WARM_SECONDS; run++) {
      long allocated = threads.getCurrentThreadAllocatedBytes();
      long before = threads.getCurrentThreadCpuTime();
      executions = exploration.run();
      double seconds = (threads.getCurrentThreadCpuTime() - before) / 1e9;
      bytes = (threads.getCurrentThreadAllocatedBytes() - allocated) / (double) executions;
      best = Math.min(best, seconds);
      total += seconds;
    }
    System.out.println(best + " " + executions + " " + bytes);
  }
}
