package dev.regardless.tests.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import dev.regardless.kernel.ListHead;
import dev.regardless.machine.PropertyKind;
import dev.regardless.memory.CellFactory;
import dev.regardless.memory.KernelObject;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class ListHeadTest {

  private static final class Item extends KernelObject {
    final ListHead node;
    final int digit;

    Item(CellFactory cells, int digit) {
      super(cells);
      this.digit = digit;
      node = new ListHead(cells.embedded(this, "node"), this);
    }
  }

  private static final class Fixture extends KernelObject {
    final ListHead head;
    final Item[] items = new Item[4];

    Fixture(CellFactory cells) {
      super(cells);
      head = new ListHead(cells.embedded(this, "head"), this);
      head.init();
    }
  }

  /** The list's digits forwards, then backwards: both chains must agree. */
  private static String shape(Fixture list) {
    StringBuilder text = new StringBuilder();
    for (ListHead node = list.head.first(); node != list.head; node = node.next()) {
      text.append(node.container(Item.class).digit);
    }
    StringBuilder back = new StringBuilder();
    for (ListHead node = list.head.previous(); node != list.head; node = node.previous()) {
      back.append(node.container(Item.class).digit);
    }
    assertEquals(text.toString(), back.reverse().toString());
    return text.toString();
  }

  private static void gives(String shape, Consumer<Fixture> body) {
    Programs.holds(1, 1, context -> {
      Fixture list = context.create("list", Fixture::new);
      for (int i = 1; i < list.items.length; i++) {
        int digit = i;
        list.items[i] = context.create("item", cells -> new Item(cells, digit));
        list.items[i].node.init();
      }
      context.thread("only", () -> {
        body.accept(list);
        String found = shape(list);
        if (!found.equals(shape)) {
          context.machine().violation(PropertyKind.ASSERTION, "list is " + found + ", not " + shape);
        }
      });
    });
  }

  @Test
  void addingKeepsOrder() {
    gives("", list -> {});
    gives("21", list -> {
      list.head.add(list.items[1].node);
      list.head.add(list.items[2].node);
    });
    gives("12", list -> {
      list.head.addTail(list.items[1].node);
      list.head.addTail(list.items[2].node);
    });
    gives("312", list -> {
      list.head.addTailRcu(list.items[1].node);
      list.head.addTailRcu(list.items[2].node);
      list.head.addRcu(list.items[3].node);
    });
  }

  private static void fill(Fixture list) {
    for (int i = 1; i < list.items.length; i++) {
      list.head.addTail(list.items[i].node);
    }
  }

  @Test
  void deletingTakesOut() {
    gives("13", list -> {
      fill(list);
      list.items[2].node.delete();
    });
    gives("23", list -> {
      fill(list);
      list.items[1].node.deleteInit();
      list.items[1].node.deleteInit();
    });
    gives("12", list -> {
      fill(list);
      list.items[3].node.deleteInitCareful();
    });
    gives("13", list -> {
      fill(list);
      list.items[2].node.deleteRcu();
    });
    gives("132", list -> {
      fill(list);
      list.head.moveTail(list.items[2].node);
    });
    gives("23", list -> {
      list.head.addTail(list.items[1].node);
      list.head.addTail(list.items[3].node);
      list.items[1].node.replaceRcu(list.items[2].node);
    });
  }

  @Test
  void emptinessIsThatOfTheNode() {
    Programs.always(1, 1, "[101011]", context -> {
      Fixture list = context.create("list", Fixture::new);
      Item item = context.create("item", cells -> new Item(cells, 1));
      item.node.init();
      dev.regardless.scenario.ScenarioContext.Register bits = context.register("bits");
      context.thread("only", () -> {
        long seen = digit(0, list.head.isEmpty());
        list.head.add(item.node);
        seen = digit(seen, list.head.isEmpty());
        seen = digit(seen, !item.node.isEmpty());
        seen = digit(seen, item.node.isEmptyCareful());
        item.node.deleteInitCareful();
        seen = digit(seen, item.node.isEmptyCareful());
        bits.set(digit(seen, list.head.isEmptyCareful()));
      });
    });
  }

  private static long digit(long number, boolean one) {
    return number * 10 + (one ? 1 : 0);
  }

  @Test
  void deletingTwiceFaults() {
    assertNotNull(Programs.violation("sc", 1, 1, context -> {
      Fixture list = context.create("list", Fixture::new);
      Item item = context.create("item", cells -> new Item(cells, 1));
      context.thread("only", () -> {
        list.head.add(item.node);
        item.node.delete();
        item.node.delete();
      });
    }));
  }
}
