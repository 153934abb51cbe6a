package dev.regardless.aio.workload;

import dev.regardless.scenario.ScenarioObserver;
import java.util.Arrays;

/**
 * Durations counted in buckets of 1/64 of their size or finer: exact up to 127 cycles, within 1.6 % above. A bucket is
 * reported by its lower bound.
 */
final class CycleHistogram {

  private static final int SUB_BITS = 6;
  private static final int SUB = 1 << SUB_BITS;

  private final long[] counts = new long[(Long.SIZE - SUB_BITS) * SUB];

  void add(long cycles) {
    counts[bucket(cycles)]++;
  }

  void clear() {
    Arrays.fill(counts, 0);
  }

  static int bucket(long cycles) {
    int shift = Math.max(0, Long.SIZE - 1 - SUB_BITS - Long.numberOfLeadingZeros(cycles | 1));
    return (shift << SUB_BITS) + (int) (cycles >>> shift);
  }

  static long lowerBound(int bucket) {
    int shift = Math.max(0, (bucket >> SUB_BITS) - 1);
    return (long) (bucket - (shift << SUB_BITS)) << shift;
  }

  void report(String name, ScenarioObserver.Report report) {
    int used = 0;
    for (long count : counts) {
      used += count != 0 ? 1 : 0;
    }
    long[] durations = new long[used];
    long[] occurrences = new long[used];
    int next = 0;
    for (int bucket = 0; bucket < counts.length; bucket++) {
      if (counts[bucket] != 0) {
        durations[next] = lowerBound(bucket);
        occurrences[next++] = counts[bucket];
      }
    }
    report.durations(name, durations, occurrences);
  }
}
