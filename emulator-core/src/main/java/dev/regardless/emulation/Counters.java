package dev.regardless.emulation;

/** What one run did, counted by the machine. All fields only grow; {@code fences} is indexed by fence number. */
public final class Counters {

  long loads;
  long stores;
  long atomics;
  final long[] fences;
  long lockAcquisitions;
  long taskSwitches;
  long decisions;
  long fiberSwitches;
  long spawned;
  long preemptions;
  long internalTransitions;
  long faultsInjected;
  long retries;

  Counters(int fenceKinds) {
    this.fences = new long[fenceKinds];
  }

  /** Memory accesses: loads, stores and read-modify-writes. */
  public long accesses() {
    return loads + stores + atomics;
  }

  public long loads() {
    return loads;
  }

  public long stores() {
    return stores;
  }

  public long atomics() {
    return atomics;
  }

  public long fences(int fence) {
    return fences[fence];
  }

  public long allFences() {
    long sum = 0;
    for (long each : fences) {
      sum += each;
    }
    return sum;
  }

  public long lockAcquisitions() {
    return lockAcquisitions;
  }

  public long taskSwitches() {
    return taskSwitches;
  }

  public long decisions() {
    return decisions;
  }

  public long fiberSwitches() {
    return fiberSwitches;
  }

  public long spawned() {
    return spawned;
  }

  public long preemptions() {
    return preemptions;
  }

  public long internalTransitions() {
    return internalTransitions;
  }

  public long faultsInjected() {
    return faultsInjected;
  }

  public long retries() {
    return retries;
  }

  void reset() {
    loads = stores = atomics = lockAcquisitions = taskSwitches = decisions = fiberSwitches = 0;
    spawned = preemptions = internalTransitions = faultsInjected = retries = 0;
    java.util.Arrays.fill(fences, 0);
  }
}
