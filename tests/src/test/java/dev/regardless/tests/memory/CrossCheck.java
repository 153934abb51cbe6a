package dev.regardless.tests.memory;

import dev.regardless.machine.Architecture;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** One program on one architecture, both ways. */
record CrossCheck(Program program, Architecture architecture, Set<List<Long>> allowed, Set<List<Long>> seen,
    long executions) {

  static CrossCheck of(Program program, Architecture architecture) {
    Operational operational = new Operational(program, architecture);
    Set<List<Long>> seen = operational.outcomes();
    Set<List<Long>> allowed = new Axiomatic(program, Axioms.of(architecture.name())).outcomes();
    return new CrossCheck(program, architecture, allowed, seen, operational.executions());
  }

  boolean agrees() {
    return allowed.equals(seen);
  }

  /** What differs, for a failure's message; outcomes are the values read, thread by thread, then the final ones. */
  String difference() {
    Set<List<Long>> missing = new HashSet<>(allowed);
    missing.removeAll(seen);
    Set<List<Long>> extra = new HashSet<>(seen);
    extra.removeAll(allowed);
    return "%s: %s: allowed but never seen %s; seen but not allowed %s"
        .formatted(architecture.name(), program, missing, extra);
  }
}
