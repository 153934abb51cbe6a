package dev.regardless.checker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.regardless.checker.programs.Programs;
import dev.regardless.emulation.sc.SequentialArchitecture;
import dev.regardless.machine.Machine;
import dev.regardless.machine.ThreadKind;
import dev.regardless.memory.CellFactory;
import dev.regardless.memory.KernelObject;
import dev.regardless.memory.LongCell;
import dev.regardless.scenario.Scenario;
import dev.regardless.scenario.ScenarioContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** However the search is cut into pieces, the totals are the same. */
class WorkersTest {

  @TempDir
  Path folder = Path.of("");

  /** Three threads of which each starts another one if it finds that none of the others has come by. */
  private record SpawnsInAnyOrder() implements Scenario {
    @Override
    public String name() {
      return "spawns-in-any-order";
    }

    @Override
    public String description() {
      return "which threads are started, and in which order, depends on the execution";
    }

    @Override
    public void setUp(ScenarioContext context) {
      Machine machine = context.machine();
      Slots slots = context.create("slots", Slots::new);
      for (int i = 0; i < 3; i++) {
        context.thread("starter" + i, () -> {
          if (slots.turn.readOnce() == 0) {
            machine.spawn(ThreadKind.WORKER, slots.starting, 0);
          }
          slots.turn.writeOnce(1);
        });
      }
    }
  }

  private static final class Slots extends KernelObject {
    final LongCell turn;
    final LongCell[] started = new LongCell[16];
    final Runnable noting;
    final Runnable starting;

    Slots(CellFactory cells) {
      super(cells);
      turn = new LongCell(cells, "turn");
      for (int i = 0; i < started.length; i++) {
        started[i] = new LongCell(cells, "started[" + i + ']');
      }
      noting = () -> {
        int self = machine().currentThread();
        started[self].writeOnce(self);
        turn.writeOnce(self);
      };
      starting = () -> {
        noting.run();
        machine().spawn(ThreadKind.WORKER, noting, 0);
      };
    }
  }

  /** Three grace periods between stores, and two readers of all that is stored. */
  private record GracePeriods() implements Scenario {
    @Override
    public String name() {
      return "grace-periods";
    }

    @Override
    public String description() {
      return "which grace periods end before others, and before which readers begin, depends on the execution";
    }

    @Override
    public void setUp(ScenarioContext context) {
      Machine machine = context.machine();
      Slots slots = context.create("slots", Slots::new);
      for (int i = 0; i < 3; i++) {
        int self = i;
        context.thread("updater" + i, () -> {
          slots.started[self].writeOnce(1);
          machine.synchronizeRcu();
          slots.started[(self + 1) % 3].writeOnce(2);
        });
      }
      for (int i = 0; i < 2; i++) {
        int self = i;
        context.thread("reader" + i, () -> {
          machine.rcuReadLock();
          slots.started[2 - self].readOnce();
          slots.started[self].readOnce();
          machine.rcuReadUnlock();
        });
      }
    }
  }

  private static Scenario scenario(String name) {
    if (name.equals("grace-periods")) {
      return new GracePeriods();
    }
    if (name.equals("spawns-in-any-order")) {
      return new SpawnsInAnyOrder();
    }
    return Programs.all().stream().filter(s -> s.name().equals(name)).findFirst().orElseThrow();
  }

  private static Checker checker(String name, int size, int workers, long limit) {
    CheckSettings settings = new CheckSettings(
        "", List.of(), Map.of("n", Integer.toString(size)), workers, limit, CheckSettings.UNLIMITED,
        CheckSettings.UNLIMITED, false);
    return new Checker(scenario(name), new SequentialArchitecture(), settings);
  }

  @ParameterizedTest
  @CsvSource({"fib_bench, 4, 19605", "ainc, 7, 5040", "binc, 4, 576", "ticketlock, 5, 120", "lastzero, 10, 3328",
      "indexer, 14, 512", "spawns-in-any-order, 0, 57330", "grace-periods, 0, 254"})
  void totalsDoNotDependOnTheNumberOfWorkers(String name, int size, long expected) {
    for (int workers = 1; workers <= 4; workers++) {
      CheckResult result = checker(name, size, workers, CheckSettings.UNLIMITED).run();
      assertEquals(Verdict.HOLDS, result.verdict());
      assertEquals(expected, result.executions(), name + " with " + workers + " workers");
    }
  }

  /** Cuts the search at every n-th execution, as a checkpoint would, and does each piece on its own. */
  @ParameterizedTest
  @CsvSource({"fib_bench, 3, 1698, 7", "ainc, 6, 720, 5", "binc, 4, 576, 3", "ticketlock, 4, 24, 2",
      "casrot, 8, 2048, 11",
      "indexer, 13, 64, 2", "spawns-in-any-order, 0, 57330, 1777", "spawns-in-any-order, 0, 57330, 197",
      "grace-periods, 0, 254, 7"})
  void theFrontierIsExactlyWhatRemains(String name, int size, long expected, int interval) throws IOException {
    List<WorkUnit> open = new ArrayList<>(List.of(WorkUnit.all()));
    long executions = 0;
    int pieces = 0;
    CheckSettings settings = CheckSettings.plain(Map.of("n", Integer.toString(size)));
    while (!open.isEmpty()) {
      // Each piece alone, as after a restart: what threads were numbered by those who cut comes with the pieces.
      ThreadNumbers numbers = new ThreadNumbers();
      numbers.restore(open);
      Worker worker = new Worker(scenario(name), new SequentialArchitecture(), settings, 0, numbers);
      List<WorkUnit> rest = new ArrayList<>();
      worker.explorer.control(new Control() {
        @Override
        public boolean isAttentionWanted() {
          return worker.totals.all() >= interval;
        }

        @Override
        public void attend(Explorer explorer) {
          UnitWriter.frontier(explorer, rest);
          explorer.stop();
        }
      });
      worker.explorer.explore(open.remove(open.size() - 1));
      executions += worker.totals.executions;
      Path file = folder.resolve("piece");
      new Checkpoint(worker.totals, rest).write(file, "test");
      Checkpoint read = Checkpoint.read(file, "test");
      open.addAll(read.units());
      pieces++;
    }
    assertEquals(expected, executions);
    assertTrue(pieces > 3, "cut into %d pieces only".formatted(pieces));
  }

  @Test
  void aLimitIsReportedAsSuch() {
    CheckResult result = checker("ainc", 7, 1, 100).run();
    assertEquals(Verdict.LIMIT, result.verdict());
    assertEquals("100 executions", result.limit());
    assertEquals(100, result.executions());
    assertTrue(result.open() > 0, result::toString);
    assertNotNull(result.estimate());
    assertEquals(Verdict.LIMIT, checker("ainc", 7, 2, 100).run().verdict());
  }

  @Test
  void aLimitThatIsNotReachedIsNone() {
    CheckResult result = checker("ainc", 5, 1, 121).run();
    assertEquals(Verdict.HOLDS, result.verdict());
    assertEquals(120, result.executions());
    assertEquals(0, result.open());
    assertEquals(Verdict.LIMIT, checker("ainc", 5, 1, 119).run().verdict());
  }

  /** Nothing that a limit leaves over is lost or done twice. */
  @ParameterizedTest
  @CsvSource({"ainc, 6, 720, 100, 1", "ainc, 6, 720, 100, 3", "fib_bench, 3, 1698, 300, 2", "ticketlock, 4, 24, 7, 2"})
  void limitsAndCheckpointsAddUp(String name, int size, long expected, long limit, int workers) throws IOException {
    Path file = folder.resolve("part");
    Checker first = checker(name, size, workers, limit);
    first.checkpoint(file, 1000);
    CheckResult result = first.run();
    int parts = 1;
    while (result.verdict() == Verdict.LIMIT) {
      Checker next = checker(name, size, workers, limit);
      next.checkpoint(file, 1000);
      next.resume(file);
      long before = result.executions();
      result = next.run();
      assertTrue(result.executions() > before);
      parts++;
    }
    assertEquals(Verdict.HOLDS, result.verdict());
    assertEquals(expected, result.executions());
    assertTrue(parts > 2, "cut into %d parts only".formatted(parts));
  }

  @Test
  void aCheckGoesOnFromItsCheckpoint() throws IOException {
    Path file = folder.resolve("check.point");
    Checker first = checker("lastzero", 15, 2, CheckSettings.UNLIMITED);
    first.checkpoint(file, 1);
    first.progress((executions, seconds, units) -> {
      if (Files.exists(file)) {
        first.interrupt();
      }
    });
    CheckResult interrupted = first.run();
    assertTrue(Files.exists(file));
    assertTrue(interrupted.verdict() == Verdict.LIMIT || interrupted.executions() == 147_456, interrupted::toString);
    Checker second = checker("lastzero", 15, 1, CheckSettings.UNLIMITED);
    second.resume(file);
    CheckResult result = second.run();
    assertEquals(Verdict.HOLDS, result.verdict());
    assertEquals(147_456, result.executions());
  }

  @Test
  void anotherChecksCheckpointIsRefused() throws IOException {
    Path file = folder.resolve("other.point");
    Checker first = checker("ainc", 7, 1, 10);
    first.checkpoint(file, 1000);
    first.run();
    checker("ainc", 7, 2, 10).resume(file);
    String[] refused = {refusal(checker("ainc", 6, 1, 10), file), refusal(checker("binc", 7, 1, 10), file)};
    assertEquals(
        "is of another check (ainc on sc, primitives sc, weakened [], parameters {n=7}, not ainc on sc, primitives"
            + " sc, weakened [], parameters {n=6})",
        refused[0]);
    assertTrue(refused[1].endsWith("not binc on sc, primitives sc, weakened [], parameters {n=7})"), refused[1]);
  }

  private static String refusal(Checker checker, Path file) {
    return String.valueOf(assertThrows(IllegalArgumentException.class, () -> checker.resume(file)).getMessage());
  }

  /** Cut off anywhere, with any byte changed, with something appended. */
  @Test
  void aDamagedCheckpointIsRefused() throws IOException {
    Path file = folder.resolve("whole");
    Checker first = checker("ainc", 4, 1, 5);
    first.checkpoint(file, 1000);
    first.run();
    byte[] whole = Files.readAllBytes(file);
    assertEquals(24, resumed(file).executions());
    for (int at = 0; at < whole.length; at++) {
      assertRefused(Arrays.copyOf(whole, at));
      byte[] changed = whole.clone();
      changed[at] ^= (byte) (1 << at % 8);
      assertRefused(changed);
    }
    assertRefused(Arrays.copyOf(whole, whole.length + 1));
  }

  private static CheckResult resumed(Path file) throws IOException {
    Checker checker = checker("ainc", 4, 1, CheckSettings.UNLIMITED);
    checker.resume(file);
    return checker.run();
  }

  private void assertRefused(byte[] content) throws IOException {
    Path file = folder.resolve("damaged");
    Files.write(file, content);
    String message = refusal(checker("ainc", 4, 1, 1), file);
    assertTrue(message.equals("is damaged") || message.equals("is no checkpoint of this version"), message);
  }
}
