package dev.regardless.checker;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.regardless.kernel.Rcu;
import dev.regardless.kernel.RcuHead;
import dev.regardless.machine.Architectures;
import dev.regardless.machine.Machine;
import dev.regardless.machine.PropertyKind;
import dev.regardless.memory.CellFactory;
import dev.regardless.memory.KernelObject;
import dev.regardless.memory.LongCell;
import dev.regardless.scenario.Scenario;
import dev.regardless.scenario.ScenarioContext;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;

/**
 * A reader fails inside its section, and nothing but the end of a grace period is left: there it stays. Whether the failure is
 * real cannot be told earlier, as the first grace period has to wait for the section in which it was asked for.
 */
class FailedReaderTest {

  private static final class Shared extends KernelObject {
    final LongCell x;
    final LongCell y;
    final LongCell z;

    Shared(CellFactory cells) {
      super(cells);
      x = new LongCell(cells, "x");
      y = new LongCell(cells, "y");
      z = new LongCell(cells, "z");
    }
  }

  /** {@code fails}: whether the reader minds what it sees. */
  private record Small(boolean fails) implements Scenario {
    @Override
    public String name() {
      return "small";
    }

    @Override
    public String description() {
      return "";
    }

    @Override
    public SortedMap<String, String> parameters() {
      return Collections.emptySortedMap();
    }

    @Override
    public void setUp(ScenarioContext context) {
      Machine machine = context.machine();
      Rcu rcu = new Rcu(machine);
      Shared shared = context.create("shared", Shared::new);
      RcuHead head = new RcuHead(machine, () -> {
        shared.x.writeOnce(1);
        shared.y.writeOnce(1);
        rcu.synchronize();
      });
      context.thread("reader", () -> {
        rcu.readLock();
        boolean before = shared.x.readOnce() == 0;
        boolean after = shared.y.readOnce() == 1;
        if (fails && before && after) {
          machine.violation(PropertyKind.ASSERTION, "saw the second write and not the first");
        }
        rcu.readUnlock();
      });
      context.thread("caller", () -> {
        rcu.readLock();
        rcu.call(head);
        shared.z.writeOnce(1);
        rcu.readUnlock();
      });
    }
  }

  private static CheckResult check(boolean fails) {
    CheckSettings settings = new CheckSettings("", Collections.emptyList(), Map.of(), 1, CheckSettings.UNLIMITED,
        CheckSettings.UNLIMITED, CheckSettings.UNLIMITED, false);
    return new Checker(new Small(fails), Architectures.named("sc"), settings).run();
  }

  @Test
  void isReportedAlthoughASecondGracePeriodWaitsForIt() {
    assertEquals(PropertyKind.ASSERTION, Objects.requireNonNull(check(true).counterexample()).kind());
  }

  @Test
  void holdsIfTheReaderDoesNotMind() {
    CheckResult result = check(false);
    assertEquals(Verdict.HOLDS, result.verdict());
    assertEquals(4, result.executions());
  }
}
