package dev.regardless.machine;

import java.util.List;

/**
 * What events cost in emulated cycles. Orientation figures, not a pipeline model: they make runs comparable with one
 * another, not with a stopwatch.
 *
 * @param loadHit load of a line that this CPU has
 * @param loadMiss load of a line that another CPU wrote last
 * @param storeHit store to a line that this CPU owns
 * @param storeMiss store to a line that others hold
 * @param atomic extra cost of an atomic read-modify-write
 * @param fences cost of each fence number
 * @param taskSwitch a switch between tasks on one CPU
 * @param wake from wake-up to running on an idle CPU
 * @param source where the figures come from
 */
public record CostModel(
    int loadHit,
    int loadMiss,
    int storeHit,
    int storeMiss,
    int atomic,
    List<Integer> fences,
    int taskSwitch,
    int wake,
    String source) {

  public CostModel {
    fences = List.copyOf(fences);
  }
}
