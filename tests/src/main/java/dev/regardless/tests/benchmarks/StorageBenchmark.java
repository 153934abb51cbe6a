package dev.regardless.tests.benchmarks;

import dev.regardless.emulation.RandomChooser;
import dev.regardless.emulation.StorageParameters;
import dev.regardless.emulation.StorageSubsystem;
import dev.regardless.machine.Access;
import dev.regardless.machine.Architecture;
import dev.regardless.machine.Architectures;
import dev.regardless.machine.RmwOperation;
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
 * One access of a storage subsystem, without any engine: 4 threads take turns in runs of {@code turn} accesses to 8
 * locations; half are loads, internal transitions are taken with a chance of 3 in 10 before each.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(value = 1, jvmArgsAppend = {"-XX:+UseSerialGC", "--add-exports", "java.base/jdk.internal.vm=ALL-UNNAMED"})
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class StorageBenchmark {

  private static final int ACCESSES = 4096;
  private static final int THREADS = 4;
  private static final int LOCATIONS = 8;
  private static final int DRAIN = 300_000;

  /** Name of the architecture. */
  @Param({"sc", "x86", "arm64"})
  public String architecture = "sc";

  /** Accesses of one thread before the next has its turn. */
  @Param({"1", "50"})
  public int turn = 1;

  private final RandomChooser chooser = new RandomChooser(1);
  private final int[] locations = new int[ACCESSES];
  private final boolean[] loads = new boolean[ACCESSES];
  private final int[] threads = new int[ACCESSES];
  private StorageSubsystem storage = Architectures.named("sc").storage(parameters());
  private int fence;

  private StorageParameters parameters() {
    return new StorageParameters(THREADS, chooser, 16, 16, DRAIN, true, (thread, location) -> {});
  }

  /** Draws the accesses. */
  @Setup(Level.Trial)
  public void draw() {
    Architecture named = Architectures.named(architecture);
    fence = named.fullFence();
    storage = named.storage(parameters());
    storage.ensureLocations(LOCATIONS);
    for (int i = 0; i < ACCESSES; i++) {
      locations[i] = chooser.choose(LOCATIONS);
      loads[i] = chooser.choose(2) == 0;
      threads[i] = i / turn % THREADS;
    }
  }

  /** Plain loads and stores. */
  @Benchmark
  @OperationsPerInvocation(ACCESSES)
  public long loadsAndStores() {
    long sum = 0;
    for (int i = 0; i < ACCESSES; i++) {
      int thread = threads[i];
      drain(thread);
      if (loads[i]) {
        sum += storage.load(thread, locations[i], Access.ONCE, 0);
      } else {
        storage.store(thread, locations[i], i, Access.ONCE, 0, 0);
      }
    }
    return sum;
  }

  /** As the other one, with a load-acquire or store-release every 4, a full fence and an atomic every 16 accesses. */
  @Benchmark
  @OperationsPerInvocation(ACCESSES)
  public long kernelLike() {
    long sum = 0;
    for (int i = 0; i < ACCESSES; i++) {
      int thread = threads[i];
      drain(thread);
      boolean ordered = (i & 3) == 0;
      if ((i & 15) == 7) {
        storage.fence(thread, fence);
        sum += storage.readModifyWrite(
            thread, locations[i], RmwOperation.ADD, 1, Access.ACQUIRE | Access.RELEASE | Access.LOCKED, 0, 0);
      } else if (loads[i]) {
        sum += storage.load(thread, locations[i], ordered ? Access.ACQUIRE : Access.ONCE, 0);
      } else {
        storage.store(thread, locations[i], i, ordered ? Access.RELEASE : Access.ONCE, 0, 0);
      }
    }
    return sum;
  }

  private void drain(int thread) {
    if (storage.transitions(thread) > 0 && chooser.chance(DRAIN)) {
      storage.apply(thread, 0);
    }
  }
}
