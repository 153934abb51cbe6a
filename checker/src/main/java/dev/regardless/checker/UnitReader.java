package dev.regardless.checker;

import static dev.regardless.execution.ExecutionGraph.NONE;

import dev.regardless.execution.ExecutionGraph;
import dev.regardless.execution.Signature;
import dev.regardless.machine.ThreadKind;
import dev.regardless.memory.KernelObject;
import dev.regardless.memory.Memory;

/** Puts a {@link WorkUnit}'s graph into an explorer's frame, in that worker's numbers. */
final class UnitReader {

  private final Explorer explorer;
  private final WorkUnit unit;
  private final Memory memory;
  private final int[] threads;

  UnitReader(Explorer explorer, WorkUnit unit) {
    this.explorer = explorer;
    this.unit = unit;
    this.memory = explorer.machine().memory();
    this.threads = threads();
  }

  private int[] threads() {
    Threads all = explorer.threads();
    int initial = all.initial();
    int[] result = new int[initial + unit.threads().length / 3];
    for (int thread = 0; thread < result.length; thread++) {
      if (thread < initial) {
        result[thread] = thread;
      } else {
        int at = (thread - initial) * 3;
        ThreadKind kind = ThreadKind.values()[unit.threads()[at + 2]];
        result[thread] = all.spawned(result[unit.threads()[at]], unit.threads()[at + 1], kind);
      }
    }
    return result;
  }

  /** Fills the frame's empty graph; the newest event has neither source nor place. */
  void load(Frame frame) {
    ExecutionGraph graph = frame.graph;
    // Objects first: their locations must exist before the graph hears of them.
    int[] owners = new int[unit.objects().length / 3];
    for (int i = 0; i < owners.length; i++) {
      int thread = threads[unit.objects()[i * 3]];
      owners[i] = explorer.machine().shells().number(thread, unit.objects()[i * 3 + 1], unit.objects()[i * 3 + 2],
          memory);
    }
    frame.ensureThreads(explorer.threads().count());
    for (int location = graph.locations(); location < memory.locations(); location++) {
      graph.declareLocation(location, memory.initial(location));
    }
    int count = unit.events().length / WorkUnit.FIELDS;
    int[] priors = new int[count];
    for (int event = 0; event < count; event++) {
      append(graph, event, owners);
      priors[event] = unit.events()[event * WorkUnit.FIELDS + 3];
    }
    graph.restore(priors);
  }

  private void append(ExecutionGraph graph, int event, int[] owners) {
    int at = event * WorkUnit.FIELDS;
    int[] fields = unit.events();
    int signature = fields[at + 1];
    boolean read = Signature.isRead(signature);
    boolean write = Signature.isWrite(signature);
    int location = read || write
        ? object(fields[at + 5], owners).firstLocation() + fields[at + 6]
        : threads[fields[at + 6]];
    long value = value(fields[at + 7], unit.values()[event * 2], owners);
    graph.append(signature, threads[fields[at]], location, value, fields[at + 4], write ? fields[at + 2] : NONE);
    if (read) {
      graph.source(event, fields[at + 2]);
      graph.operand(event, value(fields[at + 8], unit.values()[event * 2 + 1], owners));
    }
  }

  private KernelObject object(int code, int[] owners) {
    KernelObject object = memory.object(code <= -2 ? owners[-2 - code] : code);
    if (object == null) {
      throw new IllegalStateException("a work unit names an object that does not exist: " + code);
    }
    return object;
  }

  private long value(int tag, long value, int[] owners) {
    return tag == -1 ? value : object(tag, owners).number() + value;
  }
}
