package dev.regardless.emulation;

/**
 * The faults of one machine that are not the dispatcher's: each is a choice where it may happen, and none where its chance
 * is 0.
 */
final class InjectedFaults {

  private final FaultSettings settings;
  private final Chooser chooser;
  private final Counters counters;
  private long allocations;

  InjectedFaults(FaultSettings settings, Chooser chooser, Counters counters) {
    this.settings = settings;
    this.chooser = chooser;
    this.counters = counters;
  }

  /** A run begins. */
  void reset() {
    allocations = 0;
  }

  /** Whether a store-exclusive fails although its reservation holds. */
  boolean storeExclusiveFails() {
    return happens(settings.spuriousStoreExclusive());
  }

  /** Cycles by which a work item starts late. */
  long workDelay() {
    return happens(settings.slowWork()) ? 1L + chooser.choose(settings.workDelay()) : 0;
  }

  /** Whether an allocation that may fail does. */
  boolean allocationFails() {
    allocations++;
    if (allocations == settings.failNth()) {
      counters.faultsInjected++;
      return true;
    }
    return happens(settings.failslab());
  }

  private boolean happens(int chance) {
    if (chance == 0 || !chooser.chance(chance)) {
      return false;
    }
    counters.faultsInjected++;
    return true;
  }
}
