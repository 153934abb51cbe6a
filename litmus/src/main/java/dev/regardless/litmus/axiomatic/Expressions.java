package dev.regardless.litmus.axiomatic;

import dev.regardless.isa.Alu;
import dev.regardless.isa.PureFunction;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Values of one thread as expressions of what its reads return. Equal expressions have equal numbers; constants are
 * folded, and so are results that do not depend on an unknown operand ({@code x ^ x}).
 *
 * <p>The variable of read event {@code i} is bit {@code i} in {@link #variables}.
 */
final class Expressions {
  /** No expression. */
  static final int NONE = -1;

  private record Node(@Nullable PureFunction function, long value, int first, int second, int third) {
    /** Functions are constants of enumerations, whose own hash codes differ from run to run and are not needed. */
    int hash() {
      long mixed = ((value * 31 + first) * 31 + second) * 31 + third;
      int hash = (int) (mixed ^ mixed >>> 32) * 0x9E3779B1;
      return hash ^ hash >>> 15;
    }

    boolean same(Node other) {
      return function == other.function && value == other.value && first == other.first && second == other.second
          && third == other.third;
    }
  }

  /** Numbers of nodes plus one, open addressing; a thread has few nodes, so that a map of objects would cost more. */
  private int[] table = new int[128];
  private Node[] nodes = new Node[32];
  private long[] variables = new long[32];
  private int count;

  private int add(Node node, long mask) {
    int slot = node.hash() & table.length - 1;
    while (table[slot] != 0) {
      if (nodes[table[slot] - 1].same(node)) {
        return table[slot] - 1;
      }
      slot = slot + 1 & table.length - 1;
    }
    if (count == nodes.length) {
      nodes = Arrays.copyOf(nodes, 2 * count);
      variables = Arrays.copyOf(variables, 2 * count);
    }
    nodes[count] = node;
    variables[count] = mask;
    table[slot] = ++count;
    if (2 * count > table.length) {
      rehash();
    }
    return count - 1;
  }

  private void rehash() {
    table = new int[2 * table.length];
    for (int number = 0; number < count; number++) {
      int slot = nodes[number].hash() & table.length - 1;
      while (table[slot] != 0) {
        slot = slot + 1 & table.length - 1;
      }
      table[slot] = number + 1;
    }
  }

  int constant(long value) {
    return add(new Node(null, value, NONE, NONE, NONE), 0);
  }

  /** What a read event returns, before narrowing to its width. */
  int variable(int event) {
    return add(new Node(null, event, event, NONE, NONE), 1L << event);
  }

  int apply(PureFunction function, int first, int second, int third) {
    if (function == Alu.COPY) {
      return first;
    }
    if (isKnown(first) && isKnown(second) && isKnown(third)) {
      return constant(function.apply(known(first), known(second), known(third)));
    }
    if (first == second && function.zeroOnEqualOperands()) {
      return constant(0);
    }
    if (function.zeroOnZeroOperand() && (isZero(first) || isZero(second))) {
      return constant(0);
    }
    if (function.firstOnZeroSecond() && isZero(second)) {
      return first;
    }
    long mask = mask(first) | mask(second) | mask(third);
    return add(new Node(function, 0, first, second, third), mask);
  }

  private boolean isKnown(int expression) {
    return expression == NONE || variables[expression] == 0;
  }

  private boolean isZero(int expression) {
    return expression != NONE && variables[expression] == 0 && nodes[expression].value == 0;
  }

  private long known(int expression) {
    return expression == NONE ? 0 : nodes[expression].value;
  }

  private long mask(int expression) {
    return expression == NONE ? 0 : variables[expression];
  }

  boolean isConstant(int expression) {
    return variables[expression] == 0;
  }

  /** The value of a constant. */
  long value(int expression) {
    return nodes[expression].value;
  }

  /** The reads that the expression needs. */
  long variables(int expression) {
    return variables[expression];
  }

  /**
   * The value when the reads have returned {@code values}.
   *
   * @param values by event number
   */
  long evaluate(int expression, long[] values) {
    Node node = nodes[expression];
    if (variables[expression] == 0) {
      return node.value;
    }
    PureFunction function = node.function;
    if (function == null) {
      return values[node.first];
    }
    return function.apply(evaluate(node.first, values), node.second == NONE ? 0 : evaluate(node.second, values),
        node.third == NONE ? 0 : evaluate(node.third, values));
  }
}
