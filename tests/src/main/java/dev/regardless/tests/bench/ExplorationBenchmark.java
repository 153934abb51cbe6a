package dev.regardless.tests.bench;

import dev.regardless.checker.CheckSettings;
import dev.regardless.checker.Exploration;
import dev.regardless.machine.Architectures;
import dev.regardless.scenario.Scenario;
import dev.regardless.scenario.Scenarios;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Executions per second of the checking engine on one host thread, warm, for the programs with published counts. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class ExplorationBenchmark {

  /** Which architecture's memory model. */
  @Param({"sc", "x86", "arm64"})
  public String architecture = "sc";

  /** Program and size. */
  @Param({"fib_bench 5", "ainc 8", "binc 5", "casrot 10", "lastzero 13", "readers 16", "indexer 15", "ticketlock 6",
      "ticketlock 7", "writers 8"})
  public String program = "fib_bench 5";

  private Exploration exploration = exploration("sc", "fib_bench 5");

  /** Counts executions beside explorations. */
  @State(Scope.Thread)
  @AuxCounters(AuxCounters.Type.OPERATIONS)
  public static class Executions {
    /** Complete executions. */
    public long executions;
  }

  /** Sets the program up. */
  @Setup
  public void compose() {
    exploration = exploration(architecture, program);
  }

  /** One whole exploration. */
  @Benchmark
  public long explore(Executions counter) {
    long executions = exploration.run();
    counter.executions += executions;
    return executions;
  }

  private static Exploration exploration(String architecture, String program) {
    String[] parts = program.split(" ", -1);
    Scenario scenario = Scenarios.all().stream().filter(s -> s.name().equals(parts[0])).findFirst().orElseThrow();
    return new Exploration(
        scenario, Architectures.named(architecture), CheckSettings.plain(Map.of("n", parts[1])));
  }
}
