package dev.regardless.litmus.hardware;

import java.util.List;

/**
 * What the machine showed for one test.
 *
 * @param runs      how often the test ran
 * @param seen      the outcomes with their numbers, as lines {@code COUNT STATE}
 * @param forbidden those of them that the model does not allow
 * @param satisfied how many runs satisfied the condition's proposition
 */
public record HardwareResult(long runs, List<String> seen, List<String> forbidden, long satisfied) {
  public HardwareResult {
    seen = List.copyOf(seen);
    forbidden = List.copyOf(forbidden);
  }
}
