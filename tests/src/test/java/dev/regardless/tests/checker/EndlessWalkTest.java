package dev.regardless.tests.checker;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.regardless.checker.CheckResult;
import dev.regardless.checker.CheckSettings;
import dev.regardless.checker.Checker;
import dev.regardless.checker.Verdict;
import dev.regardless.machine.Architecture;
import dev.regardless.machine.Architectures;
import dev.regardless.memory.CellFactory;
import dev.regardless.memory.KernelObject;
import dev.regardless.memory.LongCell;
import dev.regardless.memory.RefCell;
import dev.regardless.scenario.Scenario;
import dev.regardless.scenario.ScenarioContext;
import java.util.Map;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

/** A loop that never ends and that nobody bounded ends the check as a limit, not by using up the memory. */
class EndlessWalkTest {

  private static final class Node extends KernelObject {
    final RefCell<Node> next;
    final LongCell value;

    Node(CellFactory cells) {
      super(cells);
      next = new RefCell<>(cells, "next", Node.class);
      value = new LongCell(cells, "value");
    }
  }

  /** One thread does {@code body} with two nodes that point to each other; another one writes a value meanwhile. */
  private record Ring(BiConsumer<Node, Node> body) implements Scenario {
    @Override
    public String name() {
      return "ring";
    }

    @Override
    public String description() {
      return "two nodes in a ring";
    }

    @Override
    public void setUp(ScenarioContext context) {
      Node first = context.create("first", Node::new);
      Node second = context.create("second", Node::new);
      first.next.write(second);
      second.next.write(first);
      context.thread("walker", () -> body.accept(first, second));
      context.thread("writer", () -> second.value.writeOnce(1));
    }
  }

  private static void isCut(Architecture architecture, BiConsumer<Node, Node> body) {
    CheckResult result = new Checker(new Ring(body), architecture, CheckSettings.plain(Map.of())).run();
    assertEquals(Verdict.LIMIT, result.verdict(), architecture.name());
    assertEquals(1, result.cut(), architecture.name());
    assertEquals(0, result.executions(), architecture.name());
    assertEquals("a loop's bound, in 1 executions", result.limit());
  }

  @Test
  void aWalkRoundAListIsCut() {
    for (Architecture architecture : Architectures.all()) {
      isCut(architecture, (first, second) -> {
        Node at = first.next.readOnce();
        while (at != null) {
          at = at.next.readOnce();
        }
      });
    }
  }

  @Test
  void aLoopOfWritesIsCut() {
    isCut(Architectures.named("sc"), (first, second) -> {
      for (long i = 0; i >= 0; i++) {
        first.value.writeOnce(i & 1);
      }
    });
  }
}
