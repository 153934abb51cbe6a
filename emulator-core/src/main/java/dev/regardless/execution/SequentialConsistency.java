package dev.regardless.execution;

import java.util.List;

/** SC: acyclic(po | rf | co | fr) (Lamport 1979; Shasha and Snir 1988 for this form). */
public final class SequentialConsistency implements MemoryModel {

  private static final List<Axiom> AXIOMS = List.of(Axiom.INTERNAL, Axiom.ATOMIC,
      new Axiom("sc", x -> x.po().or(x.rf()).or(x.co()).or(x.fr()).isAcyclic()));

  @Override
  public String name() {
    return "sc";
  }

  @Override
  public void orderLocally(ExecutionGraph graph, int event) {
    int previous = graph.previous(event);
    if (previous >= 0) {
      graph.order(previous, event);
    }
  }

  @Override
  public String whyStale() {
    return "the order shown is one of several";
  }

  @Override
  public boolean internalReadsFromOrders() {
    return true;
  }

  @Override
  public List<Axiom> axioms() {
    return AXIOMS;
  }
}
