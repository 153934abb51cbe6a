package dev.regardless.emulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.regardless.machine.AwaitCondition;
import dev.regardless.machine.LockEvent;
import dev.regardless.machine.PropertyKind;
import dev.regardless.machine.ThreadKind;
import dev.regardless.memory.CellFactory;
import dev.regardless.memory.KernelObject;
import dev.regardless.memory.KmemCache;
import dev.regardless.memory.LongCell;
import dev.regardless.memory.RefCell;
import dev.regardless.scenario.Scenario;
import dev.regardless.scenario.ScenarioContext;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class EmulatorTest {

  private static final ArrayArchitecture ARRAY = new ArrayArchitecture();

  /** Two cells and a pointer. */
  static final class Pair extends KernelObject {
    final LongCell x;
    final LongCell y;
    final RefCell<Node> pointer;

    Pair(CellFactory cells) {
      super(cells);
      x = new LongCell(cells, "x");
      y = new LongCell(cells, "y");
      pointer = new RefCell<>(cells, "pointer", Node.class);
    }
  }

  /** A dynamic object. */
  static final class Node extends KernelObject {
    final LongCell value;

    Node(CellFactory cells) {
      super(cells);
      value = new LongCell(cells, "value");
    }
  }

  private record Program(Consumer<ScenarioContext> body) implements Scenario {
    @Override
    public String name() {
      return "program";
    }

    @Override
    public String description() {
      return "a test's program";
    }

    @Override
    public void setUp(ScenarioContext context) {
      body.accept(context);
    }
  }

  private static Emulator emulator(int cpus, long seed, Consumer<ScenarioContext> body) {
    Emulator emulator = Emulator.random(ARRAY, EmulatorSettings.of(cpus), seed);
    emulator.setUp(new Program(body), Map.of());
    return emulator;
  }

  private static PropertyKind onlyViolation(RunResult result) {
    assertEquals(1, result.violations().size(), () -> result.violations().toString());
    return result.violations().getFirst().kind();
  }

  private static Set<String> outcomes(Emulator emulator, int runs) {
    Set<String> seen = new TreeSet<>();
    for (int i = 0; i < runs; i++) {
      assertTrue(emulator.run().holds());
      seen.add(Arrays.toString(emulator.registers()));
    }
    return seen;
  }

  private static void storeBuffering(ScenarioContext context) {
    Pair pair = context.create("pair", Pair::new);
    ScenarioContext.Register r0 = context.register("0:r0");
    ScenarioContext.Register r1 = context.register("1:r1");
    context.thread(
        "left",
        () -> {
          pair.x.writeOnce(1);
          r0.set(pair.y.readOnce());
        });
    context.thread(
        "right",
        () -> {
          pair.y.writeOnce(1);
          r1.set(pair.x.readOnce());
        });
  }

  @Test
  void inOrderMemoryShowsAllThreeInterleavingsOfStoreBuffering() {
    assertEquals(
        Set.of("[0, 1]", "[1, 0]", "[1, 1]"), outcomes(emulator(2, 7, EmulatorTest::storeBuffering), 2_000));
  }

  @Test
  void twoTasksOnOneCpuAreInterleavedToo() {
    assertEquals(
        Set.of("[0, 1]", "[1, 0]", "[1, 1]"), outcomes(emulator(1, 7, EmulatorTest::storeBuffering), 20_000));
  }

  @Test
  void theSameSeedGivesTheSameRuns() {
    StringBuilder first = new StringBuilder();
    StringBuilder second = new StringBuilder();
    for (StringBuilder text : new StringBuilder[] {first, second}) {
      Emulator emulator = emulator(2, 42, EmulatorTest::storeBuffering);
      for (int i = 0; i < 100; i++) {
        RunResult result = emulator.run();
        text.append(Arrays.toString(result.registers())).append(result.cycles()).append(result.counters().decisions());
      }
    }
    assertEquals(first.toString(), second.toString());
  }

  private static void increments(ScenarioContext context, boolean locked) {
    Pair pair = context.create("pair", Pair::new);
    ScenarioContext.Register sum = context.register("sum");
    for (int thread = 0; thread < 4; thread++) {
      context.thread(
          "adder",
          () -> {
            for (int i = 0; i < 5; i++) {
              if (locked) {
                context.machine().lockEvent(LockEvent.ACQUIRE, pair.y.location());
                context.machine().primitives().spinLock(pair.y.location());
              }
              pair.x.write(pair.x.read() + 1);
              if (locked) {
                context.machine().primitives().spinUnlock(pair.y.location());
                context.machine().lockEvent(LockEvent.RELEASE, pair.y.location());
              }
            }
          });
    }
    context.atEnd(() -> sum.set(pair.x.read()));
  }

  @Test
  void aLockMakesIncrementsExact() {
    assertEquals(Set.of("[20]"), outcomes(emulator(4, 3, context -> increments(context, true)), 500));
    assertEquals(Set.of("[20]"), outcomes(emulator(2, 3, context -> increments(context, true)), 500));
    assertTrue(outcomes(emulator(4, 3, context -> increments(context, false)), 500).size() > 5);
  }

  @Test
  void aWaitThatNobodyEndsIsAHang() {
    RunResult result = emulator(
        2,
        1,
        context -> {
          Pair pair = context.create("pair", Pair::new);
          context.thread(
              "waiter",
              () -> context.machine().await(pair.x.location(), AwaitCondition.EQUAL, 2, 0));
          context.thread("writer", () -> pair.x.write(1));
        })
        .run();
    assertEquals(PropertyKind.HANG, onlyViolation(result));
    assertEquals(
        "nobody can run: waiter spins on pair#1.x, which holds 1", result.violations().getFirst().message());
  }

  @Test
  void aWaitEndsWhenTheValueComes() {
    assertEquals(
        Set.of("[2]"),
        outcomes(
            emulator(
                2,
                1,
                context -> {
                  Pair pair = context.create("pair", Pair::new);
                  ScenarioContext.Register seen = context.register("seen");
                  context.thread(
                      "waiter",
                      () -> seen.set(context.machine().await(pair.x.location(), AwaitCondition.AT_LEAST, 2, 0)));
                  context.thread(
                      "writer",
                      () -> {
                        pair.x.write(1);
                        pair.x.write(2);
                      });
                }),
            200));
  }

  private static void sleepAndWake(ScenarioContext context, boolean wakes) {
    Pair pair = context.create("pair", Pair::new);
    pair.x.write(1);
    context.thread("sleeper", () -> context.machine().sleepUntil(pair.x.location(), 0));
    context.thread(
        "waker",
        () -> {
          if (wakes) {
            pair.x.write(0);
            context.machine().wake(0);
          }
        });
  }

  @Test
  void aSleeperIsWokenOrHangs() {
    outcomes(emulator(2, 1, context -> sleepAndWake(context, true)), 500);
    outcomes(emulator(1, 1, context -> sleepAndWake(context, true)), 500);
    assertEquals(PropertyKind.HANG, onlyViolation(emulator(2, 1, context -> sleepAndWake(context, false)).run()));
  }

  private static void dynamic(ScenarioContext context, boolean frees, boolean early, boolean twice) {
    Pair pair = context.create("pair", Pair::new);
    KmemCache<Node> cache = new KmemCache<>(context.machine().memory(), "node", Node::new);
    context.thread(
        "owner",
        () -> {
          Node node = cache.allocate();
          node.value.write(5);
          pair.pointer.storeRelease(node);
          if (!early) {
            context.machine().await(pair.x.location(), AwaitCondition.EQUAL, 1, 0);
          }
          pair.pointer.write(null);
          if (frees) {
            cache.free(node);
          }
          if (twice) {
            cache.free(node);
          }
        });
    context.thread(
        "user",
        () -> {
          Node node = pair.pointer.loadAcquire();
          if (node != null) {
            node.value.write(node.value.read() + 1);
          }
          pair.x.write(1);
        });
  }

  private static Set<PropertyKind> violations(Consumer<ScenarioContext> body) {
    Set<PropertyKind> kinds = new TreeSet<>();
    Emulator emulator = emulator(2, 9, body);
    for (int i = 0; i < 500; i++) {
      emulator.run().violations().forEach(violation -> kinds.add(violation.kind()));
    }
    return kinds;
  }

  @Test
  void lifetimesAreWatched() {
    assertEquals(Set.of(), violations(context -> dynamic(context, true, false, false)));
    assertEquals(Set.of(PropertyKind.LEAK), violations(context -> dynamic(context, false, false, false)));
    assertEquals(Set.of(PropertyKind.USE_AFTER_FREE), violations(context -> dynamic(context, true, true, false)));
    assertEquals(Set.of(PropertyKind.DOUBLE_FREE), violations(context -> dynamic(context, true, false, true)));
  }

  @Test
  void spawnedBodiesRunOnceEachAndThreadsAreUsedAgain() {
    Emulator emulator = emulator(
        3,
        5,
        context -> {
          Pair pair = context.create("pair", Pair::new);
          ScenarioContext.Register ran = context.register("ran");
          Runnable work = () -> context.machine().primitives().atomic(
              pair.x.location(), dev.regardless.machine.RmwOperation.ADD, 1);
          context.thread(
              "spawner",
              () -> {
                for (int i = 0; i < 300; i++) {
                  context.machine().spawn(ThreadKind.WORKER, work, i % 3 == 0 ? 10_000 : 0);
                }
              });
          context.atEnd(() -> ran.set(pair.x.read()));
        });
    assertEquals(Set.of("[300]"), outcomes(emulator, 20));
  }

  @Test
  void aLaterRunIsExactlyWhatAFirstRunOfItsSeedIs() {
    Consumer<ScenarioContext> body = context -> {
      Pair pair = context.create("pair", Pair::new);
      KmemCache<Node> cache = new KmemCache<>(context.machine().memory(), "node", Node::new);
      ScenarioContext.Register sum = context.register("sum");
      Runnable work = () -> {
        Node node = cache.allocate();
        node.value.write(context.machine().currentThread() * 1_000 + node.number());
        pair.x.write(pair.x.read() * 31 + node.value.read());
        cache.free(node);
      };
      context.thread("spawner", () -> {
        for (int i = 0; i < 200; i++) {
          context.machine().spawn(ThreadKind.WORKER, work, i % 3 == 0 ? 10_000 : 0);
        }
      });
      context.atEnd(() -> sum.set(pair.x.read()));
    };
    RandomScheduler scheduler = new RandomScheduler(0);
    RandomChooser chooser = new RandomChooser(0);
    Emulator again = new Emulator(ARRAY, EmulatorSettings.of(3), scheduler, chooser);
    again.setUp(new Program(body), Map.of());
    for (long seed = 1; seed <= 5; seed++) {
      scheduler.restart(seed);
      chooser.reseed(~seed);
      RunResult later = again.run();
      Emulator fresh = emulator(3, seed, body);
      RunResult first = fresh.run();
      assertEquals(Arrays.toString(first.registers()), Arrays.toString(later.registers()));
      assertEquals(first.cycles(), later.cycles());
      assertEquals(first.counters().decisions(), later.counters().decisions());
    }
  }

  @Test
  void aGracePeriodWaitsForReaders() {
    Consumer<ScenarioContext> body = context -> {
      Pair pair = context.create("pair", Pair::new);
      KmemCache<Node> cache = new KmemCache<>(context.machine().memory(), "node", Node::new);
      Node first = cache.allocate();
      first.value.write(1);
      pair.pointer.write(first);
      for (int reader = 0; reader < 2; reader++) {
        context.thread(
            "reader",
            () -> {
              context.machine().rcuReadLock();
              Node node = pair.pointer.readOnce();
              if (node != null) {
                node.value.readOnce();
              }
              context.machine().rcuReadUnlock();
            });
      }
      context.thread(
          "updater",
          () -> {
            pair.pointer.storeRelease(null);
            context.machine().synchronizeRcu();
            cache.free(first);
          });
    };
    outcomes(emulator(3, 11, body), 1_000);
    outcomes(emulator(1, 11, body), 1_000);
  }

  @Test
  void bothLockOrdersAreReportedWithoutADeadlock() {
    RunResult result = emulator(
        1,
        1,
        context -> {
          Pair pair = context.create("pair", Pair::new);
          for (int thread = 0; thread < 2; thread++) {
            int first = thread == 0 ? pair.x.location() : pair.y.location();
            int second = thread == 0 ? pair.y.location() : pair.x.location();
            context.thread(
                "locker",
                () -> {
                  context.machine().preemptDisable();
                  context.machine().lockEvent(LockEvent.ACQUIRE, first);
                  context.machine().lockEvent(LockEvent.ACQUIRE, second);
                  context.machine().lockEvent(LockEvent.RELEASE, second);
                  context.machine().lockEvent(LockEvent.RELEASE, first);
                  context.machine().preemptEnable();
                });
          }
        })
        .run();
    assertEquals(PropertyKind.LOCK_ORDER, onlyViolation(result));
  }

  @Test
  void aMistakeThatIsNotTheKernelsIsNotReportedAsOne() {
    Emulator emulator = emulator(1, 1, context -> context.thread("broken", () -> {
      throw new IllegalStateException("a mistake of ours");
    }));
    assertEquals(
        "a mistake of ours",
        org.junit.jupiter.api.Assertions.assertThrows(IllegalStateException.class, emulator::run).getMessage());
  }

  @Test
  void aNullPointerInEmulatedCodeIsAnOops() {
    RunResult result = emulator(
        1,
        1,
        context -> {
          Pair pair = context.create("pair", Pair::new);
          context.thread("reader", () -> pair.pointer.read().value.read());
        })
        .run();
    assertEquals(PropertyKind.NULL_DEREFERENCE, onlyViolation(result));
  }
}
