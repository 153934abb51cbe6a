package dev.regardless.scenario.kernel;

import dev.regardless.kernel.RefCount;
import dev.regardless.machine.Machine;
import dev.regardless.machine.PropertyKind;
import dev.regardless.memory.CellFactory;
import dev.regardless.memory.KernelObject;
import dev.regardless.memory.KmemCache;
import dev.regardless.memory.LongCell;
import dev.regardless.scenario.Parameters;
import dev.regardless.scenario.Scenario;
import dev.regardless.scenario.ScenarioContext;
import java.util.SortedMap;

/**
 * Each thread leaves a result in a shared object and drops its reference; the last one reads all results and frees the
 * object. Without the acquire that refcount_dec_and_test has since Linux 5.1, the last one may read stale results on Armv8.
 */
public final class RefcountFinalPutScenario implements Scenario {

  @Override
  public String name() {
    return "refcount-final-put";
  }

  @Override
  public String description() {
    return "who drops the last reference reads and frees; mutant: no-acquire (refcount_dec_and_test before 5.1)";
  }

  @Override
  public SortedMap<String, String> parameters() {
    return Parameters.of("threads", "2", "mutant", "none");
  }

  private static final class Shared extends KernelObject {
    private final RefCount references;
    private final LongCell[] results;

    Shared(CellFactory cells, int threads) {
      super(cells);
      references = new RefCount(cells, "refs");
      results = new LongCell[threads];
      for (int i = 0; i < threads; i++) {
        results[i] = new LongCell(cells, "result[" + i + ']');
      }
    }
  }

  @Override
  public void setUp(ScenarioContext context) {
    int threads = Parameters.number(context, "threads", 1, 32);
    boolean acquire = Parameters.mutant(context, "no-acquire").equals("none");
    Machine machine = context.machine();
    KmemCache<Shared> cache = new KmemCache<>(machine.memory(), "shared", cells -> new Shared(cells, threads));
    Shared shared = cache.allocate();
    shared.references.set(threads);
    for (LongCell result : shared.results) {
      result.write(0);
    }
    for (int i = 0; i < threads; i++) {
      int thread = i;
      context.thread("user" + i, () -> {
        shared.results[thread].write(1);
        boolean last = acquire ? shared.references.decrementAndTest() : shared.references.subAndTestRelease(1);
        if (last) {
          finish(machine, cache, shared);
        }
      });
    }
  }

  private static void finish(Machine machine, KmemCache<Shared> cache, Shared shared) {
    for (int i = 0; i < shared.results.length; i++) {
      if (shared.results[i].read() != 1) {
        machine.violation(PropertyKind.INVARIANT, "the last reference's holder misses the result of thread " + i);
      }
    }
    cache.free(shared);
  }
}
