package dev.regardless.checker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.regardless.emulation.sc.SequentialArchitecture;
import dev.regardless.machine.PropertyKind;
import dev.regardless.memory.CellFactory;
import dev.regardless.memory.KernelObject;
import dev.regardless.memory.LongCell;
import dev.regardless.scenario.Scenario;
import dev.regardless.scenario.ScenarioContext;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

/** Code that is not a function of what it reads is found out and named, and never judged. */
class NondeterminismTest {

  private static final String RULE = "; emulated code may depend only on its thread and on what it reads";

  /** What the threads share. */
  private static final class Shared extends KernelObject {
    final LongCell x;
    final LongCell y;

    Shared(CellFactory cells) {
      super(cells);
      x = new LongCell(cells, "x");
      y = new LongCell(cells, "y");
    }
  }

  private record Small(BiConsumer<ScenarioContext, Shared> rest) implements Scenario {
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
      rest.accept(context, context.create("shared", Shared::new));
    }
  }

  private static CheckResult check(BiConsumer<ScenarioContext, Shared> setUp) {
    return new Checker(new Small(setUp), new SequentialArchitecture(), CheckSettings.plain(Map.of())).run();
  }

  private static void isNondeterministic(String message, BiConsumer<ScenarioContext, Shared> setUp) {
    NondeterminismException e = assertThrows(NondeterminismException.class, () -> check(setUp));
    // Times differ from run to run.
    assertEquals(message + RULE, String.valueOf(e.getMessage()).replaceAll("-?[0-9]{6,}", "TIME"));
  }

  @Test
  void aClockInAWrittenValue() {
    isNondeterministic(
        "T is not deterministic: where it did a write of TIME to shared#1.x before, it does a write of TIME to shared#1.x"
            + " now",
        (context, shared) -> context.thread("T", () -> shared.x.writeOnce(System.nanoTime())));
  }

  /** Identity hashes of new objects differ; both orders come up long before the last repetition. */
  @Test
  void theOrderOfAHashTable() {
    NondeterminismException e = assertThrows(NondeterminismException.class, () -> check((context, shared) -> {
      context.thread("T", () -> {
        Map<Object, LongCell> cells = new HashMap<>();
        for (int i = 0; i < 16; i++) {
          cells.put(new Object(), i % 2 == 0 ? shared.x : shared.y);
        }
        cells.values().forEach(LongCell::readOnce);
      });
      context.thread("U", () -> shared.x.writeOnce(1));
      context.thread("V", () -> shared.y.writeOnce(1));
    }));
    String message = String.valueOf(e.getMessage());
    assertEquals("T is not deterministic: where it did a read of shared#1.N before, it does a read of shared#1.N now"
        + RULE, message.replaceAll("#1\\.[xy]", "#1.N"));
  }

  @Test
  void anAccessMoreAtTheEnd() {
    int[] runs = new int[1];
    isNondeterministic("T is not deterministic: where it had ended before, it does a write of 1 to shared#1.y now",
        (context, shared) -> context.thread("T", () -> {
          shared.x.readOnce();
          if (runs[0]++ % 2 == 1) {
            shared.y.writeOnce(1);
          }
        }));
  }

  @Test
  void anAccessLessAtTheEnd() {
    int[] runs = new int[1];
    isNondeterministic("T is not deterministic: where it did a write of 1 to shared#1.y before, the thread ended now",
        (context, shared) -> context.thread("T", () -> {
          if (runs[0]++ % 2 == 0) {
            shared.y.writeOnce(1);
          }
        }));
  }

  @Test
  void anAssertionThatIsViolatedNowAndThen() {
    int[] runs = new int[1];
    isNondeterministic("T is not deterministic: it violated an assertion (now and then) before, not now",
        (context, shared) -> context.thread("T", () -> {
          shared.x.readOnce();
          if (runs[0]++ % 2 == 0) {
            context.machine().violation(PropertyKind.ASSERTION, "now and then");
          }
        }));
  }

  @Test
  void aSetUpThatDiffers() {
    int[] setUps = new int[1];
    isNondeterministic(
        "the set-up is not deterministic: event 0 of the first execution was a write of shared#1.x with value 1 by T"
            + " before, is a write of shared#1.x with value 2 by T now",
        (context, shared) -> {
          int value = ++setUps[0];
          context.thread("T", () -> shared.x.writeOnce(value));
        });
  }

  @Test
  void deterministicCodeIsJudged() {
    CheckResult result = check((context, shared) -> {
      context.thread("T", () -> shared.x.writeOnce(shared.y.readOnce() + 1));
      context.thread("U", () -> shared.y.writeOnce(shared.x.readOnce() + 1));
    });
    assertEquals(Verdict.HOLDS, result.verdict());
    assertEquals(3, result.executions());
  }
}
