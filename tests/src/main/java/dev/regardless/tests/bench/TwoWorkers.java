package dev.regardless.tests.bench;

import dev.regardless.checker.CheckResult;
import dev.regardless.checker.CheckSettings;
import dev.regardless.checker.Checker;
import dev.regardless.machine.Architectures;
import dev.regardless.scenario.Scenario;
import dev.regardless.scenario.Scenarios;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.FutureTask;

/**
 * One worker of the checking engine beside two, alternating in one virtual machine, under SC: wall time, and the CPU time of
 * the worker that needed most of it, which is the wall time of a machine with nothing else to do as long as its CPUs do
 * not slow each other down. Arguments: rounds, and programs such as {@code "ainc 10"}.
 */
public final class TwoWorkers {

  private static final int TICK_MILLISECONDS = 20;
  private static final double NANOSECONDS = 1e9;

  private TwoWorkers() {}

  /** Wall seconds, CPU seconds of the busiest worker, and the number of executions. */
  private record Measured(double wall, double busiest, long executions) {}

  /** Prints a table row for each program and round. */
  public static void main(String[] arguments) throws Exception {
    System.out.println("| program | executions | wall s, 1 and 2 workers | times | busiest worker's CPU s | times |");
    System.out.println("|---|---|---|---|---|---|");
    for (String program : List.of(arguments).subList(1, arguments.length)) {
      String[] parts = program.split(" ", -1);
      Scenario scenario = Scenarios.all().stream().filter(each -> each.name().equals(parts[0])).findFirst()
          .orElseThrow();
      for (int round = 0; round < Integer.parseInt(arguments[0]); round++) {
        Measured one = check(scenario, parts[1], 1);
        Measured two = check(scenario, parts[1], 2);
        if (one.executions != two.executions) {
          throw new IllegalStateException("%d and %d executions".formatted(one.executions, two.executions));
        }
        System.out.println(
            String.format(Locale.ROOT, "| %s | %,d | %.1f, %.1f | %.2f | %.1f, %.1f | %.2f |", program, one.executions,
                one.wall, two.wall, one.wall / two.wall, one.busiest, two.busiest, one.busiest / two.busiest));
      }
    }
  }

  private static Measured check(Scenario scenario, String size, int workers) throws Exception {
    CheckSettings settings = CheckSettings.plain(Map.of("n", size)).withWorkers(workers);
    long begin = System.nanoTime();
    FutureTask<CheckResult> task = new FutureTask<>(new Checker(scenario, Architectures.named("sc"), settings)::run);
    Thread thread = new Thread(task, "measured");
    thread.start();
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    Map<Long, Long> used = new HashMap<>();
    while (thread.isAlive()) {
      thread.join(TICK_MILLISECONDS);
      for (long id : threads.getAllThreadIds()) {
        var info = threads.getThreadInfo(id);
        if (info != null && info.getThreadName().equals("checker")) {
          used.merge(id, threads.getThreadCpuTime(id), Math::max);
        }
      }
    }
    return new Measured((System.nanoTime() - begin) / NANOSECONDS,
        used.values().stream().mapToLong(Long::longValue).max().orElse(0) / NANOSECONDS,
        task.get().executions());
  }
}
