package dev.regardless.arch.arm64.axiomatic;

import dev.regardless.axiomatic.CandidateExecution;
import dev.regardless.axiomatic.LiteralModel;
import dev.regardless.axiomatic.Relation;
import dev.regardless.isa.Annotation;
import dev.regardless.isa.FenceKind;
import java.util.BitSet;

/**
 * Armv8 as published (DDI 0487 B2.3, {@code aarch64.cat}), for explicit accesses to normal memory of one size. The parts
 * bear the names that the architecture gives them.
 */
public final class LiteralArmv8 implements LiteralModel {
  @Override
  public String name() {
    return "armv8";
  }

  @Override
  public boolean allows(CandidateExecution execution) {
    return new Axioms(execution).hold();
  }

  private static final class Axioms {
    private final CandidateExecution execution;
    private final BitSet r;
    private final BitSet w;
    private final BitSet m;
    private final BitSet acquire;
    private final BitSet acquireAny;
    private final BitSet release;
    private final Relation po;
    private final Relation poLoc;
    private final Relation rmw;
    private final Relation ext;
    private final Relation internal;
    private final Relation lmrs;
    private final Relation co;
    private final Relation fr;
    private final Relation sca;

    Axioms(CandidateExecution execution) {
      this.execution = execution;
      r = execution.reads();
      w = execution.writes();
      m = execution.accesses();
      acquire = and(execution.annotated(Annotation.ACQUIRE), r);
      acquireAny = and(execution.annotated(Annotation.ACQUIRE | Annotation.ACQUIRE_PC), r);
      release = and(execution.annotated(Annotation.RELEASE), w);
      po = execution.programOrder();
      poLoc = po.and(execution.sameLocation());
      rmw = execution.atomicPairs();
      ext = execution.external();
      internal = execution.internal();
      lmrs = poLoc.minus(poLoc.into(w).then(poLoc)).from(w).into(r);
      co = execution.coherence();
      fr = execution.fromReads();
      sca = execution.united();
    }

    private static BitSet and(BitSet left, BitSet right) {
      BitSet result = (BitSet) left.clone();
      result.and(right);
      return result;
    }

    boolean hold() {
      return internalVisibility() && atomic() && externalVisibility();
    }

    private boolean internalVisibility() {
      Relation after = co.or(fr).and(internal);
      Relation rfi = execution.readsFrom().and(internal);
      return poLoc.or(rmw).from(r).into(w).then(rfi).isIrreflexive()
          && poLoc.from(w).into(w).then(after.from(w)).isIrreflexive()
          && poLoc.from(w).into(r).then(after.from(r)).isIrreflexive();
    }

    private boolean atomic() {
      Relation interrupted = rmw.and(fr.then(co));
      Relation byOwnWrite = rmw.and(fr.and(internal).into(w).then(co.and(internal)));
      return interrupted.minus(byOwnWrite).isEmpty();
    }

    private boolean externalVisibility() {
      Relation after = co.or(fr).and(ext);
      Relation together = sca.optional();
      Relation observed = execution.readsFrom().and(ext).or(after).then(together);
      Relation hazards = poLoc.from(r).into(r).then(together.into(r)).then(after.from(r).into(w))
          .then(together.into(w));
      return localHardware().or(hazards, observed).isAcyclic();
    }

    private Relation localHardware() {
      Relation lmws = poLoc.from(m).into(w);
      Relation lob = lmws.or(lmws.then(sca), execution.instructionOrder(), dob(), pob(), aob(), bob(), dsb(), ifb())
          .closure();
      Relation pick = execution.pickBasic().or(execution.pickAddress(), execution.pickData(), execution.pickControl())
          .minus(execution.sameInstruction());
      return lob.or(pick.then(lob).into(w));
    }

    private Relation dob() {
      Relation addr = execution.address();
      Relation data = execution.data();
      return addr.or(data, execution.control().into(w), addr.into(m).then(po.into(w)), addr.into(m).then(lmrs),
          data.into(m).then(lmrs));
    }

    private Relation pob() {
      Relation pickAddress = execution.pickAddress();
      return pickAddress.into(w).or(execution.pickData(), execution.pickControl().into(w),
          pickAddress.into(m).then(po.into(w)));
    }

    private Relation aob() {
      return rmw.or(rmw.then(lmrs).into(acquireAny));
    }

    private Relation bob() {
      BitSet counted = (BitSet) r.clone();
      counted.andNot(execution.annotated(Annotation.NO_RETURN));
      BitSet both = execution.singleInstructionPairs().from(acquire).into(release).range();
      return across(m, execution.fences(FenceKind.FULL), m).or(across(counted, execution.fences(FenceKind.LOAD), m),
          across(w, execution.fences(FenceKind.STORE), w), po.from(both).into(m), po.from(release).into(acquire),
          po.from(acquireAny).into(m), po.from(m).into(release));
    }

    private Relation dsb() {
      BitSet counted = (BitSet) r.clone();
      counted.andNot(execution.annotated(Annotation.NO_RETURN));
      BitSet all = new BitSet();
      all.set(0, execution.count());
      return across(m, execution.fences(FenceKind.COMPLETION_FULL), all).or(
          across(counted, execution.fences(FenceKind.COMPLETION_LOAD), all),
          across(w, execution.fences(FenceKind.COMPLETION_STORE), all));
    }

    private Relation ifb() {
      BitSet isb = execution.fences(FenceKind.INSTRUCTION);
      Relation addr = execution.address().or(execution.pickAddress()).into(m).then(po).into(isb);
      Relation control = execution.control().or(execution.pickControl()).into(isb);
      return addr.or(control, dsb().into(isb)).then(po);
    }

    private Relation across(BitSet before, BitSet fences, BitSet after) {
      return po.from(before).into(fences).then(po.into(after));
    }
  }
}
