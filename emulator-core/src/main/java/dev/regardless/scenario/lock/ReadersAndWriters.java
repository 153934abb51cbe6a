package dev.regardless.scenario.lock;

import dev.regardless.kernel.Kernel;
import dev.regardless.machine.PropertyKind;
import dev.regardless.memory.CellFactory;
import dev.regardless.memory.KernelObject;
import dev.regardless.memory.LongCell;
import dev.regardless.scenario.Parameters;
import dev.regardless.scenario.Scenario;
import dev.regardless.scenario.ScenarioContext;
import java.util.SortedMap;

/** Writers that increment two plain cells together, readers that must see them equal. */
abstract class ReadersAndWriters implements Scenario {

  /** Two numbers that are equal whenever nobody writes. */
  static final class Pair extends KernelObject {
    final LongCell left;
    final LongCell right;

    Pair(CellFactory cells) {
      super(cells);
      left = new LongCell(cells, "left");
      right = new LongCell(cells, "right");
    }
  }

  /** What guards the pair. */
  interface Guard {

    /** Adds 1 to both. */
    void write(Pair pair);

    /** The difference between the two, as read in one section. */
    long readDifference(Pair pair);
  }

  /** The names of the guard's mutants. */
  abstract String[] mutants();

  abstract Guard makeGuard(Kernel kernel, String mutant);

  @Override
  public final SortedMap<String, String> parameters() {
    return Parameters.of("readers", "1", "writers", "2", "rounds", "1", "mutant", "none");
  }

  @Override
  public final void setUp(ScenarioContext context) {
    int readers = Parameters.number(context, "readers", 0, 32);
    int writers = Parameters.number(context, "writers", 0, 32);
    int rounds = Parameters.number(context, "rounds", 1, 1_000_000);
    String mutant = Parameters.mutant(context, mutants());
    Kernel kernel = new Kernel(context.machine());
    Guard guard = makeGuard(kernel, mutant);
    Pair pair = context.create("pair", Pair::new);
    for (int i = 0; i < writers; i++) {
      context.thread("writer" + i, () -> {
        for (int round = 0; round < rounds; round++) {
          guard.write(pair);
        }
      });
    }
    for (int i = 0; i < readers; i++) {
      context.thread("reader" + i, () -> {
        for (int round = 0; round < rounds; round++) {
          if (guard.readDifference(pair) != 0) {
            context.machine().violation(PropertyKind.INVARIANT, "a reader saw half an update");
          }
        }
      });
    }
    context.atEnd(() -> {
      if (pair.left.read() != (long) writers * rounds || pair.right.read() != (long) writers * rounds) {
        context.machine().violation(PropertyKind.INVARIANT, "an update was lost");
      }
    });
  }
}
