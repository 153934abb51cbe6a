package dev.regardless.scenario.structure;

import dev.regardless.kernel.Kernel;
import dev.regardless.machine.Machine;
import dev.regardless.machine.Ordering;
import dev.regardless.memory.CellFactory;
import dev.regardless.memory.KernelObject;
import dev.regardless.memory.RefCell;
import org.jspecify.annotations.Nullable;

/**
 * The queue of Michael and Scott (PODC 1996), without reclamation: a dummy in front, the last node found by a tail that
 * may lag behind.
 */
public final class MichaelScottQueueScenario extends PutAndTake {

  @Override
  public String name() {
    return "michael-scott-queue";
  }

  @Override
  public String description() {
    return "Michael and Scott's queue; mutant: relaxed-link (publication without release)";
  }

  @Override
  String[] mutants() {
    return new String[] {"relaxed-link"};
  }

  @Override
  Structure makeStructure(Kernel kernel, Item spare, String mutant) {
    Ordering link = mutant.equals("relaxed-link") ? Ordering.RELAXED : Ordering.RELEASE;
    Queue queue = kernel.create("queue", cells -> new Queue(cells, link));
    queue.head.write(spare);
    queue.tail.write(spare);
    return queue;
  }

  private static final class Queue extends KernelObject implements Structure {
    private static final int RETRY_BOUND = 6;

    private final Machine machine;
    private final Ordering link;
    private final RefCell<Item> head;
    private final RefCell<Item> tail;

    Queue(CellFactory cells, Ordering link) {
      super(cells);
      this.machine = cells.machine();
      this.link = link;
      this.head = new RefCell<>(cells, "head", Item.class);
      this.tail = new RefCell<>(cells, "tail", Item.class);
    }

    @Override
    public void put(Item item) {
      item.next().writeOnce(null);
      for (int attempt = 0;; attempt++) {
        machine.retry(attempt, RETRY_BOUND);
        Item last = tail.loadAcquire();
        Item next = last.next().loadAcquire();
        if (next != null) {
          tail.compareAndSet(last, next, Ordering.RELEASE);
        } else if (last.next().compareAndSet(null, item, link)) {
          tail.compareAndSet(last, item, Ordering.RELEASE);
          return;
        }
      }
    }

    @Override
    public @Nullable Item take() {
      for (int attempt = 0;; attempt++) {
        machine.retry(attempt, RETRY_BOUND);
        Item first = head.loadAcquire();
        Item last = tail.loadAcquire();
        Item next = first.next().loadAcquire();
        if (next == null) {
          return null;
        }
        if (first.equals(last)) {
          tail.compareAndSet(last, next, Ordering.RELEASE);
        } else if (head.compareAndSet(first, next, Ordering.RELEASE)) {
          return next;
        }
      }
    }
  }
}
