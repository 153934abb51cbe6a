package dev.regardless.tests.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.regardless.kernel.AtomicCell;
import dev.regardless.kernel.Kernel;
import dev.regardless.kernel.RcuHead;
import dev.regardless.kernel.RcuWork;
import dev.regardless.kernel.Timer;
import dev.regardless.kernel.WorkItem;
import dev.regardless.machine.PropertyKind;
import dev.regardless.memory.CellFactory;
import dev.regardless.memory.KernelObject;
import dev.regardless.memory.KmemCache;
import dev.regardless.memory.LongCell;
import dev.regardless.memory.RefCell;
import dev.regardless.scenario.ScenarioContext;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Work items, RCU callbacks and timers. */
class DeferredTest {

  private static final class Job extends KernelObject {
    final WorkItem work;
    final AtomicCell runs;
    final AtomicCell running;
    final AtomicCell accepted;
    final LongCell input;
    final LongCell seen;

    Job(Kernel kernel, CellFactory cells) {
      super(cells);
      work = new WorkItem(kernel, cells.embedded(this, "work"), this::run);
      runs = new AtomicCell(cells, "runs");
      running = new AtomicCell(cells, "running");
      accepted = new AtomicCell(cells, "accepted");
      input = new LongCell(cells, "input");
      seen = new LongCell(cells, "seen");
      work.init();
    }

    private void run() {
      if (running.addReturn(1, dev.regardless.machine.Ordering.RELAXED) != 1) {
        machine().violation(PropertyKind.INVARIANT, "the item runs twice at once");
      }
      seen.write(input.readOnce());
      runs.increment();
      running.decrement();
    }
  }

  @Test
  void workRunsOncePerAcceptedSchedulingAndNeverTwiceAtOnce() {
    Programs.always(3, 300, "[0]", context -> {
      Kernel kernel = new Kernel(context.machine());
      Job job = kernel.create("job", cells -> new Job(kernel, cells));
      ScenarioContext.Register difference = context.register("difference");
      for (int task = 0; task < 3; task++) {
        context.thread("scheduler", () -> {
          for (int i = 0; i < 2; i++) {
            if (kernel.scheduleWork(job.work)) {
              job.accepted.increment();
            }
          }
        });
      }
      context.atEnd(() -> {
        difference.set(job.accepted.read() - job.runs.read());
        if (job.runs.read() < 1 || job.runs.read() > 6 || job.work.isPending()) {
          context.machine().violation(PropertyKind.INVARIANT, "runs: " + job.runs.read());
        }
      });
    });
  }

  /** Also a refused scheduling's earlier store is seen by a run that begins afterwards. */
  @Test
  void theLastRunSeesTheLastStore() {
    Programs.always(3, 600, "[2]", context -> {
      Kernel kernel = new Kernel(context.machine());
      Job job = kernel.create("job", cells -> new Job(kernel, cells));
      ScenarioContext.Register seen = context.register("seen");
      context.thread("scheduler", () -> {
        job.input.writeOnce(1);
        kernel.scheduleWork(job.work);
        job.input.writeOnce(2);
        kernel.scheduleWork(job.work);
      });
      context.atEnd(() -> seen.set(job.seen.read()));
    });
  }

  @Test
  void flushWaitsForTheRun() {
    Programs.always(2, 300, "[1, 5]", context -> {
      Kernel kernel = new Kernel(context.machine());
      Job job = kernel.create("job", cells -> new Job(kernel, cells));
      ScenarioContext.Register runs = context.register("runs");
      ScenarioContext.Register seen = context.register("seen");
      context.thread("flusher", () -> {
        job.input.write(5);
        kernel.scheduleWork(job.work);
        job.work.flush();
        runs.set(job.runs.read());
        seen.set(job.seen.read());
      });
    });
  }

  private static final class Suicide extends KernelObject {
    final WorkItem work;
    final RcuWork later;

    Suicide(Kernel kernel, KmemCache<Suicide>[] cache, CellFactory cells) {
      super(cells);
      work = new WorkItem(kernel, cells.embedded(this, "work"), () -> cache[0].free(this));
      later = new RcuWork(kernel, cells.embedded(this, "rwork"), () -> cache[0].free(this));
    }
  }

  @SuppressWarnings({"unchecked", "rawtypes"})
  private static void freeingItself(ScenarioContext context, boolean afterGracePeriod) {
    Kernel kernel = new Kernel(context.machine());
    KmemCache<Suicide>[] cache = new KmemCache[1];
    cache[0] = new KmemCache<>(context.machine().memory(), "suicide", cells -> new Suicide(kernel, cache, cells));
    for (int task = 0; task < 2; task++) {
      context.thread("scheduler", () -> {
        for (int i = 0; i < 2; i++) {
          Suicide object = cache[0].allocate();
          if (afterGracePeriod) {
            object.later.init();
            kernel.systemWorkQueue().queueRcu(object.later);
          } else {
            object.work.init();
            kernel.scheduleWork(object.work);
          }
        }
      });
    }
  }

  @Test
  void workMayFreeItsItem() {
    Programs.holds(2, 300, context -> freeingItself(context, false));
    Programs.holds(2, 300, context -> freeingItself(context, true));
  }

  // ---- RCU ---------------------------------------------------------------------------------------------------------------

  private static final class Node extends KernelObject {
    final LongCell value;
    final RcuHead rcu;

    Node(Rcus rcus, CellFactory cells) {
      super(cells);
      value = new LongCell(cells, "value");
      rcu = new RcuHead(cells.machine(), () -> rcus.nodes.free(this));
    }
  }

  private static final class Rcus extends KernelObject {
    final KmemCache<Node> nodes;
    final RefCell<Node> current;

    Rcus(CellFactory cells) {
      super(cells);
      nodes = new KmemCache<>(cells.machine().memory(), "node", nodeCells -> new Node(this, nodeCells));
      current = new RefCell<>(cells, "current", Node.class);
    }
  }

  private enum Reclaim {
    SYNCHRONIZE,
    CALLBACK,
    AT_ONCE
  }

  private static void replaceUnderReaders(ScenarioContext context, Reclaim reclaim) {
    Kernel kernel = new Kernel(context.machine());
    Rcus shared = context.create("shared", Rcus::new);
    Node first = shared.nodes.allocate();
    first.value.write(1);
    shared.current.write(first);
    for (int task = 0; task < 2; task++) {
      context.thread("reader", () -> {
        kernel.rcu().readLock();
        Node node = shared.current.readOnce();
        long value = node.value.read();
        if (value != node.value.readOnce() || value < 1 || value > 2) {
          context.machine().violation(PropertyKind.INVARIANT, "read " + value);
        }
        kernel.rcu().readUnlock();
      });
    }
    context.thread("updater", () -> {
      Node second = shared.nodes.allocate();
      second.value.write(2);
      Node old = shared.current.read();
      shared.current.storeRelease(second);
      switch (reclaim) {
        case SYNCHRONIZE -> {
          kernel.rcu().synchronize();
          shared.nodes.free(old);
        }
        case CALLBACK -> kernel.rcu().call(old.rcu);
        case AT_ONCE -> shared.nodes.free(old);
      }
    });
  }

  @Test
  void readersOutliveNoGracePeriod() {
    Programs.holds(3, 500, context -> replaceUnderReaders(context, Reclaim.SYNCHRONIZE));
    Programs.holds(3, 500, context -> replaceUnderReaders(context, Reclaim.CALLBACK));
  }

  @Test
  void freeingWithoutAGracePeriodIsReported() {
    for (String name : new String[] {"sc", "x86", "arm64"}) {
      Programs.violates(
          name, 3, 2_000, PropertyKind.USE_AFTER_FREE, context -> replaceUnderReaders(context, Reclaim.AT_ONCE));
    }
  }

  // ---- timers --------------------------------------------------------------------------------------------------------------

  private static final class Alarm extends KernelObject {
    final Timer timer;
    final AtomicCell fired;
    final LongCell deleted;

    Alarm(Kernel kernel, CellFactory cells) {
      super(cells);
      timer = new Timer(kernel, cells.embedded(this, "timer"), this::fire);
      fired = new AtomicCell(cells, "fired");
      deleted = new LongCell(cells, "deleted");
      timer.init();
    }

    private void fire() {
      if (deleted.readOnce() != 0) {
        machine().violation(PropertyKind.INVARIANT, "runs after timer_delete_sync");
      }
      fired.increment();
    }
  }

  private static Alarm alarm(Kernel kernel) {
    return kernel.create("alarm", cells -> new Alarm(kernel, cells));
  }

  @Test
  void aTimerFiresOnce() {
    Programs.always(2, 100, "[1, 0]", context -> {
      Kernel kernel = new Kernel(context.machine());
      Alarm alarm = alarm(kernel);
      ScenarioContext.Register fired = context.register("fired");
      ScenarioContext.Register pending = context.register("pending");
      context.thread("setter", () -> alarm.timer.modify(1_000));
      context.atEnd(() -> {
        fired.set(alarm.fired.read());
        pending.set(alarm.timer.isPending() ? 1 : 0);
      });
    });
  }

  @Test
  void timersFireInOrderOfTime() {
    Programs.always(2, 100, "[12]", context -> {
      Kernel kernel = new Kernel(context.machine());
      Counter log = context.create("log", Counter::new);
      Timer[] timers = new Timer[2];
      for (int i = 0; i < 2; i++) {
        int digit = i + 1;
        timers[i] = kernel.create(
            "timer", cells -> new Timer(kernel, cells, () -> log.value.write(log.value.read() * 10 + digit)));
        timers[i].init();
      }
      ScenarioContext.Register order = context.register("order");
      context.thread("setter", () -> {
        timers[1].modify(900_000);
        timers[0].modify(100_000);
      });
      context.atEnd(() -> order.set(log.value.read()));
    });
  }

  @Test
  void modifyingAPendingTimerMovesIt() {
    Programs.always(2, 100, "[0, 1, 1]", context -> {
      Kernel kernel = new Kernel(context.machine());
      Alarm alarm = alarm(kernel);
      ScenarioContext.Register first = context.register("first");
      ScenarioContext.Register second = context.register("second");
      ScenarioContext.Register fired = context.register("fired");
      context.thread("setter", () -> {
        first.set(alarm.timer.modify(1_000_000) ? 1 : 0);
        second.set(alarm.timer.modify(2_000_000) ? 1 : 0);
      });
      context.atEnd(() -> fired.set(alarm.fired.read()));
    });
  }

  /** Deleted or fired, never both; and not running once timer_delete_sync has returned. */
  @Test
  void deletionAndExpiryExcludeEachOther() {
    Set<String> seen = new TreeSet<>();
    for (String name : new String[] {"sc", "x86", "arm64"}) {
      seen.addAll(Programs.outcomes(name, 2, 400, context -> {
        Kernel kernel = new Kernel(context.machine());
        Alarm alarm = alarm(kernel);
        ScenarioContext.Register wasPending = context.register("pending");
        ScenarioContext.Register fired = context.register("fired");
        context.thread("setter", () -> {
          alarm.timer.modify(0);
          boolean pending = alarm.timer.deleteSync();
          alarm.deleted.writeOnce(1);
          wasPending.set(pending ? 1 : 0);
        });
        context.atEnd(() -> fired.set(alarm.fired.read()));
      }));
    }
    assertEquals(Set.of("[0, 1]", "[1, 0]"), seen);
  }
}
