package dev.regardless.scenario.lock;

import dev.regardless.kernel.Kernel;
import dev.regardless.machine.Machine;
import dev.regardless.machine.PropertyKind;
import dev.regardless.memory.CellFactory;
import dev.regardless.memory.KernelObject;
import dev.regardless.memory.LongCell;
import dev.regardless.scenario.Parameters;
import dev.regardless.scenario.Scenario;
import dev.regardless.scenario.ScenarioContext;
import java.util.SortedMap;

/**
 * Threads that increment a plain counter under a lock. Broken exclusion, or a critical section that does not see the one
 * before, loses an increment.
 */
abstract class MutualExclusion implements Scenario {

  /** A lock as its users see it; {@code thread} counts from 0. */
  interface Lock {
    void lock(int thread);

    void unlock(int thread);
  }

  private static final class Counter extends KernelObject {
    private final LongCell value;

    Counter(CellFactory cells) {
      super(cells);
      value = new LongCell(cells, "value");
    }
  }

  /** The names of the lock's mutants. */
  abstract String[] mutants();

  /** Makes the lock for {@code threads} threads. */
  abstract Lock makeLock(Kernel kernel, int threads, String mutant);

  @Override
  public final SortedMap<String, String> parameters() {
    return Parameters.of("threads", "3", "rounds", "1", "mutant", "none");
  }

  @Override
  public final void setUp(ScenarioContext context) {
    int threads = Parameters.number(context, "threads", 1, 32);
    int rounds = Parameters.number(context, "rounds", 1, 1_000_000);
    String mutant = Parameters.mutant(context, mutants());
    Kernel kernel = new Kernel(context.machine());
    Lock lock = makeLock(kernel, threads, mutant);
    Counter counter = context.create("counter", Counter::new);
    for (int i = 0; i < threads; i++) {
      int thread = i;
      context.thread("locker" + i, () -> {
        for (int round = 0; round < rounds; round++) {
          lock.lock(thread);
          counter.value.write(counter.value.read() + 1);
          lock.unlock(thread);
        }
      });
    }
    context.atEnd(() -> check(context.machine(), counter.value.read(), (long) threads * rounds));
  }

  private static void check(Machine machine, long found, long expected) {
    if (found != expected) {
      machine.violation(PropertyKind.INVARIANT, "the counter is %d, not %d".formatted(found, expected));
    }
  }
}
