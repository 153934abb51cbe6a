package dev.regardless.tests.benchmarks;

import dev.regardless.emulation.Emulator;
import dev.regardless.emulation.EmulatorSettings;
import dev.regardless.emulation.PctScheduler;
import dev.regardless.emulation.RandomChooser;
import dev.regardless.emulation.RandomScheduler;
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
import org.openjdk.jmh.annotations.Level;
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
 * One memory access of emulated code, engine included, on one host thread: 4 emulated CPUs, a thread on each, reading and
 * writing 8 shared locations in turn.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(value = 1, jvmArgsAppend = {"-XX:+UseSerialGC", "--add-exports", "java.base/jdk.internal.vm=ALL-UNNAMED"})
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class EngineBenchmark {

  private static final int CPUS = 4;
  private static final int CELLS = 8;
  private static final int ACCESSES = 200_000;
  private static final int PCT_DISTANCE = 1_000;

  /** Name of the architecture. */
  @Param({"sc", "x86", "arm64"})
  public String architecture = "sc";

  /** {@code random}: a switch is possible at every access; {@code pct}: every 1,000 on average. */
  @Param({"random", "pct"})
  public String scheduler = "random";

  private Emulator emulator = Emulator.random(Architectures.named("sc"), EmulatorSettings.of(CPUS), 1);

  /** Makes the machine. */
  @Setup(Level.Trial)
  public void setUp() {
    Scheduler chosen = scheduler.equals("pct") ? new PctScheduler(1, PCT_DISTANCE) : new RandomScheduler(1);
    emulator = new Emulator(Architectures.named(architecture), EmulatorSettings.of(CPUS), chosen, new RandomChooser(2));
    emulator.setUp(new Traffic(), Map.of());
  }

  /** Accesses of all threads; one run is 200,000. */
  @Benchmark
  @OperationsPerInvocation(ACCESSES)
  public Object accesses() {
    return emulator.run();
  }

  private static final class Traffic implements Scenario {

    @Override
    public String name() {
      return "traffic";
    }

    @Override
    public String description() {
      return "threads that read and write shared locations";
    }

    @Override
    public void setUp(ScenarioContext context) {
      Cells cells = context.create("cells", Cells::new);
      for (int thread = 0; thread < CPUS; thread++) {
        int first = thread;
        context.thread("traffic", () -> {
          for (int i = 0; i < ACCESSES / CPUS / 2; i++) {
            cells.cells[(first + i) % CELLS].writeOnce(i);
            cells.cells[(first + 3 * i) % CELLS].readOnce();
          }
        });
      }
    }
  }

  private static final class Cells extends KernelObject {
    final LongCell[] cells = new LongCell[CELLS];

    Cells(CellFactory factory) {
      super(factory);
      for (int i = 0; i < CELLS; i++) {
        cells[i] = new LongCell(factory, "cell" + i);
      }
    }
  }
}
