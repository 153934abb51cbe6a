package dev.regardless.emulation;

import dev.regardless.machine.CostModel;
import dev.regardless.memory.Memory;
import java.util.Arrays;

/**
 * Virtual time: one cycle counter per CPU, advanced by an architecture's {@link CostModel}. Cache lines carry time between
 * CPUs: who misses on a line cannot see it earlier than its last write, so an effect is never observed before its cause.
 */
final class VirtualClock {

  private final CostModel costs;
  private final Memory memory;
  private final int[] fenceCosts;
  private final long[] cycles;
  private long[] holders = new long[64];
  private long[] written = new long[64];
  private long misses;

  VirtualClock(CostModel costs, Memory memory, int cpus) {
    this.costs = costs;
    this.memory = memory;
    this.fenceCosts = costs.fences().stream().mapToInt(Integer::intValue).toArray();
    this.cycles = new long[cpus];
  }

  void reset() {
    Arrays.fill(cycles, 0);
    Arrays.fill(holders, 0);
    Arrays.fill(written, 0);
    misses = 0;
    ensureLines();
  }

  void ensureLines() {
    int lines = memory.lines();
    if (lines > holders.length) {
      int size = Math.max(lines, holders.length * 2);
      holders = Arrays.copyOf(holders, size);
      written = Arrays.copyOf(written, size);
    }
  }

  void load(int cpu, int location) {
    int line = memory.lineOf(location);
    long bit = 1L << cpu;
    if ((holders[line] & bit) != 0) {
      cycles[cpu] += costs.loadHit();
    } else {
      misses++;
      holders[line] |= bit;
      cycles[cpu] = Math.max(cycles[cpu], written[line]) + costs.loadMiss();
    }
  }

  void store(int cpu, int location) {
    write(cpu, location, 0);
  }

  void atomic(int cpu, int location) {
    write(cpu, location, costs.atomic());
  }

  private void write(int cpu, int location, int extra) {
    int line = memory.lineOf(location);
    long bit = 1L << cpu;
    long now = cycles[cpu];
    if (holders[line] == bit) {
      now += costs.storeHit() + extra;
    } else {
      misses++;
      holders[line] = bit;
      now = Math.max(now, written[line]) + costs.storeMiss() + extra;
    }
    cycles[cpu] = now;
    written[line] = now;
  }

  void fence(int cpu, int fence) {
    cycles[cpu] += fenceCosts[fence];
  }

  void taskSwitch(int cpu) {
    cycles[cpu] += costs.taskSwitch();
  }

  /** The CPU was idle until {@code time}. */
  void idleUntil(int cpu, long time) {
    cycles[cpu] = Math.max(cycles[cpu], time);
  }

  /** A wake-up by {@code waker} reaches {@code cpu}, which was idle. */
  void wakeIdle(int waker, int cpu) {
    cycles[cpu] = Math.max(cycles[cpu], cycles[waker] + costs.wake());
  }

  long cycles(int cpu) {
    return cycles[cpu];
  }

  /** The most advanced CPU's time: timers are due against it. */
  long latest() {
    long latest = 0;
    for (long each : cycles) {
      latest = Math.max(latest, each);
    }
    return latest;
  }

  long misses() {
    return misses;
  }
}
