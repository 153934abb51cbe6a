package dev.regardless.tests.kernel;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.regardless.emulation.Violation;
import dev.regardless.kernel.AtomicCell;
import dev.regardless.kernel.Kernel;
import dev.regardless.kernel.PercpuRef;
import dev.regardless.kernel.RefCount;
import dev.regardless.machine.Ordering;
import dev.regardless.machine.PropertyKind;
import dev.regardless.memory.CellFactory;
import dev.regardless.memory.KernelObject;
import dev.regardless.memory.KmemCache;
import dev.regardless.memory.LongCell;
import dev.regardless.scenario.ScenarioContext;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Test;

class CountingTest {

  private static final class Counts extends KernelObject {
    final AtomicCell atomic;
    final RefCount references;
    final LongCell data;

    Counts(CellFactory cells) {
      super(cells);
      atomic = new AtomicCell(cells, "atomic");
      references = new RefCount(cells, "refs");
      data = new LongCell(cells, "data");
    }
  }

  /** One thread does {@code body} on a fresh object; the outcome is its result and the atomic's last value. */
  private static void atomicGives(String outcome, long initial, ToLongFunction<AtomicCell> body) {
    Programs.always(1, 1, outcome, context -> {
      Counts counts = context.create("counts", Counts::new);
      counts.atomic.set(initial);
      ScenarioContext.Register result = context.register("result");
      ScenarioContext.Register last = context.register("last");
      context.thread("only", () -> {
        result.set(body.applyAsLong(counts.atomic));
        last.set(counts.atomic.read());
      });
    });
  }

  @Test
  void atomicOperationsCompute() {
    for (Ordering ordering : Ordering.values()) {
      atomicGives("[5, 8]", 5, atomic -> atomic.fetchAdd(3, ordering));
      atomicGives("[5, 2]", 5, atomic -> atomic.fetchSub(3, ordering));
      atomicGives("[8, 8]", 5, atomic -> atomic.addReturn(3, ordering));
      atomicGives("[2, 2]", 5, atomic -> atomic.subReturn(3, ordering));
      atomicGives("[5, 7]", 5, atomic -> atomic.fetchOr(2, ordering));
      atomicGives("[5, 4]", 5, atomic -> atomic.fetchAnd(6, ordering));
      atomicGives("[5, 1]", 5, atomic -> atomic.fetchAndNot(6, ordering));
      atomicGives("[5, 3]", 5, atomic -> atomic.fetchXor(6, ordering));
      atomicGives("[5, 9]", 5, atomic -> atomic.exchange(9, ordering));
      atomicGives("[5, 9]", 5, atomic -> atomic.compareExchange(5, 9, ordering));
      atomicGives("[5, 5]", 5, atomic -> atomic.compareExchange(4, 9, ordering));
    }
    atomicGives("[0, 7]", 5, atomic -> {
      atomic.add(3);
      atomic.sub(1);
      return 0;
    });
    atomicGives("[0, 11]", 5, atomic -> {
      atomic.or(2);
      atomic.and(3);
      atomic.xor(8);
      return 0;
    });
    atomicGives("[1, 0]", 3, atomic -> atomic.subAndTest(3) ? 1 : 0);
    atomicGives("[0, 1]", 3, atomic -> atomic.subAndTest(2) ? 1 : 0);
    atomicGives("[1, 0]", -1, atomic -> atomic.incrementAndTest() ? 1 : 0);
    atomicGives("[1, 3]", 1, atomic -> atomic.fetchAddUnless(2, 0, 1));
    atomicGives("[0, 0]", 0, atomic -> atomic.fetchAddUnless(2, 0, 1));
  }

  @Test
  void bitOperationsCompute() {
    atomicGives("[0, 4]", 0, atomic -> atomic.testAndSetBit(2) ? 1 : 0);
    atomicGives("[1, 4]", 4, atomic -> atomic.testAndSetBit(2) ? 1 : 0);
    atomicGives("[1, 0]", 4, atomic -> atomic.testAndClearBit(2) ? 1 : 0);
    atomicGives("[0, 4]", 0, atomic -> atomic.testAndSetBitLock(2) ? 1 : 0);
    atomicGives("[1, 5]", 1, atomic -> {
      atomic.setBit(2);
      return atomic.testBit(2) && !atomic.testBit(1) ? 1 : 0;
    });
    atomicGives("[0, 1]", 5, atomic -> {
      atomic.clearBitUnlock(2);
      return atomic.testBit(2) ? 1 : 0;
    });
  }

  @Test
  void concurrentAdditionsAreNotLost() {
    Programs.always(3, 200, "[12]", context -> {
      Counts counts = context.create("counts", Counts::new);
      ScenarioContext.Register sum = context.register("sum");
      for (int task = 0; task < 3; task++) {
        context.thread("adder", () -> {
          counts.atomic.increment();
          counts.atomic.fetchAdd(1, Ordering.RELAXED);
          counts.atomic.addReturn(1, Ordering.FULL);
          counts.atomic.fetchAddUnless(1, -1, 4);
        });
      }
      context.atEnd(() -> sum.set(counts.atomic.read()));
    });
  }

  private static void referenceCountWarns(String message, Consumer<RefCount> body) {
    Violation violation = Programs.violates("sc", 1, 1, PropertyKind.REFERENCE_COUNT, context -> {
      Counts counts = context.create("counts", Counts::new);
      context.thread("only", () -> body.accept(counts.references));
    });
    assertTrue(violation.message().contains(message), violation.message());
  }

  @Test
  void referenceCountsWarn() {
    referenceCountWarns("addition on 0", RefCount::increment);
    referenceCountWarns("underflow", RefCount::decrementAndTest);
    referenceCountWarns("saturated", references -> {
      references.set(Integer.MAX_VALUE);
      references.increment();
    });
    referenceCountWarns("decrement hit 0", references -> {
      references.set(1);
      references.decrement();
    });
  }

  @Test
  void incrementNotZeroRefusesTheDead() {
    Programs.always(1, 1, "[0, 1, 2]", context -> {
      Counts counts = context.create("counts", Counts::new);
      ScenarioContext.Register dead = context.register("dead");
      ScenarioContext.Register alive = context.register("alive");
      ScenarioContext.Register count = context.register("count");
      context.thread("only", () -> {
        dead.set(counts.references.incrementNotZero() ? 1 : 0);
        counts.references.set(1);
        alive.set(counts.references.incrementNotZero() ? 1 : 0);
        count.set(counts.references.read());
      });
    });
  }

  /** Each task writes nothing but reads the shared object before it drops its reference; the last one frees. */
  @Test
  void theLastReferenceFreesOnce() {
    Programs.holds(3, 300, context -> {
      KmemCache<Counts> cache = new KmemCache<>(context.machine().memory(), "counts", Counts::new);
      Counts counts = cache.allocate();
      counts.references.set(3);
      counts.data.write(7);
      for (int task = 0; task < 3; task++) {
        context.thread("user", () -> {
          if (counts.data.read() != 7) {
            context.machine().violation(PropertyKind.INVARIANT, "stale data");
          }
          if (counts.references.decrementAndTest()) {
            cache.free(counts);
          }
        });
      }
    });
  }

  private static final class Guarded extends KernelObject {
    final PercpuRef users;
    final AtomicCell inside;
    final AtomicCell releases;

    Guarded(Kernel kernel, CellFactory cells) {
      super(cells);
      inside = new AtomicCell(cells, "inside");
      releases = new AtomicCell(cells, "releases");
      users = new PercpuRef(kernel, cells.embedded(this, "users"), this::released, null);
    }

    private void released() {
      releases.increment();
      if (inside.read() != 0) {
        machine().violation(PropertyKind.INVARIANT, "released while used");
      }
    }
  }

  @Test
  void percpuReferencesAreReleasedOnceAfterTheLastUser() {
    Programs.always(3, 300, "[1, 1]", context -> {
      Kernel kernel = new Kernel(context.machine());
      Guarded guarded = kernel.create("guarded", cells -> new Guarded(kernel, cells));
      guarded.users.init();
      ScenarioContext.Register releases = context.register("releases");
      ScenarioContext.Register zero = context.register("zero");
      for (int task = 0; task < 3; task++) {
        context.thread("user", () -> {
          for (int i = 0; i < 2; i++) {
            if (guarded.users.tryGetLive()) {
              guarded.inside.increment();
              guarded.users.get();
              guarded.users.put();
              guarded.inside.decrement();
              guarded.users.put();
            }
          }
        });
      }
      context.thread("killer", guarded.users::kill);
      context.atEnd(() -> {
        releases.set(guarded.releases.read());
        zero.set(guarded.users.isZero() && guarded.users.isDying() ? 1 : 0);
      });
    });
  }

  @Test
  void killingTwiceIsReported() {
    Programs.violates("sc", 1, 1, PropertyKind.REFERENCE_COUNT, context -> {
      Kernel kernel = new Kernel(context.machine());
      Guarded guarded = kernel.create("guarded", cells -> new Guarded(kernel, cells));
      guarded.users.init();
      context.thread("killer", () -> {
        guarded.users.get();
        guarded.users.kill();
        guarded.users.kill();
      });
    });
  }
}
