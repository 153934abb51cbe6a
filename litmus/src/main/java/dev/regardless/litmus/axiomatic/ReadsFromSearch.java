package dev.regardless.litmus.axiomatic;

import dev.regardless.axiomatic.LocalEvents;
import java.util.Arrays;

/**
 * Assigns a write, or the initial value, to every read of a combination in all consistent ways. Each complete
 * assignment goes to the {@link CoherenceCounter}.
 */
final class ReadsFromSearch {
  /** In place of a write: the initial value. */
  static final int INITIAL = -1;
  /** In place of a write: not assigned yet. */
  static final int UNASSIGNED = -2;

  private final CoherenceCounter counter;
  private final SearchBudget budget;
  private OrderGraph[] graphs = new OrderGraph[0];
  private final int[] source = new int[LocalEvents.LIMIT];
  private final int[] reads = new int[LocalEvents.LIMIT];
  private Combination combination;
  private long[][] values = new long[0][];
  private int[] initialFollower = new int[0];
  private int readCount;

  ReadsFromSearch(Combination first, CoherenceCounter counter, SearchBudget budget) {
    combination = first;
    this.counter = counter;
    this.budget = budget;
  }

  void search(Combination next) {
    combination = next;
    prepare();
    OrderGraph graph = graphs[0];
    graph.start(combination);
    if (programOrder(graph)) {
      assign(0, 0);
    }
  }

  private void prepare() {
    readCount = 0;
    for (int access = 0; access < combination.count; access++) {
      source[access] = UNASSIGNED;
      if ((combination.writes >>> access & 1) == 0) {
        reads[readCount++] = access;
      }
    }
    if (graphs.length <= readCount || graphs[0].count() != combination.count) {
      graphs = new OrderGraph[readCount + 1];
      for (int depth = 0; depth <= readCount; depth++) {
        graphs[depth] = new OrderGraph(combination);
      }
    }
    if (values.length != combination.paths.length) {
      values = new long[combination.paths.length][LocalEvents.LIMIT];
    }
    initialFollower = new int[combination.writesOfCell.length];
    Arrays.fill(initialFollower, -1);
  }

  /** Coherence follows program order between the writes of a cell in one thread. */
  private boolean programOrder(OrderGraph graph) {
    for (long rest = combination.writes; rest != 0; rest &= rest - 1) {
      int write = Long.numberOfTrailingZeros(rest);
      long following = combination.sameCellAfter[write] & combination.writes;
      for (; following != 0; following &= following - 1) {
        if (!graph.coherent(write, Long.numberOfTrailingZeros(following))) {
          return false;
        }
      }
    }
    return true;
  }

  private void assign(int depth, long known) {
    if (!budget.visit()) {
      return;
    }
    if (depth == readCount) {
      if (Long.bitCount(known) == readCount) {
        counter.count(combination, graphs[depth], source, values, initialFollower);
      }
      return;
    }
    int read = reads[depth];
    OrderGraph graph = graphs[depth + 1];
    int cell = combination.cells[read];
    graph.copyFrom(graphs[depth]);
    int follower = combination.follower[read];
    if (fromInitial(graph, read, cell)) {
      source[read] = INITIAL;
      int before = initialFollower[cell];
      if (follower >= 0) {
        initialFollower[cell] = follower;
      }
      goOn(depth, known);
      initialFollower[cell] = before;
    }
    long candidates = combination.writesOfCell[cell] & ~combination.sameCellAfter[read];
    for (; candidates != 0; candidates &= candidates - 1) {
      int write = Long.numberOfTrailingZeros(candidates);
      graph.copyFrom(graphs[depth]);
      if (fromWrite(graph, read, write)) {
        source[read] = write;
        goOn(depth, known);
      }
    }
    source[read] = UNASSIGNED;
  }

  private void goOn(int depth, long known) {
    long nowKnown = resolve(depth, known);
    if (nowKnown != -1) {
      assign(depth + 1, nowKnown);
    }
  }

  private boolean fromInitial(OrderGraph graph, int read, int cell) {
    if ((combination.sameCellBefore[read] & combination.writes) != 0) {
      return false;
    }
    for (long rest = combination.sameCellBefore[read]; rest != 0; rest &= rest - 1) {
      if (source[Long.numberOfTrailingZeros(rest)] >= 0) {
        return false;
      }
    }
    long writes = combination.writesOfCell[cell];
    if (!graph.joinInitial(read, writes)) {
      return false;
    }
    int follower = combination.follower[read];
    if (follower < 0) {
      return true;
    }
    if (initialFollower[cell] >= 0) {
      return false;
    }
    for (long rest = writes & ~(1L << follower); rest != 0; rest &= rest - 1) {
      if (!graph.coherent(follower, Long.numberOfTrailingZeros(rest))) {
        return false;
      }
    }
    return true;
  }

  private boolean fromWrite(OrderGraph graph, int read, int write) {
    if (!graph.join(read, write, combination.threads[read] == combination.threads[write])) {
      return false;
    }
    for (long rest = combination.sameCellBefore[read]; rest != 0; rest &= rest - 1) {
      int earlier = Long.numberOfTrailingZeros(rest);
      int from = (combination.writes >>> earlier & 1) != 0 ? earlier : source[earlier];
      if (from >= 0 && from != write && !graph.coherent(from, write)) {
        return false;
      }
    }
    for (long rest = combination.sameCellAfter[read]; rest != 0; rest &= rest - 1) {
      int later = Long.numberOfTrailingZeros(rest);
      int to = (combination.writes >>> later & 1) != 0 ? later : source[later];
      if (to == INITIAL || (to >= 0 && to != write && !graph.coherent(write, to))) {
        return false;
      }
    }
    int follower = combination.follower[read];
    return follower < 0 || graph.follow(write, follower);
  }

  /**
   * Works out the values that are known now that one more read has its write, and checks the conditions that they decide.
   *
   * @return the reads whose values are known, or -1 if a condition fails
   */
  private long resolve(int depth, long before) {
    long known = before;
    long fresh = 0;
    boolean progress = true;
    while (progress) {
      progress = false;
      for (int index = depth; index >= 0; index--) {
        int candidate = reads[index];
        long bit = 1L << candidate;
        if ((known & bit) == 0 && resolveOne(candidate, known)) {
          known |= bit;
          fresh |= bit;
          progress = true;
        }
      }
    }
    for (int condition = 0; condition < combination.conditionReads.length; condition++) {
      long needed = combination.conditionReads[condition];
      if ((needed & fresh) != 0 && (needed & ~known) == 0 && !combination.conditionHolds(condition, values)) {
        return -1;
      }
    }
    return known;
  }

  private boolean resolveOne(int read, long known) {
    int from = source[read];
    long value;
    if (from == INITIAL) {
      value = combination.test.memory().cells().get(combination.cells[read]).initial();
    } else if ((combination.writtenReads[from] & ~known) == 0) {
      value = combination.written(from, values);
    } else {
      return false;
    }
    values[combination.threads[read]][combination.original(read)] = combination.narrowed(read, value);
    return true;
  }
}
