package dev.regardless.tests.memory;

import static dev.regardless.machine.Access.ACQUIRE;
import static dev.regardless.machine.Access.ACQUIRE_PC;
import static dev.regardless.machine.Access.NO_RETURN;
import static dev.regardless.machine.Access.RELEASE;

import dev.regardless.arch.arm64.Arm64Architecture;

/** The memory models by their axioms, written as in MODELS and herd's cat files; slow and literal. */
enum Axioms {
  SC("sc") {
    @Override
    Relation local(Structure s) {
      return s.po;
    }

    @Override
    boolean allow(Candidate c, Relation local) {
      return c.isAtomic() && local.or(c.rf(), c.co(), c.fr()).isAcyclic();
    }
  },
  X86("x86") {
    @Override
    Relation local(Structure s) {
      Relation writeToRead = s.po.between(s::isWrite, s::isRead);
      Relation fenced = s.po.between(i -> true, i -> s.event(i).type() == 'F').then(s.po);
      Relation locked = writeToRead.between(i -> isLocked(s, i), i -> true)
          .or(writeToRead.between(i -> true, i -> isLocked(s, i)));
      return s.po.minus(writeToRead).or(fenced.and(writeToRead), locked);
    }

    private boolean isLocked(Structure s, int i) {
      return s.event(i).source().kind().reads && s.event(i).source().kind().writes;
    }

    @Override
    boolean allow(Candidate c, Relation local) {
      return c.isCoherent() && c.isAtomic() && c.observed().or(local).isAcyclic();
    }
  },
  /** In kernel mode: a write is ordered after every earlier read of its thread. */
  ARM64("arm64") {
    @Override
    Relation local(Structure s) {
      Relation writes = s.poLoc.between(i -> true, s::isWrite);
      return writes.or(dependencies(s), atomics(s), barriers(s));
    }

    @Override
    boolean allow(Candidate c, Relation local) {
      return c.isCoherent() && c.isAtomic() && c.observed().or(local, hazards(c)).isAcyclic();
    }

    /** Exp-haz-ob. */
    private Relation hazards(Candidate c) {
      Structure s = c.structure();
      return s.poLoc.between(s::isRead, s::isRead).then(c.fr().or(c.co()).and(s.external));
    }

    /** lmrs: a write and the reads of its location up to the thread's next write to it. */
    private Relation localReads(Structure s) {
      Relation intervening = s.poLoc.between(i -> true, s::isWrite).then(s.poLoc);
      return s.poLoc.minus(intervening).between(s::isWrite, s::isRead);
    }

    /** dob. */
    private Relation dependencies(Structure s) {
      Relation address = s.dependency(Instruction::address);
      Relation data = s.dependency(Instruction::data).between(i -> true, s::isWrite);
      Relation control = s.po.between(s::isRead, s::isWrite);
      return address.or(data, control, address.or(data).then(localReads(s)));
    }

    /** aob, with the read-modify-write's write before a following acquire read, as in MODELS. */
    private Relation atomics(Structure s) {
      Relation fromAtomic = localReads(s).between(i -> s.event(i).partner() >= 0, i -> isAcquire(s, i));
      return s.rmw.or(fromAtomic);
    }

    private boolean isAcquire(Structure s, int i) {
      return s.isRead(i) && (s.event(i).has(ACQUIRE) || s.event(i).has(ACQUIRE_PC));
    }

    private boolean isRelease(Structure s, int i) {
      return s.isWrite(i) && s.event(i).has(RELEASE);
    }

    /** bob. */
    private Relation barriers(Structure s) {
      Relation both = s.amo.between(i -> s.event(i).has(ACQUIRE), i -> s.event(i).has(RELEASE));
      return around(s, Arm64Architecture.DMB_ISH).or(
          around(s, Arm64Architecture.DMB_ISHLD)
              .between(i -> s.isRead(i) && !s.event(i).has(NO_RETURN), i -> true),
          around(s, Arm64Architecture.DMB_ISHST).between(s::isWrite, s::isWrite),
          s.po.between(i -> isAcquire(s, i), i -> true),
          s.po.between(i -> true, i -> isRelease(s, i)),
          s.po.between(i -> isRelease(s, i), i -> s.isRead(i) && s.event(i).has(ACQUIRE)),
          s.po.between(i -> s.isWrite(i) && s.event(i).partner() >= 0 && both.has(s.event(i).partner(), i), i -> true));
    }

    private Relation around(Structure s, int fence) {
      return s.po.between(i -> true, i -> s.event(i).fence() == fence).then(s.po);
    }
  };

  private final String architecture;

  Axioms(String architecture) {
    this.architecture = architecture;
  }

  static Axioms of(String architecture) {
    for (Axioms axioms : values()) {
      if (axioms.architecture.equals(architecture)) {
        return axioms;
      }
    }
    throw new IllegalArgumentException("no axioms for " + architecture);
  }

  /** What a thread keeps in order by itself: the part of the model that does not depend on who reads from whom. */
  abstract Relation local(Structure s);

  /** Whether the execution is one of the architecture's; {@code local} is {@link #local} of its structure. */
  abstract boolean allow(Candidate c, Relation local);
}
