package dev.regardless.litmus.operational;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What one thread can do, alone, in a given memory. Equal final registers are kept once. */
final class ThreadResult {
  /** A write that the thread can promise. */
  record Promise(int cell, long value) {}

  /** Final values of the thread's observed registers. */
  record Registers(List<Long> values) {}

  /** The writes that it can promise next. */
  final Set<Promise> promises = new LinkedHashSet<>();
  /** How it can end without any further write. */
  final Set<Registers> finals = new LinkedHashSet<>();
  /** Whether it can make all the writes that it has promised. */
  boolean certified;
  /** Whether it can, without any further write, come to an access to no cell. */
  boolean wild;
  /** Equal for results with equal {@link #finals}. */
  int finalsNumber;
}
