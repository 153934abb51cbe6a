package dev.regardless.axiomatic;

import dev.regardless.isa.Annotation;
import dev.regardless.isa.FenceKind;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.function.ToLongFunction;

/**
 * A whole execution as sets of events and relations between them, under the names of the published models. The initial
 * writes come first, one for each memory cell, then the events of each thread in program order.
 */
public final class CandidateExecution {
  private static final int INITIAL = -1;

  private final List<LocalEvents> threads;
  private final int cells;
  private final int[] threadOf;
  private final int[] localOf;
  private final int[] offsets;
  private final int count;
  private final Relation readsFrom;
  private final Relation coherence;

  /**
   * @param threads        each thread's events
   * @param cells          the number of memory cells
   * @param source         for each event the write that it reads, as positions in the execution; -1 for others
   * @param coherenceIndex for each write its position in the coherence order of its cell, initial writes having 0
   */
  public CandidateExecution(List<LocalEvents> threads, int cells, int[] source, int[] coherenceIndex) {
    this.threads = threads;
    this.cells = cells;
    offsets = new int[threads.size()];
    int events = cells;
    for (int thread = 0; thread < offsets.length; thread++) {
      offsets[thread] = events;
      events += threads.get(thread).count();
    }
    count = events;
    threadOf = new int[count];
    localOf = new int[count];
    for (int event = 0; event < cells; event++) {
      threadOf[event] = INITIAL;
      localOf[event] = event;
    }
    for (int thread = 0; thread < offsets.length; thread++) {
      for (int event = 0; event < threads.get(thread).count(); event++) {
        threadOf[offsets[thread] + event] = thread;
        localOf[offsets[thread] + event] = event;
      }
    }
    readsFrom = Relation.of(count, (from, to) -> source[to] == from);
    BitSet writes = writes();
    coherence = Relation.of(count, (from, to) -> writes.get(from) && writes.get(to) && cell(from) == cell(to)
        && coherenceIndex[from] < coherenceIndex[to]);
  }

  /** How many events there are. */
  public int count() {
    return count;
  }

  private boolean isInitial(int event) {
    return threadOf[event] == INITIAL;
  }

  private LocalEvents local(int event) {
    return threads.get(threadOf[event]);
  }

  private int cell(int event) {
    return isInitial(event) ? event : local(event).cell(localOf[event]);
  }

  private BitSet set(IntPredicate member) {
    BitSet set = new BitSet(count);
    for (int event = 0; event < count; event++) {
      set.set(event, member.test(event));
    }
    return set;
  }

  private boolean is(int event, LocalEvents.Kind kind) {
    return !isInitial(event) && local(event).kind(localOf[event]) == kind;
  }

  /** R. */
  public BitSet reads() {
    return set(event -> is(event, LocalEvents.Kind.READ));
  }

  /** W, initial writes included. */
  public BitSet writes() {
    return set(event -> isInitial(event) || is(event, LocalEvents.Kind.WRITE));
  }

  /** M. */
  public BitSet accesses() {
    BitSet set = reads();
    set.or(writes());
    return set;
  }

  /** The accesses that carry one of the bits of {@link Annotation}. */
  public BitSet annotated(int bits) {
    return set(event -> !isInitial(event) && !is(event, LocalEvents.Kind.FENCE)
        && (local(event).annotations(localOf[event]) & bits) != 0);
  }

  /** The fences of these kinds. */
  public BitSet fences(FenceKind... kinds) {
    List<FenceKind> wanted = List.of(kinds);
    return set(event -> is(event, LocalEvents.Kind.FENCE) && wanted.contains(local(event).fence(localOf[event])));
  }

  /** Same instruction: the events of one executed instruction. */
  public Relation sameInstruction() {
    return Relation.of(count, (from, to) -> from.equals(to) || (internalPair(from, to)
        && local(from).instance(localOf[from]) == local(to).instance(localOf[to])));
  }

  private boolean internalPair(int from, int to) {
    return !isInitial(from) && threadOf[from] == threadOf[to];
  }

  /** int: between events of one thread. */
  public Relation internal() {
    return Relation.of(count, this::internalPair);
  }

  /** ext: between threads, initial writes being outside all of them. */
  public Relation external() {
    return Relation.of(count, (from, to) -> !internalPair(from, to));
  }

  /** po. */
  public Relation programOrder() {
    return Relation.of(count, (from, to) -> internalPair(from, to)
        && local(from).instance(localOf[from]) < local(to).instance(localOf[to]));
  }

  /** loc: between accesses of one cell. */
  public Relation sameLocation() {
    BitSet accesses = accesses();
    return Relation.of(count,
        (from, to) -> accesses.get(from) && accesses.get(to) && cell(from) == cell(to));
  }

  /** rf. */
  public Relation readsFrom() {
    return readsFrom;
  }

  /** co. */
  public Relation coherence() {
    return coherence;
  }

  /** fr: from a read to the writes that are coherence-after what it read. */
  public Relation fromReads() {
    return readsFrom.inverse().then(coherence);
  }

  private Relation dependency(ToLongFunction<Integer> sources) {
    return Relation.of(count, (from, to) -> internalPair(from, to)
        && (sources.applyAsLong(to) >>> localOf[from] & 1) != 0);
  }

  /** addr. */
  public Relation address() {
    return dependency(event -> local(event).addressSources(localOf[event]));
  }

  /** data. */
  public Relation data() {
    return dependency(event -> local(event).dataSources(localOf[event]));
  }

  /** ctrl. */
  public Relation control() {
    return dependency(event -> local(event).controlSources(localOf[event]));
  }

  /** Address dependencies through conditional selection too. */
  public Relation pickAddress() {
    return dependency(event -> local(event).pickAddressSources(localOf[event]));
  }

  /** Data dependencies through conditional selection too. */
  public Relation pickData() {
    return dependency(event -> local(event).pickDataSources(localOf[event]));
  }

  /** Control dependencies through conditional selection too. */
  public Relation pickControl() {
    return dependency(event -> local(event).pickControlSources(localOf[event]));
  }

  /** Any dataflow from a read of an earlier instruction, through conditional selection and memory too. */
  public Relation pickBasic() {
    return dependency(event -> local(event).pickSources(localOf[event]));
  }

  /** rmw: single-instruction and exclusive pairs. */
  public Relation atomicPairs() {
    BitSet reads = reads();
    return Relation.of(count, (from, to) -> reads.get(from) && internalPair(from, to)
        && (local(from).atomicPartners(localOf[from]) >>> localOf[to] & 1) != 0);
  }

  /** amo: single-instruction pairs. */
  public Relation singleInstructionPairs() {
    return atomicPairs().and(sameInstruction());
  }

  /** Between the accesses of one single-copy atomic group. */
  public Relation united() {
    return Relation.of(count, (from, to) -> internalPair(from, to) && !is(from, LocalEvents.Kind.FENCE)
        && (local(from).united(localOf[from]) >>> localOf[to] & 1) != 0);
  }

  /** Between accesses of one instruction that the instruction itself orders. */
  public Relation instructionOrder() {
    BitSet ordered = annotated(Annotation.IN_ORDER);
    return Relation.of(count, (from, to) -> ordered.get(to) && from == to - 1);
  }

  @Override
  public String toString() {
    return "execution of " + count + " events over " + cells + " cells";
  }
}
