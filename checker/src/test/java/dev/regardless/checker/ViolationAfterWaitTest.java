package dev.regardless.checker;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.regardless.emulation.sc.SequentialArchitecture;
import dev.regardless.kernel.Rcu;
import dev.regardless.machine.AwaitCondition;
import dev.regardless.machine.Machine;
import dev.regardless.machine.PropertyKind;
import dev.regardless.memory.CellFactory;
import dev.regardless.memory.KernelObject;
import dev.regardless.memory.LongCell;
import dev.regardless.scenario.Scenario;
import dev.regardless.scenario.ScenarioContext;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/**
 * A thread that waited writes to what was freed, and would go on: its wait is over, so it is not held to it when the threads
 * are run again for the counterexample.
 */
class ViolationAfterWaitTest {

  private static final class Shared extends KernelObject {
    final LongCell x;
    final LongCell y;

    Shared(CellFactory cells) {
      super(cells);
      x = new LongCell(cells, "x");
      y = new LongCell(cells, "y");
    }
  }

  private static final class Freed extends KernelObject {
    final LongCell cell;

    Freed(CellFactory cells) {
      super(cells);
      cell = new LongCell(cells, "cell");
    }
  }

  private interface Wait {
    void until(Machine machine, Shared shared);
  }

  private record Small(Wait first) implements Scenario {
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
      Machine machine = context.machine();
      Shared shared = context.create("shared", Shared::new);
      Freed freed = context.create("freed", Freed::new);
      context.thread("user", () -> {
        first.until(machine, shared);
        freed.cell.writeOnce(1);
        shared.y.readOnce();
      });
      context.thread("owner", () -> {
        machine.free(freed);
        shared.x.writeOnce(1);
      });
    }
  }

  private static void isUseAfterFree(Wait wait) {
    CheckResult result = new Checker(new Small(wait), new SequentialArchitecture(), CheckSettings.plain(Map.of()))
        .run();
    Counterexample shown = Objects.requireNonNull(result.counterexample());
    assertEquals(PropertyKind.USE_AFTER_FREE, shown.kind());
    assertEquals("wrote freed#2.cell, which is freed", shown.message());
    assertEquals("user", shown.thread());
  }

  @Test
  void ofAnotherThreadsWrite() {
    isUseAfterFree((machine, shared) -> machine.await(shared.x.location(), AwaitCondition.EQUAL, 1, 0));
  }

  @Test
  void ofAGracePeriod() {
    isUseAfterFree((machine, shared) -> {
      shared.y.writeOnce(1);
      new Rcu(machine).synchronize();
    });
  }
}
