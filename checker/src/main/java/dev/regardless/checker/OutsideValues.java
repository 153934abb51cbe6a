package dev.regardless.checker;

import dev.regardless.execution.ExecutionGraph;
import dev.regardless.machine.AwaitCondition;
import dev.regardless.memory.Memory;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Memory as set-up and end checks see it: initial values before, final values after; what end checks write is forgotten. */
final class OutsideValues {

  private final Memory memory;
  private final Map<Integer, Long> written = new HashMap<>();
  private @Nullable ExecutionGraph ended;

  OutsideValues(Memory memory) {
    this.memory = memory;
  }

  void enterEnd(ExecutionGraph graph) {
    ended = graph;
  }

  void leaveEnd() {
    written.clear();
    ended = null;
  }

  long value(int location) {
    ExecutionGraph graph = ended;
    if (graph == null) {
      return memory.initial(location);
    }
    Long own = written.get(location);
    if (own != null) {
      return own;
    }
    return location < graph.locations() ? graph.finalValue(location) : memory.initial(location);
  }

  void store(int location, long value) {
    if (ended != null) {
      written.put(location, value);
    } else {
      memory.initialise(location, value);
    }
  }

  long await(int location, AwaitCondition condition, long operand) {
    long value = value(location);
    if (!condition.holds(value, operand)) {
      throw new IllegalStateException("set-up or an end check waits for ever on " + memory.nameOf(location));
    }
    return value;
  }
}
