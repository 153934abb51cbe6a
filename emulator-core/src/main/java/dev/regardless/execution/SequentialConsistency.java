package dev.regardless.execution;

import java.util.List;

/** SC: acyclic(po | rf | co | fr) (Lamport 1979; Shasha and Snir 1988 for this form). */
public final class SequentialConsistency implements MemoryModel {

  private final List<Axiom> axioms = List.of(Axiom.INTERNAL, Axiom.ATOMIC,
      new Axiom("sc", x -> globalOrder(x).isAcyclic()));

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
    return axioms;
  }

  @Override
  public Relation globalOrder(Execution x) {
    return x.po().or(x.rf()).or(x.co()).or(x.fr());
  }
}
