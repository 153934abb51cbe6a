package dev.regardless.tests.bench;

import dev.regardless.emulation.Emulator;
import dev.regardless.emulation.EmulatorSettings;
import dev.regardless.emulation.PctScheduler;
import dev.regardless.emulation.RandomChooser;
import dev.regardless.emulation.RandomScheduler;
import dev.regardless.emulation.RoundRobinScheduler;
import dev.regardless.emulation.RunResult;
import dev.regardless.emulation.Scheduler;
import dev.regardless.machine.Architectures;
import dev.regardless.memory.CellFactory;
import dev.regardless.memory.KernelObject;
import dev.regardless.memory.LongCell;
import dev.regardless.scenario.Scenario;
import dev.regardless.scenario.ScenarioContext;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Memory accesses per second on one host thread: four emulated CPUs, one thread each, READ_ONCE and WRITE_ONCE in turn
 * over eight shared locations.
 *
 * <p>{@code every-access} moves to the next CPU at each access, {@code random} picks one of the four each time, {@code
 * pct} switches at one access in a thousand on average.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class MemoryAccessBenchmark {
  private static final int CPUS = 4;
  private static final int ACCESSES_PER_CPU = 25_000;
  private static final int ACCESSES = CPUS * ACCESSES_PER_CPU;
  private static final int LOCATIONS = 8;
  private static final int PCT_DISTANCE = 1_000;
  private static final long SEED = 1;

  /** Which architecture's memory. */
  @Param({"sc", "x86", "arm64"})
  public String architecture = "sc";

  /** When CPUs are switched. */
  @Param({"every-access", "random", "pct"})
  public String scheduler = "every-access";

  private Emulator emulator = emulator("sc", "every-access");

  /** Composes the machine anew for the parameters. */
  @Setup
  public void compose() {
    emulator = emulator(architecture, scheduler);
  }

  /** One run of the four threads, {@code ACCESSES} accesses. */
  @Benchmark
  @OperationsPerInvocation(ACCESSES)
  public RunResult access() {
    RunResult result = emulator.run();
    if (!result.holds() || result.counters().accesses() != ACCESSES) {
      throw new IllegalStateException(result.counters().accesses() + " accesses; " + result.violations());
    }
    return result;
  }

  private static Emulator emulator(String architecture, String scheduler) {
    Emulator emulator = new Emulator(Architectures.named(architecture), EmulatorSettings.of(CPUS),
        scheduler(scheduler), new RandomChooser(SEED));
    emulator.setUp(new SharedCells(), Map.of());
    return emulator;
  }

  private static Scheduler scheduler(String name) {
    return switch (name) {
      case "every-access" -> new RoundRobinScheduler(1);
      case "random" -> new RandomScheduler(SEED);
      case "pct" -> new PctScheduler(SEED, PCT_DISTANCE);
      default -> throw new IllegalArgumentException("unknown scheduler " + name);
    };
  }

  private static final class Cells extends KernelObject {
    private final LongCell[] cells = new LongCell[LOCATIONS];

    Cells(CellFactory factory) {
      super(factory);
      for (int i = 0; i < LOCATIONS; i++) {
        cells[i] = new LongCell(factory, "cell" + i);
      }
    }
  }

  private record SharedCells() implements Scenario {
    @Override
    public String name() {
      return "shared-cells";
    }

    @Override
    public String description() {
      return "reads and writes of a few shared cells";
    }

    @Override
    public void setUp(ScenarioContext context) {
      Cells shared = context.create("shared", Cells::new);
      for (int cpu = 0; cpu < CPUS; cpu++) {
        int first = cpu;
        context.thread("cpu" + cpu, () -> use(shared.cells, first));
      }
    }

    private static void use(LongCell[] cells, int first) {
      for (int i = 0; i < ACCESSES_PER_CPU; i += 2) {
        long value = cells[(first + i) % LOCATIONS].readOnce();
        cells[(first + i / 2) % LOCATIONS].writeOnce(value + 1);
      }
    }
  }
}
