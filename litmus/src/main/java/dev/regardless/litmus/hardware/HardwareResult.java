package dev.regardless.litmus.hardware;

import java.util.List;
import java.util.function.Predicate;

/**
 * What the machine showed for one test.
 *
 * @param runs    how often the test ran
 * @param seen    the outcomes, in herd's order
 * @param allowed how many outcomes the model allows
 * @param weak    how many of those sequential consistency does not allow
 */
public record HardwareResult(long runs, List<Seen> seen, int allowed, int weak) {
  public HardwareResult {
    seen = List.copyOf(seen);
  }

  /**
   * An outcome that was seen.
   *
   * @param state     as herd prints it
   * @param count     in how many runs
   * @param allowed   whether the model allows it
   * @param weak      whether sequential consistency does not allow it
   * @param satisfies whether it satisfies the condition's proposition
   */
  public record Seen(String state, long count, boolean allowed, boolean weak, boolean satisfies) {}

  /** How many different outcomes of a kind were seen. */
  public int different(Predicate<Seen> kind) {
    return (int) seen.stream().filter(kind).count();
  }

  /** In how many runs outcomes of a kind were seen. */
  public long runsWith(Predicate<Seen> kind) {
    return seen.stream().filter(kind).mapToLong(Seen::count).sum();
  }
}
