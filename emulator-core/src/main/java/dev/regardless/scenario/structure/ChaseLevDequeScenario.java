package dev.regardless.scenario.structure;

import dev.regardless.kernel.AtomicCell;
import dev.regardless.kernel.Kernel;
import dev.regardless.kernel.SmpBarriers;
import dev.regardless.machine.Machine;
import dev.regardless.machine.Ordering;
import dev.regardless.machine.PropertyKind;
import dev.regardless.memory.CellFactory;
import dev.regardless.memory.KernelObject;
import dev.regardless.memory.RefCell;
import dev.regardless.scenario.Parameters;
import dev.regardless.scenario.Scenario;
import dev.regardless.scenario.ScenarioContext;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * The work-stealing deque of Chase and Lev (SPAA 2005) in the weak-memory form of Le, Pop, Cohen and Zappa Nardelli (PPoPP
 * 2013), with an array that never grows: the owner pushes and takes at the bottom, thieves
 * steal at the top. {@code stocked} items are inside from the start, the owner pushes {@code items} more.
 */
public final class ChaseLevDequeScenario implements Scenario {

  @Override
  public String name() {
    return "chase-lev-deque";
  }

  @Override
  public String description() {
    return "Chase and Lev's deque; mutants: no-take-barrier, no-push-barrier";
  }

  @Override
  public SortedMap<String, String> parameters() {
    return Parameters.of("stocked", "1", "items", "1", "takes", "1", "thieves", "2", "mutant", "none");
  }

  @Override
  public void setUp(ScenarioContext context) {
    int thieves = Parameters.number(context, "thieves", 0, 32);
    int stocked = Parameters.number(context, "stocked", 0, 1_000);
    int count = stocked + Parameters.number(context, "items", 0, 1_000);
    int takes = Parameters.number(context, "takes", 0, 1_000);
    String mutant = Parameters.mutant(context, "no-take-barrier", "no-push-barrier");
    Kernel kernel = new Kernel(context.machine());
    Deque deque = kernel.create("deque", cells -> new Deque(kernel, cells, Math.max(count, 1), mutant));
    Item[] items = new Item[count];
    for (int i = 0; i < count; i++) {
      items[i] = context.create("item", Item::new);
    }
    for (int i = 0; i < stocked; i++) {
      items[i].fill();
      deque.push(items[i]);
    }
    Machine machine = context.machine();
    context.thread("owner", () -> {
      for (int i = stocked; i < count; i++) {
        items[i].fill();
        deque.push(items[i]);
      }
      for (int i = 0; i < takes; i++) {
        use(machine, deque.take());
      }
    });
    for (int i = 0; i < thieves; i++) {
      context.thread("thief" + i, () -> use(machine, deque.steal()));
    }
    context.atEnd(() -> {
      for (int i = 0; i < count; i++) {
        use(machine, deque.take());
      }
      for (Item item : items) {
        if (!item.isTaken()) {
          machine.violation(PropertyKind.INVARIANT, item.name() + " was lost");
        }
      }
    });
  }

  private static void use(Machine machine, @Nullable Item item) {
    if (item != null) {
      item.take(machine);
    }
  }

  private static final class Slot extends KernelObject {
    private final RefCell<Item> item;

    Slot(CellFactory cells) {
      super(cells);
      item = new RefCell<>(cells, "item", Item.class);
    }
  }

  private static final class Deque extends KernelObject {
    private final SmpBarriers barriers;
    private final boolean takeBarrier;
    private final boolean pushBarrier;
    private final AtomicCell top;
    private final AtomicCell bottom;
    private final Slot[] slots;

    Deque(Kernel kernel, CellFactory cells, int size, String mutant) {
      super(cells);
      this.barriers = kernel.barriers();
      this.takeBarrier = !mutant.equals("no-take-barrier");
      this.pushBarrier = !mutant.equals("no-push-barrier");
      this.top = new AtomicCell(cells, "top");
      this.bottom = new AtomicCell(cells, "bottom");
      this.slots = new Slot[size];
      for (int i = 0; i < size; i++) {
        slots[i] = new Slot(cells.embedded(this, "slot[" + i + ']'));
      }
    }

    private RefCell<Item> slot(long index) {
      return slots[(int) (index % slots.length)].item;
    }

    void push(Item item) {
      long end = bottom.read();
      slot(end).writeOnce(item);
      if (pushBarrier) {
        barriers.wmb();
      }
      bottom.set(end + 1);
    }

    @Nullable
    Item take() {
      long last = bottom.read() - 1;
      bottom.set(last);
      if (takeBarrier) {
        barriers.mb();
      }
      long first = top.read();
      if (first > last) {
        bottom.set(last + 1);
        return null;
      }
      Item item = slot(last).readOnce();
      if (first == last) {
        // The last one: whoever moves the top has it.
        boolean won = top.tryCompareExchange(first, first + 1, Ordering.FULL);
        bottom.set(last + 1);
        return won ? item : null;
      }
      return item;
    }

    @Nullable
    Item steal() {
      long first = top.readAcquire();
      barriers.mb();
      long end = bottom.readAcquire();
      if (first >= end) {
        return null;
      }
      Item item = slot(first).readOnce();
      return top.tryCompareExchange(first, first + 1, Ordering.FULL) ? item : null;
    }
  }
}
