package dev.regardless.litmus.engine;

import dev.regardless.isa.FenceKind;
import dev.regardless.litmus.outcome.Outcome;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One execution, as a graph can be drawn of it.
 *
 * @param outcome          where it ends
 * @param satisfies        whether the outcome satisfies the test's condition
 * @param events           by thread, then in program order; initial writes first, with thread -1
 * @param readsFrom        pairs of positions in {@code events}: a write and a read of it
 * @param coherence        pairs of writes that follow one another directly in coherence order
 * @param fromReads        pairs of a read and the first write that is coherence-after what it read
 * @param addressDependencies pairs of a read and an access whose address depends on it
 * @param dataDependencies pairs of a read and a write whose data depends on it
 * @param controlDependencies pairs of a read and the events after a branch that depends on it
 * @param atomicPairs      reads and writes of one atomic or exclusive pair
 */
public record ExecutionExample(Outcome outcome, boolean satisfies, List<Node> events, List<Edge> readsFrom,
    List<Edge> coherence, List<Edge> fromReads, List<Edge> addressDependencies, List<Edge> dataDependencies,
    List<Edge> controlDependencies, List<Edge> atomicPairs) {
  /** What an event is. */
  public enum Role {
    /** A read. */
    READ,
    /** A write. */
    WRITE,
    /** A fence. */
    FENCE
  }

  /**
   * An event.
   *
   * @param thread      position of the thread, or -1 for an initial write
   * @param instruction index in the thread, or -1
   * @param cell        number of the memory cell, or -1 for a fence
   * @param value       raw value read or written
   * @param annotations bits of {@link dev.regardless.isa.Annotation}
   * @param fence       the kind of a fence
   */
  public record Node(int thread, int instruction, Role role, int cell, long value, int annotations,
      @Nullable FenceKind fence) {}

  /** A pair of positions in the list of events. */
  public record Edge(int from, int to) {}
}
