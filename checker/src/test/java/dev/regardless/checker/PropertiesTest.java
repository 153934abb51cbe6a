package dev.regardless.checker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.regardless.emulation.sc.SequentialArchitecture;
import dev.regardless.kernel.Rcu;
import dev.regardless.kernel.RcuHead;
import dev.regardless.machine.Access;
import dev.regardless.machine.AwaitCondition;
import dev.regardless.machine.LockEvent;
import dev.regardless.machine.Machine;
import dev.regardless.machine.PropertyKind;
import dev.regardless.machine.ThreadKind;
import dev.regardless.memory.CellFactory;
import dev.regardless.memory.KernelObject;
import dev.regardless.memory.KmemCache;
import dev.regardless.memory.LongCell;
import dev.regardless.memory.RefCell;
import dev.regardless.scenario.Scenario;
import dev.regardless.scenario.ScenarioContext;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Each property has a scenario that violates it and one, differing little, that does not. */
class PropertiesTest {

  /** What all scenarios here share. */
  private static final class Shared extends KernelObject {
    final LongCell x;
    final LongCell y;
    final LongCell lockA;
    final LongCell lockB;
    final RefCell<Node> pointer;

    Shared(CellFactory cells) {
      super(cells);
      x = new LongCell(cells, "x");
      y = new LongCell(cells, "y");
      lockA = new LongCell(cells, "lock_a");
      lockB = new LongCell(cells, "lock_b");
      pointer = new RefCell<>(cells, "pointer", Node.class);
    }
  }

  private static final class Node extends KernelObject {
    final LongCell value;
    final Runnable body;
    final RcuHead head;

    Node(CellFactory cells, KmemCache<Node> cache) {
      super(cells);
      value = new LongCell(cells, "value");
      body = () -> value.writeOnce(7);
      head = new RcuHead(cells.machine(), () -> cache.free(this));
    }
  }

  /** A machine with what a test's threads need. */
  private record World(ScenarioContext context, Machine machine, Shared shared, KmemCache<Node> nodes) {
    void thread(Runnable body) {
      context.thread("T", body);
    }
  }

  private record Small(Consumer<World> setUpWorld) implements Scenario {
    @Override
    public String name() {
      return "small";
    }

    @Override
    public String description() {
      return "a test";
    }

    @Override
    public void setUp(ScenarioContext context) {
      KmemCache<?>[] self = new KmemCache<?>[1];
      @SuppressWarnings("unchecked")
      KmemCache<Node> nodes = new KmemCache<>(
          context.machine().memory(), "node",
          cells -> new Node(cells, (KmemCache<Node>) Objects.requireNonNull(self[0])));
      self[0] = nodes;
      setUpWorld.accept(new World(context, context.machine(), context.create("shared", Shared::new), nodes));
    }
  }

  private static CheckResult check(Consumer<World> setUp) {
    return new Checker(new Small(setUp), new SequentialArchitecture(), CheckSettings.plain(Map.of())).run();
  }

  private static void holds(long executions, Consumer<World> setUp) {
    CheckResult result = check(setUp);
    assertEquals(Verdict.HOLDS, result.verdict(), () -> String.valueOf(result.counterexample()));
    assertEquals(executions, result.executions());
  }

  private static Counterexample violates(PropertyKind kind, Consumer<World> setUp) {
    CheckResult result = check(setUp);
    Counterexample example = Objects.requireNonNull(
        result.counterexample(), () -> "expected " + kind + ", got " + result);
    assertEquals(kind, example.kind(), example.message());
    return example;
  }

  @Test
  void useAfterFree() {
    violates(PropertyKind.USE_AFTER_FREE, w -> {
      Node node = w.nodes.allocate();
      node.value.write(1);
      w.thread(() -> w.nodes.free(node));
      w.thread(() -> node.value.readOnce());
    });
    violates(PropertyKind.USE_AFTER_FREE, w -> {
      Node node = w.nodes.allocate();
      w.thread(() -> w.nodes.free(node));
      w.thread(() -> node.value.writeOnce(2));
    });
    holds(1, w -> {
      Node node = w.nodes.allocate();
      w.thread(() -> {
        node.value.writeOnce(3);
        node.value.readOnce();
        w.nodes.free(node);
      });
    });
  }

  @Test
  void doubleFree() {
    violates(PropertyKind.DOUBLE_FREE, w -> {
      Node node = w.nodes.allocate();
      w.thread(() -> w.nodes.free(node));
      w.thread(() -> w.nodes.free(node));
    });
  }

  @Test
  void uninitialisedRead() {
    violates(PropertyKind.UNINITIALISED_READ, w -> w.thread(() -> w.nodes.allocate().value.readOnce()));
    holds(1, w -> w.thread(() -> {
      Node node = w.nodes.allocate();
      node.value.write(1);
      node.value.readOnce();
      w.nodes.free(node);
    }));
  }

  @Test
  void leak() {
    violates(PropertyKind.LEAK, w -> w.thread(() -> w.nodes.allocate().value.write(1)));
    holds(1, w -> w.thread(() -> {
      Node node = w.nodes.allocate();
      node.value.write(1);
      w.shared.pointer.writeOnce(node);
    }));
  }

  @Test
  void nullDereference() {
    violates(PropertyKind.NULL_DEREFERENCE, w -> {
      w.thread(() -> w.shared.pointer.readOnce().value.readOnce());
    });
  }

  @Test
  void hang() {
    Counterexample example = violates(PropertyKind.HANG, w -> {
      w.thread(() -> w.machine.await(w.shared.x.location(), AwaitCondition.EQUAL, 2, Access.ONCE));
      w.thread(() -> w.shared.x.writeOnce(1));
    });
    assertEquals("nobody can run: T waits for shared#1.x to be equal 2, and it stays 1", example.message());
    holds(1, w -> {
      w.thread(() -> w.machine.await(w.shared.x.location(), AwaitCondition.EQUAL, 1, Access.ONCE));
      w.thread(() -> w.shared.x.writeOnce(1));
    });
  }

  @Test
  void deadlock() {
    Consumer<World> opposite = w -> {
      w.thread(() -> both(w, w.shared.lockA, w.shared.lockB));
      w.thread(() -> both(w, w.shared.lockB, w.shared.lockA));
    };
    violates(PropertyKind.HANG, opposite);
    holds(2, w -> {
      w.thread(() -> both(w, w.shared.lockA, w.shared.lockB));
      w.thread(() -> both(w, w.shared.lockA, w.shared.lockB));
    });
  }

  private static void both(World w, LongCell first, LongCell second) {
    w.machine.primitives().spinLock(first.location());
    w.machine.primitives().spinLock(second.location());
    w.machine.primitives().spinUnlock(second.location());
    w.machine.primitives().spinUnlock(first.location());
  }

  @Test
  void lockOrder() {
    violates(PropertyKind.LOCK_ORDER, w -> w.thread(() -> {
      told(w, w.shared.lockA, w.shared.lockB);
      told(w, w.shared.lockB, w.shared.lockA);
    }));
    holds(1, w -> w.thread(() -> {
      told(w, w.shared.lockA, w.shared.lockB);
      told(w, w.shared.lockA, w.shared.lockB);
    }));
  }

  private static void told(World w, LongCell first, LongCell second) {
    w.machine.lockEvent(LockEvent.ACQUIRE, first.location());
    w.machine.lockEvent(LockEvent.ACQUIRE, second.location());
    w.shared.x.readOnce();
    w.machine.lockEvent(LockEvent.RELEASE, second.location());
    w.machine.lockEvent(LockEvent.RELEASE, first.location());
  }

  @Test
  void interruptSafety() {
    Consumer<World> unsafe = w -> {
      w.context.thread("irq", ThreadKind.INTERRUPT, 0, () -> told(w, w.shared.lockA, w.shared.lockB));
      w.thread(() -> told(w, w.shared.lockA, w.shared.lockB));
    };
    violates(PropertyKind.LOCK_ORDER, unsafe);
    holds(1, w -> {
      w.context.thread("irq", ThreadKind.INTERRUPT, 0, () -> told(w, w.shared.lockA, w.shared.lockB));
      w.thread(() -> {
        w.machine.interruptsDisable();
        told(w, w.shared.lockA, w.shared.lockB);
        w.machine.interruptsEnable();
      });
    });
  }

  @Test
  void assertionAndEndCheck() {
    violates(PropertyKind.ASSERTION, w -> {
      w.thread(() -> w.shared.x.writeOnce(1));
      w.thread(() -> {
        if (w.shared.x.readOnce() == 1) {
          w.machine.violation(PropertyKind.ASSERTION, "saw it");
        }
      });
    });
    violates(PropertyKind.INVARIANT, w -> {
      w.thread(() -> w.shared.x.writeOnce(w.shared.x.readOnce() + 1));
      w.thread(() -> w.shared.x.writeOnce(w.shared.x.readOnce() + 1));
      w.context.atEnd(() -> {
        if (w.shared.x.read() != 2) {
          w.machine.violation(PropertyKind.INVARIANT, "lost an increment");
        }
      });
    });
  }

  @Test
  void loopBoundIsALimitNotAnAnswer() {
    CheckResult result = check(w -> {
      w.thread(() -> {
        for (int attempt = 0; w.shared.x.readOnce() == 0; attempt++) {
          w.machine.retry(attempt, 3);
        }
      });
      w.thread(() -> w.shared.x.writeOnce(1));
    });
    assertEquals(Verdict.LIMIT, result.verdict());
    assertTrue(result.cut() > 0);
  }

  @Test
  void sleepInAtomic() {
    violates(PropertyKind.SLEEP_IN_ATOMIC, w -> w.thread(() -> {
      w.machine.preemptDisable();
      w.machine.sleepUntil(w.shared.x.location(), 0);
    }));
  }

  @Test
  void spawnedThreadsSeeTheSpawnersPast() {
    holds(1, w -> w.thread(() -> {
      Node node = w.nodes.allocate();
      node.value.write(1);
      w.shared.pointer.writeOnce(node);
      w.machine.spawn(ThreadKind.WORKER, node.body, 0);
      w.machine.await(node.value.location(), AwaitCondition.EQUAL, 7, Access.ONCE);
    }));
  }

  @Test
  void gracePeriodWaitsForReaders() {
    Consumer<World> withGracePeriod = w -> reclaim(w, true);
    holds(2, withGracePeriod);
    violates(PropertyKind.USE_AFTER_FREE, w -> reclaim(w, false));
  }

  private static void reclaim(World w, boolean wait) {
    Rcu rcu = new Rcu(w.machine);
    Node node = w.nodes.allocate();
    node.value.write(1);
    w.shared.pointer.write(node);
    w.thread(() -> {
      rcu.readLock();
      Node found = w.shared.pointer.readOnce();
      if (found != null) {
        found.value.readOnce();
      }
      rcu.readUnlock();
    });
    w.thread(() -> {
      w.shared.pointer.writeOnce(null);
      if (wait) {
        rcu.synchronize();
      }
      w.nodes.free(node);
    });
  }

  /** A reader that waits holds up the grace period, and so what would otherwise end its wait, or make it endless. */
  @Test
  void gracePeriodWaitsForReadersThatWait() {
    for (boolean released : new boolean[] {true, false}) {
      Consumer<World> world = w -> waitingReader(w, released);
      if (released) {
        holds(2, world);
      } else {
        violates(PropertyKind.HANG, world);
      }
    }
  }

  private static void waitingReader(World w, boolean released) {
    Rcu rcu = new Rcu(w.machine);
    Node node = w.nodes.allocate();
    node.value.write(0);
    w.shared.pointer.write(node);
    w.thread(() -> {
      rcu.readLock();
      Node found = w.shared.pointer.readOnce();
      if (found != null) {
        w.machine.await(found.value.location(), AwaitCondition.EQUAL, 7, Access.ONCE);
      }
      rcu.readUnlock();
    });
    w.thread(() -> {
      w.shared.pointer.writeOnce(null);
      if (released) {
        node.value.writeOnce(7);
      }
      rcu.synchronize();
      w.nodes.free(node);
    });
  }

  /** A grace period may begin after a reader that waits for what comes after it. */
  @Test
  void readerWaitsInsideItsSectionForWhatComesAfterAGracePeriod() {
    violates(PropertyKind.HANG, w -> {
      waiter(w, w.shared.x.location());
      afterGracePeriod(w, () -> w.shared.x.writeOnce(1));
    });
    holds(1, w -> {
      w.thread(() -> w.machine.await(w.shared.x.location(), AwaitCondition.EQUAL, 1, Access.ONCE));
      afterGracePeriod(w, () -> w.shared.x.writeOnce(1));
    });
  }

  /** One grace period ends, and only then the reader begins who keeps the other from ending. */
  @Test
  void oneOfTwoGracePeriodsStays() {
    for (boolean inside : new boolean[] {true, false}) {
      Consumer<World> world = w -> {
        Rcu rcu = new Rcu(w.machine);
        afterGracePeriod(w, () -> w.shared.y.writeOnce(1));
        afterGracePeriod(w, () -> w.shared.x.writeOnce(1));
        w.thread(() -> {
          w.machine.await(w.shared.x.location(), AwaitCondition.EQUAL, 1, Access.ONCE);
          if (inside) {
            rcu.readLock();
          }
          w.machine.await(w.shared.y.location(), AwaitCondition.EQUAL, 1, Access.ONCE);
          if (inside) {
            rcu.readUnlock();
          }
        });
      };
      if (inside) {
        violates(PropertyKind.HANG, world);
      } else {
        holds(1, world);
      }
    }
  }

  private static void waiter(World w, int location) {
    Rcu rcu = new Rcu(w.machine);
    w.thread(() -> {
      rcu.readLock();
      w.machine.await(location, AwaitCondition.EQUAL, 1, Access.ONCE);
      rcu.readUnlock();
    });
  }

  private static void afterGracePeriod(World w, Runnable then) {
    Rcu rcu = new Rcu(w.machine);
    w.thread(() -> {
      rcu.synchronize();
      then.run();
    });
  }

  @Test
  void callbacksRunAfterAGracePeriod() {
    holds(2, w -> {
      Rcu rcu = new Rcu(w.machine);
      Node node = w.nodes.allocate();
      node.value.write(1);
      w.shared.pointer.write(node);
      w.thread(() -> {
        rcu.readLock();
        Node found = w.shared.pointer.readOnce();
        if (found != null) {
          found.value.readOnce();
        }
        rcu.readUnlock();
      });
      w.thread(() -> {
        w.shared.pointer.writeOnce(null);
        rcu.call(node.head);
      });
    });
  }

  @Test
  void nondeterminismIsReportedAndNamesTheAccess() {
    int[] runs = new int[1];
    NondeterminismException e = assertThrows(NondeterminismException.class, () -> check(w -> {
      w.thread(() -> {
        w.shared.x.readOnce();
        (runs[0]++ % 2 == 0 ? w.shared.x : w.shared.y).readOnce();
        w.shared.y.readOnce();
      });
      w.thread(() -> w.shared.x.writeOnce(1));
      w.thread(() -> w.shared.y.writeOnce(1));
    }));
    assertTrue(String.valueOf(e.getMessage()).contains("shared#1."), e.getMessage());
  }

  @Test
  void dataRaceOnRequest() {
    Consumer<World> racy = w -> {
      w.thread(() -> w.shared.x.write(1));
      w.thread(() -> w.shared.x.read());
    };
    holds(2, racy);
    CheckSettings asked = new CheckSettings(
        "", java.util.List.of(), Map.of(), 1, CheckSettings.UNLIMITED, CheckSettings.UNLIMITED, CheckSettings.UNLIMITED,
        true);
    CheckResult result = new Checker(new Small(racy), new SequentialArchitecture(), asked).run();
    Counterexample example = result.counterexample();
    assertTrue(example != null && example.kind() == PropertyKind.DATA_RACE, result.toString());
    CheckResult ordered = new Checker(new Small(w -> {
      w.thread(() -> {
        w.shared.x.write(1);
        w.shared.y.storeRelease(1);
      });
      w.thread(() -> {
        if (w.shared.y.loadAcquire() == 1) {
          w.shared.x.read();
        }
      });
    }), new SequentialArchitecture(), asked).run();
    assertEquals(Verdict.HOLDS, ordered.verdict());
    assertEquals(2, ordered.executions());
  }
}
