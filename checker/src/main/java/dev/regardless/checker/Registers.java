package dev.regardless.checker;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The numbers of an execution's outcome. Each is set by one thread, and is 0 again when that thread runs anew. */
final class Registers {

  private static final int NOBODY = -1;

  private final List<String> names = new ArrayList<>();
  private long[] values = new long[0];
  private int[] setters = new int[0];

  int add(String name) {
    names.add(name);
    values = Arrays.copyOf(values, names.size());
    setters = Arrays.copyOf(setters, names.size());
    setters[names.size() - 1] = NOBODY;
    return names.size() - 1;
  }

  void set(int register, long value, int thread) {
    values[register] = value;
    setters[register] = thread;
  }

  void begin(int thread) {
    for (int i = 0; i < setters.length; i++) {
      if (setters[i] == thread) {
        values[i] = 0;
      }
    }
  }

  List<String> names() {
    return names;
  }

  /** The outcome of the explorer's current execution, whose threads have all run on it. */
  List<Long> outcome(Explorer explorer) {
    List<Long> outcome = new ArrayList<>();
    for (int i = 0; i < values.length; i++) {
      boolean real = setters[i] == NOBODY || explorer.exists(setters[i]);
      outcome.add(real ? values[i] : 0L);
    }
    return outcome;
  }
}
