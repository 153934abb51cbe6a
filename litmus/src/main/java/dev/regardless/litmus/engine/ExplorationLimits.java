package dev.regardless.litmus.engine;

/**
 * When an exploration gives up, and what it keeps.
 *
 * @param states       executions (axiomatic) or states (operational) to visit at most
 * @param milliseconds time to spend at most; 0 for no limit
 * @param unrollings   how often one branch may jump backwards in a thread before the path is cut
 * @param examples     how many executions to keep that satisfy the condition, and how many that do not
 */
public record ExplorationLimits(long states, long milliseconds, int unrollings, int examples) {
  /** What the command line uses when nothing is asked for. */
  public static final ExplorationLimits DEFAULT = new ExplorationLimits(Long.MAX_VALUE, 0, 4, 0);
}
