package dev.regardless.emulation;

/** Helpers for sets of up to 64 CPUs kept as bits. */
final class CpuSets {

  private CpuSets() {}

  /** The number of the {@code n}-th lowest bit set, from 0. */
  static int nth(long set, int n) {
    long rest = set;
    for (int i = 0; i < n; i++) {
      rest &= rest - 1;
    }
    return Long.numberOfTrailingZeros(rest);
  }
}
