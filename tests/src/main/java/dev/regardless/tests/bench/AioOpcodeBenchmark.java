package dev.regardless.tests.bench;

import dev.regardless.emulation.Emulator;
import dev.regardless.emulation.EmulatorSettings;
import dev.regardless.emulation.RunResult;
import dev.regardless.machine.Architectures;
import dev.regardless.scenario.Scenario;
import dev.regardless.scenario.Scenarios;
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
 * Emulated aio requests per second of one host thread, opcode by opcode: scenario {@code aio-opcodes}, each request submitted
 * and its event taken before the next. What a request costs in emulated cycles is what {@code run
 * conf/programs/aio-opcodes.conf} tells.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class AioOpcodeBenchmark {
  private static final int CPUS = 2;
  private static final int REQUESTS = 1_000;
  private static final long SEED = 1;

  /** Which architecture's memory. */
  @Param({"sc", "x86", "arm64"})
  public String architecture = "sc";

  /** Which opcode; polls are ready at once. */
  @Param({"pread", "pwrite", "preadv", "pwritev", "fsync", "fdsync", "poll"})
  public String opcode = "pread";

  private Emulator emulator = emulator("sc", "pread");

  /** Composes the machine anew for the parameters. */
  @Setup
  public void compose() {
    emulator = emulator(architecture, opcode);
  }

  /** One run: io_setup, {@code REQUESTS} requests, io_destroy. */
  @Benchmark
  @OperationsPerInvocation(REQUESTS)
  public RunResult request() {
    RunResult result = emulator.run();
    if (!result.holds()) {
      throw new IllegalStateException(result.violations().toString());
    }
    return result;
  }

  private static Emulator emulator(String architecture, String opcode) {
    Scenario scenario = Scenarios.all().stream()
        .filter(each -> each.name().equals("aio-opcodes")).findFirst().orElseThrow();
    Emulator emulator = Emulator.random(Architectures.named(architecture), EmulatorSettings.of(CPUS), SEED);
    emulator.setUp(scenario, Map.of("opcode", opcode, "requests", Integer.toString(REQUESTS)));
    return emulator;
  }
}
