package dev.regardless.scenario.structure;

import dev.regardless.kernel.Kernel;
import dev.regardless.machine.Machine;
import dev.regardless.machine.PropertyKind;
import dev.regardless.scenario.Parameters;
import dev.regardless.scenario.Scenario;
import dev.regardless.scenario.ScenarioContext;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** Threads that put distinct items into a structure and threads that take some out: nothing lost, nothing twice. */
abstract class PutAndTake implements Scenario {

  /** The structure under test. */
  interface Structure {
    void put(Item item);

    /** An item, or null if the structure seems empty. */
    @Nullable
    Item take();
  }

  /** The names of the structure's mutants. */
  abstract String[] mutants();

  /** Makes the structure; {@code spare} is an item of no value, for structures that need one. */
  abstract Structure makeStructure(Kernel kernel, Item spare, String mutant);

  @Override
  public final SortedMap<String, String> parameters() {
    return Parameters.of("putters", "1", "takers", "2", "items", "2", "mutant", "none");
  }

  @Override
  public final void setUp(ScenarioContext context) {
    int putters = Parameters.number(context, "putters", 0, 32);
    int takers = Parameters.number(context, "takers", 0, 32);
    int each = Parameters.number(context, "items", 1, 1_000);
    String mutant = Parameters.mutant(context, mutants());
    Machine machine = context.machine();
    Structure structure = makeStructure(new Kernel(machine), context.create("spare", Item::new), mutant);
    Item[] items = new Item[putters * each];
    for (int i = 0; i < items.length; i++) {
      items[i] = context.create("item", Item::new);
    }
    for (int i = 0; i < putters; i++) {
      int first = i * each;
      context.thread("putter" + i, () -> {
        for (int k = 0; k < each; k++) {
          items[first + k].fill();
          structure.put(items[first + k]);
        }
      });
    }
    for (int i = 0; i < takers; i++) {
      context.thread("taker" + i, () -> takeOne(machine, structure));
    }
    context.atEnd(() -> drain(machine, structure, items));
  }

  private static boolean takeOne(Machine machine, Structure structure) {
    Item item = structure.take();
    if (item == null) {
      return false;
    }
    item.take(machine);
    return true;
  }

  private static void drain(Machine machine, Structure structure, Item[] items) {
    boolean more = takeOne(machine, structure);
    while (more) {
      more = takeOne(machine, structure);
    }
    for (Item item : items) {
      if (!item.isTaken()) {
        machine.violation(PropertyKind.INVARIANT, item.name() + " was lost");
      }
    }
  }
}
