package dev.regardless.arch.arm64;

import dev.regardless.execution.Axiom;
import dev.regardless.execution.Event;
import dev.regardless.execution.Execution;
import dev.regardless.execution.ExecutionGraph;
import dev.regardless.execution.MemoryModel;
import dev.regardless.execution.Relation;
import dev.regardless.execution.Signature;
import dev.regardless.machine.Access;
import java.util.List;

/**
 * Armv8, user mode, multi-copy atomic (Arm ARM DDI 0487, B2.3; Pulte et al., POPL 2018; herd's aarch64.cat), for kernel
 * code in Java, which has no visible registers: every write is after all earlier reads of its thread, as if by control
 * dependency; an access through a reference that was read is address-dependent on that read. Hence no load buffering;
 * everything else that the architecture allows. The hazard pairs of aarch64.cat add nothing here: with accesses of one
 * size they are contained in from-read.
 */
final class Armv8 implements MemoryModel {

  private final int full;
  private final int load;
  private final int store;
  private final List<Axiom> axioms;

  /** The sets of fence numbers that order as DMB SY, as DMB LD and as DMB ST. */
  Armv8(int full, int load, int store) {
    this.full = full;
    this.load = load;
    this.store = store;
    this.axioms = List.of(Axiom.INTERNAL, Axiom.ATOMIC, Axiom.NO_THIN_AIR,
        new Axiom("external", x -> globalOrder(x).isAcyclic()));
  }

  @Override
  public String name() {
    return "armv8";
  }

  @Override
  public String whyStale() {
    return "no dependency or barrier keeps the read from being done early";
  }

  @Override
  public boolean internalReadsFromOrders() {
    return false;
  }

  @Override
  public List<Axiom> axioms() {
    return axioms;
  }

  // ---- incremental form -------------------------------------------------------------------------------------------------

  @Override
  public void orderLocally(ExecutionGraph graph, int event) {
    if (Signature.isWrite(graph.signature(event))) {
      orderWrite(graph, event);
    } else {
      orderRead(graph, event);
    }
  }

  private void orderRead(ExecutionGraph graph, int read) {
    int signature = graph.signature(read);
    boolean acquire = Signature.hasAccess(signature, Access.ACQUIRE);
    int thread = graph.thread(read);
    int dependency = graph.dependency(read);
    orderForwarded(graph, read, acquire || Signature.hasAccess(signature, Access.ACQUIRE_PC));
    int fences = 0;
    for (int later = read, at = graph.previous(read); at >= 0; later = at, at = graph.previous(at)) {
      int older = graph.signature(at);
      fences |= Signature.fences(graph.signature(later));
      if (Signature.kind(older) == Signature.SPAWN) {
        if (graph.thread(at) != thread) {
          graph.order(at, read);
          return;
        }
        continue;
      }
      if (Signature.isGracePeriod(older)) {
        graph.order(at, read);
        return;
      }
      boolean all = (fences & full) != 0;
      boolean ordered = Signature.isRead(older)
          ? all || at == dependency || readOrdersLater(older, fences)
          : all || (acquire && Signature.hasAccess(older, Access.RELEASE)) || writeOrdersLater(graph, at, older);
      if (ordered) {
        graph.order(at, read);
        if (isReleaseWrite(older)) {
          return; // everything older is ordered before a release
        }
      }
    }
  }

  // addr;rfi, and an acquire that reads from its own thread's read-modify-write.
  private static void orderForwarded(ExecutionGraph graph, int read, boolean acquire) {
    int write = graph.readsFrom(read);
    if (write < 0 || graph.thread(write) != graph.thread(read)) {
      return;
    }
    if (graph.dependency(write) >= 0) {
      graph.order(graph.dependency(write), read);
    }
    if (acquire && graph.partner(write) >= 0) {
      graph.order(write, read);
    }
  }

  private boolean readOrdersLater(int older, int fences) {
    return Signature.hasAccess(older, Access.ACQUIRE)
        || Signature.hasAccess(older, Access.ACQUIRE_PC)
        || ((fences & load) != 0 && !Signature.hasAccess(older, Access.NO_RETURN));
  }

  // range([A];amo;[L]);po
  private static boolean writeOrdersLater(ExecutionGraph graph, int write, int signature) {
    int partner = graph.partner(write);
    return partner >= 0
        && Signature.hasAccess(signature, Access.RELEASE)
        && !Signature.hasAccess(signature, Access.EXCLUSIVE)
        && Signature.hasAccess(graph.signature(partner), Access.ACQUIRE);
  }

  private static boolean isReleaseWrite(int signature) {
    return Signature.isWrite(signature) && Signature.hasAccess(signature, Access.RELEASE);
  }

  private void orderWrite(ExecutionGraph graph, int write) {
    int signature = graph.signature(write);
    boolean release = Signature.hasAccess(signature, Access.RELEASE);
    int thread = graph.thread(write);
    int location = graph.location(write);
    int fences = 0;
    for (int later = write, at = graph.previous(write); at >= 0; later = at, at = graph.previous(at)) {
      int older = graph.signature(at);
      int kind = Signature.kind(older);
      fences |= Signature.fences(graph.signature(later));
      if (kind == Signature.SPAWN) {
        if (graph.thread(at) != thread) {
          graph.order(at, write);
          return;
        }
      } else if (kind == Signature.GRACE_PERIOD) {
        graph.order(at, write);
        return;
      } else if (kind == Signature.READ || release || (fences & (full | store)) != 0
          || graph.location(at) == location || writeOrdersLater(graph, at, older)) {
        graph.order(at, write);
        if (isReleaseWrite(older)) {
          return;
        }
      }
    }
  }

  // ---- literal form -------------------------------------------------------------------------------------------------------

  @Override
  public Relation globalOrder(Execution x) {
    Relation observed = x.external().and(x.rf().or(x.fr()).or(x.co()));
    return observed.or(dependencyOrder(x)).or(atomicOrder(x)).or(barrierOrder(x)).or(coherenceOrder(x))
        .or(x.spawning());
  }

  private static Relation dependencyOrder(Execution x) {
    Relation internal = x.rf().minus(x.external());
    return x.addr().or(x.reads().then(x.po()).then(x.writes())).or(x.addr().then(internal));
  }

  private static Relation atomicOrder(Execution x) {
    Relation internal = x.rf().minus(x.external());
    Relation acquires = x.having(Access.ACQUIRE).or(x.having(Access.ACQUIRE_PC)).and(x.reads());
    Relation range = x.set(e -> x.event(e).partner() >= 0);
    return x.rmw().or(range.then(internal).then(acquires));
  }

  private static Relation coherenceOrder(Execution x) {
    Relation same = x.po().and(x.sameLocation());
    return same.then(x.writes());
  }

  private Relation barrierOrder(Execution x) {
    Relation po = x.po();
    Relation acquire = x.having(Access.ACQUIRE).and(x.reads());
    Relation acquirePc = x.having(Access.ACQUIRE_PC).and(x.reads());
    Relation release = x.having(Access.RELEASE).and(x.writes());
    Relation counted = x.set(e -> x.event(e).isRead() && !x.event(e).has(Access.NO_RETURN));
    Relation atomicBoth = x.set(e -> isAcquireReleaseAtomic(x, x.event(e)));
    return x.fenced(full)
        .or(counted.then(x.fenced(load)))
        .or(x.writes().then(x.fenced(store)).then(x.writes()))
        .or(acquire.or(acquirePc).then(po))
        .or(po.then(release))
        .or(release.then(po).then(acquire))
        .or(atomicBoth.then(po));
  }

  private static boolean isAcquireReleaseAtomic(Execution x, Event event) {
    return event.isWrite() && event.partner() >= 0 && event.has(Access.RELEASE) && !event.has(Access.EXCLUSIVE)
        && x.event(event.partner()).has(Access.ACQUIRE);
  }
}
