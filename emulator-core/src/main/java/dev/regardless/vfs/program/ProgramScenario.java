package dev.regardless.vfs.program;

import dev.regardless.scenario.Parameters;
import dev.regardless.scenario.Scenario;
import dev.regardless.scenario.ScenarioContext;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A {@link Program} as a scenario: parameter {@code script} is its text ({@link ProgramText}), {@code settling} the cycles
 * between two steps, {@code first-descriptor} the lowest descriptor (the standard streams are not there), {@code design} the
 * aio poll design, {@code aio-max-nr} the requests that all contexts together may be set up for, {@code disk-block} what
 * offsets and lengths of O_DIRECT transfers must be multiples of, {@code disk-memory-alignment} what their memory must be
 * aligned to if it is not in one piece within a page. The results of its steps
 * are the registers, {@code $0} and up.
 */
public final class ProgramScenario implements Scenario {

  private static final long SETTLING = 2_000_000;

  /** Made by the service loader. */
  public ProgramScenario() {}

  @Override
  public String name() {
    return "user-program";
  }

  @Override
  public String description() {
    return "system calls of the tasks of one process, step by step, as a script";
  }

  @Override
  public SortedMap<String, String> parameters() {
    return new TreeMap<>(Parameters.of(
        "script", "0: eventfd2(0, 0x800)", "settling", Long.toString(SETTLING), "design", "linux-5.16",
        "first-descriptor", "3", "aio-max-nr", "65536", "disk-block", "512", "disk-memory-alignment", "512"));
  }

  @Override
  public void setUp(ScenarioContext context) {
    setUp(context, program(context.parameter("script")));
  }

  private static Program program(String script) {
    try {
      return ProgramText.parse(script);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("parameter script: expected a program, but " + e.getMessage(), e);
    }
  }

  /** The process of each task: tasks that fork makes have one of their own. */
  private static List<UserProcess> processes(ScenarioContext context, UserProcess first, Program program) {
    int lowest = Parameters.number(context, "first-descriptor", 0, Integer.MAX_VALUE);
    UserProcess[] processes = new UserProcess[program.tasks()];
    Arrays.fill(processes, first);
    for (Step step : program.steps()) {
      if (step instanceof Step.Call call && call.name().equals(ProgramThreads.FORK)) {
        processes[program.taskOf(call)] = first.child(lowest);
      }
    }
    return List.of(processes);
  }

  /**
   * Sets up a program that is no text.
   *
   * @return the process that runs it
   */
  public static UserProcess setUp(ScenarioContext context, Program program) {
    UserProcess process = new UserProcess(
        context, program.memory(), Parameters.number(context, "first-descriptor", 0, Integer.MAX_VALUE));
    long settling = Parameters.number(context, "settling", 0, Integer.MAX_VALUE);
    ProgramThreads threads = process.kernel().create("program",
        cells -> new ProgramThreads(cells, processes(context, process, program), program, settling));
    threads.start(context);
    return process;
  }
}
