package dev.regardless.scenario.structure;

import dev.regardless.kernel.Kernel;
import dev.regardless.machine.Machine;
import dev.regardless.machine.Ordering;
import dev.regardless.memory.CellFactory;
import dev.regardless.memory.KernelObject;
import dev.regardless.memory.RefCell;
import org.jspecify.annotations.Nullable;

/**
 * Treiber's stack (IBM RJ 5118, 1986): compare-and-exchange on the top. Items are put in once, so a top cannot come back
 * (no ABA).
 */
public final class TreiberStackScenario extends PutAndTake {

  @Override
  public String name() {
    return "treiber-stack";
  }

  @Override
  public String description() {
    return "Treiber's stack; mutant: relaxed-push (publication without release)";
  }

  @Override
  String[] mutants() {
    return new String[] {"relaxed-push"};
  }

  @Override
  Structure makeStructure(Kernel kernel, Item spare, String mutant) {
    Ordering push = mutant.equals("relaxed-push") ? Ordering.RELAXED : Ordering.RELEASE;
    return kernel.create("stack", cells -> new Stack(cells, push));
  }

  private static final class Stack extends KernelObject implements Structure {
    private static final int RETRY_BOUND = 4;

    private final Machine machine;
    private final Ordering push;
    private final RefCell<Item> top;

    Stack(CellFactory cells, Ordering push) {
      super(cells);
      this.machine = cells.machine();
      this.push = push;
      this.top = new RefCell<>(cells, "top", Item.class);
    }

    @Override
    public void put(Item item) {
      for (int attempt = 0;; attempt++) {
        machine.retry(attempt, RETRY_BOUND);
        Item old = top.readOnce();
        item.next().writeOnce(old);
        if (top.compareAndSet(old, item, push)) {
          return;
        }
      }
    }

    @Override
    public @Nullable Item take() {
      for (int attempt = 0;; attempt++) {
        machine.retry(attempt, RETRY_BOUND);
        Item old = top.readOnce();
        if (old == null || top.compareAndSet(old, old.next().readOnce(), Ordering.ACQUIRE)) {
          return old;
        }
      }
    }
  }
}
