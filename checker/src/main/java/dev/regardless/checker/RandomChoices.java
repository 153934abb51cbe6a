package dev.regardless.checker;

import dev.regardless.execution.ExecutionGraph;
import java.util.SplittableRandom;

/** Takes one alternative in place of all, and multiplies up how many there were. */
final class RandomChoices extends Choices {

  private final SplittableRandom random;
  private double weight;
  private boolean counting;

  RandomChoices(long seed) {
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
    if (!super.read(graph, read, write)) {
      return false;
    }
    if (counting) {
      return true;
    }
    counting = true;
    int count = 1;
    while (nextRead(graph, read)) {
      count++;
    }
    super.read(graph, read, write);
    for (int left = pick(count); left > 0; left--) {
      nextRead(graph, read);
    }
    counting = false;
    return true;
  }
}
