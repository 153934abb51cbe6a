package dev.regardless.arch.x86.axiomatic;

import dev.regardless.axiomatic.CandidateExecution;
import dev.regardless.axiomatic.LiteralModel;
import dev.regardless.axiomatic.Relation;
import dev.regardless.isa.Annotation;
import dev.regardless.isa.FenceKind;
import java.util.BitSet;

/** x86-TSO as published: three requirements, in the terms of {@code x86tso-mixed.cat}. */
public final class LiteralTso implements LiteralModel {
  private final String name;
  private final boolean anyFence;

  /** The model that herd uses. */
  public LiteralTso() {
    this("x86-tso", true);
  }

  /** @param anyFence whether every fence is an event of the order, or MFENCE alone orders a write before a read */
  LiteralTso(String name, boolean anyFence) {
    this.name = name;
    this.anyFence = anyFence;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public boolean allows(CandidateExecution execution) {
    Relation program = execution.programOrder();
    Relation coherence = execution.coherence();
    Relation fromReads = execution.fromReads();
    Relation after = fromReads.or(coherence);
    Relation external = execution.external();
    Relation pairs = execution.atomicPairs();
    Relation sameCell = program.and(execution.sameLocation());
    boolean internal = sameCell.or(pairs, after, execution.readsFrom()).isAcyclic();
    boolean atomic = pairs.and(fromReads.and(external).then(coherence.and(external))).isEmpty();
    Relation observed = execution.readsFrom().and(external).or(after.and(external));
    return internal && atomic && observed.or(local(execution, program)).isAcyclic();
  }

  /** With {@code anyFence} fences are events too, so that any of them orders a write before a read by transitivity. */
  private Relation local(CandidateExecution execution, Relation program) {
    BitSet reads = execution.reads();
    BitSet writes = execution.writes();
    BitSet lockedReads = execution.annotated(Annotation.ATOMIC);
    BitSet lockedWrites = (BitSet) lockedReads.clone();
    lockedReads.and(reads);
    lockedWrites.and(writes);
    Relation writeToRead = program.from(writes).into(reads);
    BitSet fences = execution.fences(FenceKind.FULL);
    Relation fenced = program.from(writes).into(fences).then(program.into(reads));
    BitSet accesses = (BitSet) reads.clone();
    accesses.or(writes);
    Relation ordered = anyFence ? program : program.from(accesses).into(accesses);
    return ordered.minus(writeToRead).or(fenced, writeToRead.into(lockedReads), writeToRead.from(lockedWrites));
  }
}
