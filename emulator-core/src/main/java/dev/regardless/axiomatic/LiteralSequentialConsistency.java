package dev.regardless.axiomatic;

/** Sequential consistency: program order and communication have no cycle, and atomic pairs are not interrupted. */
public final class LiteralSequentialConsistency implements LiteralModel {
  @Override
  public String name() {
    return "sc";
  }

  @Override
  public boolean allows(CandidateExecution execution) {
    Relation coherence = execution.coherence();
    Relation fromReads = execution.fromReads();
    boolean ordered = execution.programOrder()
        .or(execution.readsFrom(), coherence, fromReads, execution.atomicPairs()).isAcyclic();
    Relation between = fromReads.and(execution.external()).then(coherence.and(execution.external()));
    return ordered && execution.atomicPairs().and(between).isEmpty();
  }
}
