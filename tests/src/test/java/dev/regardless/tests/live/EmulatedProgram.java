package dev.regardless.tests.live;

import dev.regardless.emulation.Emulator;
import dev.regardless.emulation.EmulatorSettings;
import dev.regardless.emulation.RunResult;
import dev.regardless.machine.Architecture;
import dev.regardless.scenario.Scenario;
import dev.regardless.scenario.ScenarioContext;
import dev.regardless.vfs.UserSpace;
import dev.regardless.vfs.program.Program;
import dev.regardless.vfs.program.ProgramScenario;
import dev.regardless.vfs.program.ProgramTracepoints;
import dev.regardless.vfs.program.UserProcess;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Runs programs on the emulated kernel. */
final class EmulatedProgram {

  /** The address of the program's memory there. */
  static final long BASE = UserSpace.FIRST;

  private EmulatedProgram() {}

  /** The scenario's parameters for a design, beside a live kernel with that disk. */
  static Map<String, String> parameters(String design, LinuxKernel.DirectAlignment disk) {
    Map<String, String> parameters = new TreeMap<>(Map.of(
        "design", design, "first-descriptor", Integer.toString(LiveProgram.FIRST_DESCRIPTOR)));
    if (disk.block() > 0) {
      parameters.put("disk-block", Integer.toString(disk.block()));
      parameters.put("disk-memory-alignment", Integer.toString(disk.memory()));
    }
    return parameters;
  }

  /**
   * Runs.
   *
   * @param parameters of the scenario, where they are not the defaults
   * @param problems receives what the emulator found wrong: violated properties
   */
  static Outcome run(
      Program program, Architecture architecture, Map<String, String> parameters, long seed, List<String> problems) {
    EmulatorSettings plain = EmulatorSettings.of(4);
    Emulator emulator = Emulator.random(architecture, plain, seed);
    UserProcess[] process = new UserProcess[1];
    emulator.setUp(new Prepared(program, process), parameters);
    Outcome outcome = new Outcome(program);
    List<Long> handles = new ArrayList<>();
    emulator.observe((point, first, second, thread, cycles) -> {
      if (point == ProgramTracepoints.STEP_ENDED) {
        outcome.result((int) first, second);
      } else if (point == ProgramTracepoints.OUTPUT) {
        int step = (int) (first >> 32);
        if (outcome.result(step) == 0 && Programs.isSetUp(program.steps().get(step))) {
          handles.add(second);
        }
        outcome.output(step, (int) first, normal(second, handles));
      }
    });
    RunResult result = emulator.run();
    result.violations().forEach(violation -> problems.add(violation.toString()));
    if (result.limitReached()) {
      problems.add("the access limit was reached");
    }
    if (problems.isEmpty()) {
      for (int i = 0; i < program.memory() / 8; i++) {
        outcome.memory(i, normal(process[0].memory().word(i).read(), handles));
      }
    }
    return outcome;
  }

  private static long normal(long value, List<Long> handles) {
    return handles.contains(value) ? Outcome.HANDLE : value;
  }

  private record Prepared(Program program, UserProcess[] process) implements Scenario {
    @Override
    public String name() {
      return "user-program";
    }

    @Override
    public String description() {
      return "a test's program";
    }

    @Override
    public SortedMap<String, String> parameters() {
      return new ProgramScenario().parameters();
    }

    @Override
    public void setUp(ScenarioContext context) {
      process[0] = ProgramScenario.setUp(context, program);
    }
  }
}
