package dev.regardless.checker;

import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** What a worker counted. */
final class Totals {

  /** Outcomes in numeric order. */
  static final Comparator<List<Long>> ORDER = (a, b) -> {
    for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
      int order = Long.compare(a.get(i), b.get(i));
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(a.size(), b.size());
  };

  long executions;
  long blocked;
  long cut;
  long violations;
  final SortedMap<List<Long>, Long> outcomes = new TreeMap<>(ORDER);

  void add(Totals other) {
    executions += other.executions;
    blocked += other.blocked;
    cut += other.cut;
    violations += other.violations;
    other.outcomes.forEach((outcome, count) -> outcomes.merge(outcome, count, Long::sum));
  }

  void clear() {
    executions = 0;
    blocked = 0;
    cut = 0;
    violations = 0;
    outcomes.clear();
  }

  /** All executions met, violating ones too. */
  long all() {
    return executions + blocked + cut + violations;
  }
}
