package dev.regardless.emulation;

/**
 * Injected faults; every rate is in millionths, 0 switches the fault off. All are legal behaviours of hardware or kernel,
 * only rarer there.
 *
 * @param delayedWake chance that a wake-up reaches its task late
 * @param wakeDelay longest delay of a wake-up, in cycles
 * @param spuriousWake chance at each scheduling decision that some sleeper is woken for nothing
 * @param spuriousStoreExclusive chance that a store-exclusive fails although its reservation holds (Arm ARM B2.9)
 * @param slowWork chance that a work item starts late
 * @param workDelay longest delay of a work item, in cycles
 * @param stall chance at each scheduling decision that a CPU stalls
 * @param stallDecisions longest stall, in scheduling decisions
 * @param failslab chance that an allocation whose caller copes with NULL fails (mm/failslab.c, with its cache-filter on the
 *     caches of such callers)
 * @param failNth number, from 1, of the only such allocation of a run that fails for certain (fail-nth of
 *     lib/fault-inject.c, for all tasks together); 0 for none
 */
public record FaultSettings(
    int delayedWake,
    int wakeDelay,
    int spuriousWake,
    int spuriousStoreExclusive,
    int slowWork,
    int workDelay,
    int stall,
    int stallDecisions,
    int failslab,
    int failNth) {

  /** No faults. */
  public static final FaultSettings NONE = new FaultSettings(0, 1, 0, 0, 0, 1, 0, 1, 0, 0);

  /** No fault but one: the allocation of that number, from 1, fails. */
  public static FaultSettings failNth(int number) {
    return new FaultSettings(0, 1, 0, 0, 0, 1, 0, 1, 0, number);
  }
}
