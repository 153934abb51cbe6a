package dev.regardless.arch.x86;

import dev.regardless.execution.Axiom;
import dev.regardless.execution.Execution;
import dev.regardless.execution.ExecutionGraph;
import dev.regardless.execution.MemoryModel;
import dev.regardless.execution.Relation;
import dev.regardless.execution.Signature;
import dev.regardless.machine.Access;
import java.util.List;

/**
 * x86-TSO (Sewell et al., CACM 2010; herd's x86tso-mixed.cat): within a thread everything stays in order but a write
 * followed by a read, unless a full fence is in between or one of them is half of a locked instruction. SFENCE and LFENCE
 * order nothing more.
 */
final class TotalStoreOrder implements MemoryModel {

  private final int fullFences;
  private final List<Axiom> axioms;

  /** {@code fullFences}: the set of fence numbers that order a write with a later read. */
  TotalStoreOrder(int fullFences) {
    this.fullFences = fullFences;
    this.axioms = List.of(Axiom.INTERNAL, Axiom.ATOMIC,
        new Axiom("external", x -> globalOrder(x).isAcyclic()));
  }

  @Override
  public String name() {
    return "tso";
  }

  // Walks back until everything older is ordered before the event through one that was met.
  @Override
  public void orderLocally(ExecutionGraph graph, int event) {
    int signature = graph.signature(event);
    boolean write = Signature.isWrite(signature);
    // Whether an older write is ordered too.
    boolean all = write || Signature.hasAccess(signature, Access.LOCKED);
    boolean readMet = false;
    int thread = graph.thread(event);
    for (int later = event, at = graph.previous(event); at >= 0; later = at, at = graph.previous(at)) {
      int older = graph.signature(at);
      int kind = Signature.kind(older);
      all |= (Signature.fences(graph.signature(later)) & fullFences) != 0;
      if (kind == Signature.SPAWN) {
        if (graph.thread(at) != thread) {
          graph.order(at, event);
          return;
        }
      } else if (kind == Signature.GRACE_PERIOD) {
        graph.order(at, event);
        return;
      } else if (kind == Signature.WRITE) {
        if (all || Signature.hasAccess(older, Access.LOCKED)) {
          graph.order(at, event);
          return;
        }
      } else if (!readMet) {
        graph.order(at, event);
        readMet = true;
        if (!all || Signature.hasAccess(older, Access.LOCKED)) {
          return;
        }
      }
    }
  }

  @Override
  public String whyStale() {
    return "the newer write waits in a store buffer, or the read was done before it";
  }

  @Override
  public boolean internalReadsFromOrders() {
    return false;
  }

  @Override
  public List<Axiom> axioms() {
    return axioms;
  }

  @Override
  public Relation globalOrder(Execution x) {
    Relation po = x.po();
    Relation reads = x.reads();
    Relation writes = x.writes();
    Relation accesses = reads.or(writes);
    Relation locked = x.having(Access.LOCKED);
    // A spawn is no access: it orders what is before it with its child, by x.spawning(), and nothing within its thread.
    Relation local = accesses.then(po).then(accesses).minus(writes.then(po).then(reads))
        .or(writes.then(x.fenced(fullFences)).then(reads))
        .or(writes.then(locked).then(po).then(reads))
        .or(writes.then(po).then(reads).then(locked))
        .or(x.spawning());
    return local.or(x.external().and(x.rf().or(x.fr()).or(x.co())));
  }
}
