package dev.regardless.vfs.program;

import dev.regardless.kernel.AtomicCell;
import dev.regardless.kernel.Kernel;
import dev.regardless.kernel.Task;
import dev.regardless.machine.AwaitCondition;
import dev.regardless.machine.Machine;
import dev.regardless.machine.PropertyKind;
import dev.regardless.memory.CellFactory;
import dev.regardless.memory.KernelObject;
import dev.regardless.memory.LongCell;
import dev.regardless.scenario.ScenarioContext;
import java.util.List;

/** The threads of a {@link Program} on one machine. */
final class ProgramThreads extends KernelObject {

  /** SIGPIPE: programs ignore it, but the kernel sends it. */
  private static final int SIGPIPE = 13;

  /** SIGXFSZ: as SIGPIPE. */
  private static final int SIGXFSZ = 25;

  /** fork(TASK): from here on that task runs, in a process of its own, which begins as a copy of the caller's. 0. */
  static final String FORK = "fork";

  /** exit(STATUS): exit_group. Returns 0 here, for want of anybody to return to. */
  private static final String EXIT = "exit";

  /** wait(TASK): the status with which the process of that task has exited. */
  private static final String WAIT = "wait";

  /** kill(TASK, SIGNAL): to one task; programs handle {@link #SIGUSR1} by doing nothing. */
  private static final String KILL = "kill";

  /** SIGUSR1. */
  private static final int SIGUSR1 = 10;

  /** execve(): memory is new and empty. */
  private static final String EXECUTE = "execve";

  private final List<UserProcess> processes;
  private final Machine machine;
  private final Kernel kernel;
  private final Program program;
  private final long settling;
  private final AtomicCell turn;
  private final LongCell[] results;
  private final LongCell[] status;

  /**
   * Prepares a program.
   *
   * @param settling cycles between the end of a step and the beginning of the next one; 0 for none
   */
  ProgramThreads(CellFactory cells, List<UserProcess> processes, Program program, long settling) {
    super(cells);
    this.processes = processes;
    this.kernel = processes.getFirst().kernel();
    this.machine = kernel.machine();
    this.program = program;
    this.settling = settling;
    turn = new AtomicCell(cells, "turn");
    status = new LongCell[program.tasks()];
    for (int i = 0; i < status.length; i++) {
      status[i] = new LongCell(cells, "exit_code[" + i + ']');
    }
    results = new LongCell[program.steps().size()];
    for (int i = 0; i < results.length; i++) {
      results[i] = new LongCell(cells, "result[" + i + ']');
    }
  }

  /** Adds the threads. */
  void start(ScenarioContext scenario) {
    for (int task = 0; task < program.tasks(); task++) {
      int mine = task;
      scenario.thread("task-" + task, () -> run(mine));
    }
  }

  private void run(int task) {
    long before = 0;
    for (Program.Stretch stretch : program.stretches()) {
      int length = stretch.end() - stretch.first();
      for (int time = 0; time < stretch.times(); time++) {
        run(task, stretch, before);
        before += length;
      }
    }
  }

  /** One time through a stretch; {@code before}: steps that have happened until then, each time counted. */
  private void run(int task, Program.Stretch stretch, long before) {
    for (int i = stretch.first(); i < stretch.end(); i++) {
      Step step = program.steps().get(i);
      if (step.task() == task) {
        long mine = before + i - stretch.first();
        kernel.barriers().conditionalLoadAcquire(turn.location(), AwaitCondition.AT_LEAST, mine);
        settle();
        step(i, step, mine);
      }
    }
  }

  /** Lets workers, interrupts and short timers finish. */
  private void settle() {
    if (settling == 0) {
      return;
    }
    Task current = kernel.current();
    boolean timeLeft = true;
    while (timeLeft) {
      current.setCurrentState(Task.UNINTERRUPTIBLE);
      timeLeft = current.scheduleTimeout(settling, Task.UNINTERRUPTIBLE);
    }
  }

  private void step(int index, Step step, long mine) {
    boolean early = step instanceof Step.Call call && call.waits();
    if (early) {
      turn.setRelease(mine + 1);
    }
    long result = switch (step) {
      case Step.Call call -> call(call);
      case Step.Store store -> store(store);
      case Step.Load load -> load(load);
    };
    results[index].write(result);
    expect(index, result);
    machine.tracepoint(ProgramTracepoints.STEP_ENDED, index, result);
    if (step instanceof Step.Call call) {
      call.outputs().forEach(stretch -> show(index, processes.get(call.task()), stretch));
    }
    if (!early) {
      turn.setRelease(mine + 1);
    }
  }

  private void expect(int index, long result) {
    for (Program.Expectation expectation : program.expectations()) {
      if (expectation.step() == index && expectation.value() != result) {
        machine.violation(PropertyKind.INVARIANT, "step %d returned %d, expected %d: %s".formatted(
            index, result, expectation.value(), program.steps().get(index)));
      }
    }
  }

  private long call(Step.Call call) {
    UserProcess process = processes.get(call.task());
    long result = switch (call.name()) {
      case FORK -> {
        process.copyTo(processes.get(program.taskOf(call)));
        Task parent = kernel.current();
        kernel.task(program.taskOf(call)).setCapabilities(
            parent.effectiveCapabilities(), parent.permittedCapabilities());
        yield 0;
      }
      case EXIT -> {
        status[call.task()].write(argument(call, 0));
        process.exit();
        yield 0;
      }
      case WAIT -> status[program.taskOf(call)].read();
      case KILL -> {
        kernel.task((int) argument(call, 0)).sendSignal((int) argument(call, 1));
        yield 0;
      }
      case EXECUTE -> {
        process.execute();
        yield 0;
      }
      default -> process.table().named(call.name()).call(
          argument(call, 0), argument(call, 1), argument(call, 2), argument(call, 3), argument(call, 4),
          argument(call, 5));
    };
    kernel.current().dequeueSignal(SIGPIPE);
    kernel.current().dequeueSignal(SIGXFSZ);
    kernel.current().dequeueSignal(SIGUSR1);
    return result;
  }

  private long argument(Step.Call call, int index) {
    return index < call.arguments().size() ? value(processes.get(call.task()), call.arguments().get(index)) : 0;
  }

  private long store(Step.Store store) {
    UserProcess process = processes.get(store.task());
    long address = value(process, store.address());
    if (!fault(process.space().writable(address, store.bytes()) == store.bytes(), address)) {
      process.space().store(address, store.bytes(), value(process, store.value()));
    }
    return 0;
  }

  private long load(Step.Load load) {
    UserProcess process = processes.get(load.task());
    long address = value(process, load.address());
    return fault(process.space().covers(address, load.bytes()), address)
        ? 0
        : process.space().load(address, load.bytes());
  }

  private boolean fault(boolean mapped, long address) {
    if (mapped) {
      return false;
    }
    machine.violation(PropertyKind.ASSERTION, "the program itself touched unmapped memory at 0x"
        + Long.toHexString(address));
    return true;
  }

  private long value(UserProcess process, Operand operand) {
    return switch (operand) {
      case Operand.Constant constant -> constant.value();
      case Operand.Address address -> process.address(address.offset());
      case Operand.Result result -> results[result.step()].read() + result.plus();
      case Operand.Content content -> content(process, content);
    };
  }

  private static long content(UserProcess process, Operand.Content content) {
    long raw = process.memory().load(content.offset(), content.bytes());
    return (content.bytes() == Integer.BYTES ? (int) raw : raw) + content.plus();
  }

  private void show(int index, UserProcess process, Step.Stretch stretch) {
    for (int i = 0; i < stretch.words(); i++) {
      int offset = stretch.offset() + i * Long.BYTES;
      machine.tracepoint(
          ProgramTracepoints.OUTPUT, (long) index << 32 | offset, process.memory().load(offset, Long.BYTES));
    }
  }
}
