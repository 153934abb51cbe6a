package dev.regardless.litmus.axiomatic;

import dev.regardless.litmus.test.LitmusTest;
import dev.regardless.litmus.test.Observable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Counts the coherence orders that complete an execution whose reads are all assigned, by final state.
 *
 * <p>First everything that the order forces is worked out. If the writes of one cell only are then still free, every
 * linear extension of what is known of them is consistent, and these are counted over sets of writes; with more free
 * cells all but one are branched on.
 */
final class CoherenceCounter {
  private static final int MOST_BLOCKS = 16;

  private final LitmusTest test;
  private final OutcomeTable outcomes;
  private final List<OrderGraph> scratch = new ArrayList<>();
  private final int[] lastWrite;
  private final boolean[] observed;
  private long[] ways = new long[1 << 4];
  private Combination combination;
  private int[] initialFollower = new int[0];
  private long[][] values = new long[0][];
  private int[] source = new int[0];

  CoherenceCounter(LitmusTest test, Combination first, OutcomeTable outcomes) {
    this.test = test;
    combination = first;
    this.outcomes = outcomes;
    lastWrite = new int[test.memory().cells().size()];
    observed = new boolean[lastWrite.length];
    for (Observable observable : test.observables()) {
      if (observable instanceof Observable.Cell cell) {
        observed[cell.cell()] = true;
      }
    }
  }

  void count(Combination next, OrderGraph graph, int[] sources, long[][] readValues, int[] firstFollowers) {
    combination = next;
    values = readValues;
    initialFollower = firstFollowers;
    source = sources;
    OrderGraph copy = graph(0);
    copy.copyFrom(graph);
    complete(0);
  }

  private OrderGraph graph(int depth) {
    while (scratch.size() <= depth) {
      scratch.add(new OrderGraph(combination));
    }
    if (scratch.get(depth).count() != combination.count) {
      scratch.set(depth, new OrderGraph(combination));
    }
    return scratch.get(depth);
  }

  private void complete(int depth) {
    OrderGraph graph = graph(depth);
    if (!force(graph)) {
      return;
    }
    int free = -1;
    int second = -1;
    int fewest = Integer.MAX_VALUE;
    int most = -1;
    for (int cell = 0; cell < lastWrite.length; cell++) {
      int pairs = freePairs(graph, cell);
      if (pairs == 0) {
        lastWrite[cell] = last(graph, combination.writesOfCell[cell]);
        continue;
      }
      if (pairs > most) {
        most = pairs;
        free = cell;
      }
    }
    if (free < 0) {
      emit(graph, 1);
      return;
    }
    for (int cell = 0; cell < lastWrite.length; cell++) {
      if (cell != free) {
        int pairs = freePairs(graph, cell);
        if (pairs > 0 && pairs < fewest) {
          fewest = pairs;
          second = cell;
        }
      }
    }
    if (second < 0 && extensions(graph, free)) {
      return;
    }
    branch(depth, second < 0 ? free : second);
  }

  /** Adds every coherence order that the order between accesses leaves no choice about. */
  private boolean force(OrderGraph graph) {
    boolean changed = true;
    while (changed) {
      changed = false;
      for (long writes : combination.writesOfCell) {
        if ((writes & (writes - 1)) == 0) {
          continue;
        }
        for (long rest = writes; rest != 0; rest &= rest - 1) {
          int write = Long.numberOfTrailingZeros(rest);
          long open = writes & ~graph.later(write) & ~graph.earlier(write) & ~(1L << write);
          for (; open != 0; open &= open - 1) {
            int other = Long.numberOfTrailingZeros(open);
            if ((graph.afterUnited(write) & graph.sources(other, write)) != 0) {
              if (!graph.coherent(write, other)) {
                return false;
              }
              changed = true;
            }
          }
        }
      }
    }
    return true;
  }

  private int freePairs(OrderGraph graph, int cell) {
    long writes = combination.writesOfCell[cell];
    if ((writes & (writes - 1)) == 0) {
      return 0;
    }
    int pairs = 0;
    for (long rest = writes; rest != 0; rest &= rest - 1) {
      int write = Long.numberOfTrailingZeros(rest);
      pairs += Long.bitCount(writes & ~graph.later(write) & ~graph.earlier(write)) - 1;
    }
    return pairs / 2;
  }

  private static int last(OrderGraph graph, long writes) {
    for (long rest = writes; rest != 0; rest &= rest - 1) {
      int write = Long.numberOfTrailingZeros(rest);
      if (graph.later(write) == 0) {
        return write;
      }
    }
    return ReadsFromSearch.INITIAL;
  }

  private void branch(int depth, int cell) {
    OrderGraph graph = graph(depth);
    long writes = combination.writesOfCell[cell];
    for (long rest = writes; rest != 0; rest &= rest - 1) {
      int write = Long.numberOfTrailingZeros(rest);
      long open = writes & ~graph.later(write) & ~graph.earlier(write) & ~(1L << write);
      if (open != 0) {
        int other = Long.numberOfTrailingZeros(open);
        OrderGraph child = graph(depth + 1);
        child.copyFrom(graph);
        if (child.coherent(write, other)) {
          complete(depth + 1);
        }
        child.copyFrom(graph);
        if (child.coherent(other, write)) {
          complete(depth + 1);
        }
        return;
      }
    }
  }

  /**
   * Counts the orders of one cell's writes by which comes last. Writes that must follow one another directly are one
   * block.
   *
   * @return false if there are too many blocks, and nothing was counted
   */
  private boolean extensions(OrderGraph graph, int cell) {
    long writes = combination.writesOfCell[cell];
    int blocks = 0;
    int[] tail = new int[Long.bitCount(writes)];
    long[] members = new long[tail.length];
    for (long rest = writes; rest != 0; rest &= rest - 1) {
      int write = Long.numberOfTrailingZeros(rest);
      if (graph.leader(write) < 0) {
        long block = 1L << write;
        int end = write;
        while (graph.follower(end) >= 0) {
          end = graph.follower(end);
          block |= 1L << end;
        }
        tail[blocks] = end;
        members[blocks++] = block;
      }
    }
    if (blocks > MOST_BLOCKS) {
      return false;
    }
    int[] needed = new int[blocks];
    int first = initialFollower[cell];
    for (int block = 0; block < blocks; block++) {
      long before = 0;
      for (long rest = members[block]; rest != 0; rest &= rest - 1) {
        before |= graph.earlier(Long.numberOfTrailingZeros(rest));
      }
      for (int other = 0; other < blocks; other++) {
        if (other != block && ((before & members[other]) != 0
            || (first >= 0 && (members[other] >>> first & 1) != 0))) {
          needed[block] |= 1 << other;
        }
      }
    }
    countOrders(needed, blocks);
    int full = (1 << blocks) - 1;
    if (!observed[cell]) {
      lastWrite[cell] = ReadsFromSearch.UNASSIGNED;
      emit(graph, ways[full]);
      return true;
    }
    for (int block = 0; block < blocks; block++) {
      long count = ways[full & ~(1 << block)];
      if (count != 0 && (needed[block] & ~(full & ~(1 << block))) == 0) {
        lastWrite[cell] = tail[block];
        emit(graph, count);
      }
    }
    return true;
  }

  /** Fills {@link #ways}: for each set of blocks, the number of orders in which exactly these come first. */
  private void countOrders(int[] needed, int blocks) {
    int size = 1 << blocks;
    if (ways.length < size) {
      ways = new long[size];
    }
    Arrays.fill(ways, 0, size, 0);
    ways[0] = 1;
    for (int placed = 0; placed < size; placed++) {
      long count = ways[placed];
      if (count == 0) {
        continue;
      }
      for (int open = size - 1 & ~placed; open != 0; open &= open - 1) {
        int bit = open & -open;
        int block = Integer.numberOfTrailingZeros(bit);
        if ((needed[block] & ~placed) == 0) {
          ways[placed | bit] += count;
        }
      }
    }
  }

  private void emit(OrderGraph graph, long executions) {
    List<Observable> observables = test.observables();
    long[] state = outcomes.scratch();
    for (int index = 0; index < state.length; index++) {
      Observable observable = observables.get(index);
      if (observable instanceof Observable.Register register) {
        ThreadPath path = combination.paths[register.thread()].path;
        state[index] = path.expressions().evaluate(path.registers()[register.register()], values[register.thread()]);
      } else {
        int cell = ((Observable.Cell) observable).cell();
        int write = lastWrite[cell];
        state[index] = write < 0 ? test.memory().cells().get(cell).initial() : combination.written(write, values);
      }
    }
    outcomes.add(executions, combination, new ExampleBuilder(combination, graph, source, values, lastWrite));
  }
}
