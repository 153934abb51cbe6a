package dev.regardless.tests.live;

import dev.regardless.vfs.program.Program;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a program showed: each step's result, the outputs after it, and its memory in the end. Addresses are as in the
 * emulated kernel, context handles are all alike, since a kernel may use one again.
 */
final class Outcome {

  /** Stands for the handle of any context. */
  static final long HANDLE = 0x6c00_0000_0000L;

  /** The result of a step that never ended. */
  static final long UNFINISHED = Long.MIN_VALUE;

  /** As many as anybody reads. */
  private static final int MOST_UNEXPECTED = 10;

  private final Program program;
  private final Map<Integer, Long> expected = new TreeMap<>();
  private final List<String> unexpected = new ArrayList<>();
  private final long[] results;
  private final List<List<String>> outputs = new ArrayList<>();
  private final long[] memory;
  private boolean inTime = true;

  Outcome(Program program) {
    this.program = program;
    int steps = program.steps().size();
    results = new long[steps];
    java.util.Arrays.fill(results, UNFINISHED);
    program.expectations().forEach(each -> expected.put(each.step(), each.value()));
    for (int i = 0; i < steps; i++) {
      outputs.add(new ArrayList<>());
    }
    memory = new long[program.memory() / 8];
  }

  /** Whether the time of no call that sleeps can have been up before all other steps were made. */
  boolean isInTime() {
    return inTime;
  }

  void setInTime(boolean is) {
    inTime = is;
  }

  /** What a step returned; of a step that happens several times, the latest counts. */
  void result(int step, long value) {
    results[step] = value;
    Long wanted = expected.get(step);
    if (wanted != null && wanted != value) {
      synchronized (outputs) {
        if (unexpected.size() < MOST_UNEXPECTED) {
          unexpected.add(unexpected(step, wanted));
        }
      }
    }
  }

  private String unexpected(int step, long wanted) {
    return "$%d: expected %d, found %s: %s".formatted(step, wanted, text(results[step]), program.steps().get(step));
  }

  /** Results that the program does not expect, and steps that never ended. */
  List<String> unexpected() {
    List<String> all = new ArrayList<>(unexpected);
    expected.forEach((step, wanted) -> {
      if (results[step] == UNFINISHED) {
        all.add(unexpected(step, wanted));
      }
    });
    return all;
  }

  long result(int step) {
    return results[step];
  }

  void output(int step, int offset, long value) {
    synchronized (outputs) {
      outputs.get(step).removeIf(each -> each.startsWith("[%d]=".formatted(offset)));
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
  String difference(Outcome other) {
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
