package dev.regardless.checker;

import dev.regardless.execution.ExecutionGraph;
import java.util.SplittableRandom;

/** Takes one alternative in place of all, and multiplies up how many there were. */
final class RandomChoices extends Choices {

  private final SplittableRandom random;
  private final Revisits revisits;
  private double weight;
  private boolean counting;

  RandomChoices(long seed, Revisits revisits) {
    this.revisits = revisits;
    random = new SplittableRandom(seed);
  }

  /** Starts at the root again. */
  void restart() {
    weight = 1;
  }

  /** Product of the numbers of alternatives since the root. */
  double weight() {
    return weight;
  }

  /** One of {@code count} alternatives, all alike; {@code count} must be positive. */
  int pick(int count) {
    weight *= count;
    return count == 1 ? 0 : random.nextInt(count);
  }

  @Override
  boolean read(ExecutionGraph graph, int read, int write) {
    if (counting) {
      return super.read(graph, read, write);
    }
    counting = true;
    int count = 0;
    for (boolean more = super.read(graph, read, write); more; more = nextRead(graph, read)) {
      count += revisits.isDeadEnd(graph, read) ? 0 : 1;
    }
    boolean found = count > 0 && super.read(graph, read, write);
    if (found) {
      int left = pick(count);
      while (revisits.isDeadEnd(graph, read) || left-- > 0) {
        nextRead(graph, read);
      }
    }
    counting = false;
    return found;
  }
}
