package dev.regardless.emulation;

import dev.regardless.machine.PropertyKind;
import java.util.List;
import java.util.Set;

/**
 * How a machine is emulated.
 *
 * @param cpus number of emulated CPUs, 1 to 64
 * @param threads upper bound of emulated threads alive at once, spawned ones included
 * @param primitives the architecture's variant of primitive mapping; empty for its default
 * @param weakened kernel primitives to break on purpose ({@link dev.regardless.machine.WeakenedPrimitives})
 * @param storeBufferEntries capacity of a store buffer
 * @param historyEntries writes kept per location
 * @param drainBias chance in millionths that an enabled internal transition is taken at a decision
 * @param preemption chance in millionths at a decision that the CPU switches to another runnable task
 * @param quarantine freed objects kept poisoned, per cache, before one is reused
 * @param faults injected faults
 * @param properties properties that stop the run when violated; others are ignored
 * @param maximumAccesses the run ends, incomplete, after about so many accesses; 0 for no limit
 * @param quietAccesses after so many accesses without a tracepoint the run counts as hung; 0 for never
 */
public record EmulatorSettings(
    int cpus,
    int threads,
    String primitives,
    List<String> weakened,
    int storeBufferEntries,
    int historyEntries,
    int drainBias,
    int preemption,
    int quarantine,
    FaultSettings faults,
    Set<PropertyKind> properties,
    long maximumAccesses,
    long quietAccesses) {

  public EmulatorSettings {
    weakened = List.copyOf(weakened);
    properties = Set.copyOf(properties);
    if (cpus < 1 || cpus > 64) {
      throw new IllegalArgumentException("cpus: expected 1 to 64, got " + cpus);
    }
  }

  /** The same with other faults. */
  public EmulatorSettings withFaults(FaultSettings others) {
    return new EmulatorSettings(
        cpus, threads, primitives, weakened, storeBufferEntries, historyEntries, drainBias, preemption, quarantine,
        others,
        properties, maximumAccesses, quietAccesses);
  }

  /** A plain machine: default mapping, no faults, all properties but data races watched. */
  public static EmulatorSettings of(int cpus) {
    Set<PropertyKind> all = java.util.EnumSet.allOf(PropertyKind.class);
    all.remove(PropertyKind.DATA_RACE);
    return new EmulatorSettings(
        cpus, Math.max(64, 4 * cpus), "", List.of(), 16, 16, 300_000, 50_000, 64, FaultSettings.NONE, all, 0, 0);
  }
}
