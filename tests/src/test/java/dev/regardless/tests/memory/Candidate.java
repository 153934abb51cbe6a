package dev.regardless.tests.memory;

/**
 * One candidate execution.
 *
 * @param rf reads-from
 * @param co coherence, total per location, initial writes first
 * @param fr from-read: a read and the writes after the one it reads from
 */
record Candidate(Structure structure, Relation rf, Relation co, Relation fr) {

  Candidate(Structure structure, Relation rf, Relation co) {
    this(structure, rf, co, rf.inverse().then(co));
  }

  /** Coherence of each location: po-loc | rf | co | fr is acyclic. */
  boolean isCoherent() {
    return structure.poLoc.or(rf, co, fr).isAcyclic();
  }

  /** No foreign write comes inside a read-modify-write: rmw & (fre ; coe) is empty. */
  boolean isAtomic() {
    return structure.rmw.and(fr.and(structure.external).then(co.and(structure.external))).isEmpty();
  }

  /** obs: rfe | fre | coe. */
  Relation observed() {
    return rf.or(co, fr).and(structure.external);
  }
}
