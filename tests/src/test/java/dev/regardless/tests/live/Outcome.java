package dev.regardless.tests.live;

import dev.regardless.vfs.program.Program;
import java.util.ArrayList;
import java.util.List;

/**
 * What a program showed: each step's result, the outputs after it, and its memory in the end. Addresses are as in the
 * emulated kernel, context handles are all alike, since a kernel may use one again.
 */
final class Outcome {

  /** Stands for the handle of any context. */
  static final long HANDLE = 0x6c00_0000_0000L;

  /** The result of a step that never ended. */
  static final long UNFINISHED = Long.MIN_VALUE;

  private final long[] results;
  private final List<List<String>> outputs = new ArrayList<>();
  private final long[] memory;

  Outcome(int steps, int words) {
    results = new long[steps];
    java.util.Arrays.fill(results, UNFINISHED);
    for (int i = 0; i < steps; i++) {
      outputs.add(new ArrayList<>());
    }
    memory = new long[words];
  }

  void result(int step, long value) {
    results[step] = value;
  }

  long result(int step) {
    return results[step];
  }

  void output(int step, int offset, long value) {
    synchronized (outputs) {
      outputs.get(step).add("[%d]=%s".formatted(offset, text(value)));
    }
  }

  void memory(int word, long value) {
    memory[word] = value;
  }

  /** The memory's words in the end. */
  long[] memory() {
    return memory;
  }

  static String text(long value) {
    return value == UNFINISHED
        ? "unfinished"
        : value >= -4096 && value < 4096 ? Long.toString(value) : "0x" + Long.toHexString(value);
  }

  /** The first difference to another outcome of the same program; empty if there is none. */
  String difference(Outcome other, Program program) {
    for (int i = 0; i < results.length; i++) {
      if (results[i] != other.results[i]) {
        return "$%d returned %s and %s: %s".formatted(
            i, text(results[i]), text(other.results[i]), program.steps().get(i));
      }
      if (!outputs.get(i).equals(other.outputs.get(i))) {
        return "$%d left %s and %s: %s".formatted(
            i, differing(outputs.get(i), other.outputs.get(i)), differing(other.outputs.get(i), outputs.get(i)),
            program.steps().get(i));
      }
    }
    for (int i = 0; i < memory.length; i++) {
      if (memory[i] != other.memory[i]) {
        return "[%d] in the end holds %s and %s".formatted(i * 8, text(memory[i]), text(other.memory[i]));
      }
    }
    return "";
  }

  private static List<String> differing(List<String> mine, List<String> theirs) {
    List<String> found = new ArrayList<>(mine);
    found.removeAll(theirs);
    return found;
  }
}
