package dev.regardless.tests.memory;

import dev.regardless.machine.Access;
import dev.regardless.tests.memory.Instruction.Kind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Enumerates a program's candidate executions - which compare-and-exchanges succeed, what each read reads from, the
 * coherence order - and collects the outcomes of those that the axioms allow.
 */
final class Axiomatic {

  private final Program program;
  private final Axioms axioms;
  private final Set<List<Long>> outcomes = new HashSet<>();
  private List<MemoryEvent> events = List.of();
  private Structure structure = new Structure(events);
  private Relation local = structure.po;
  private int[] readsFrom = new int[0];
  private List<List<Integer>> coherence = List.of();
  private long[] values = new long[0];

  Axiomatic(Program program, Axioms axioms) {
    this.program = program;
    this.axioms = axioms;
  }

  /** All outcomes that the axioms allow, each as {@link Operational} has it. */
  Set<List<Long>> outcomes() {
    int compares = 0;
    for (List<Instruction> thread : program.threads()) {
      compares += (int) thread.stream().filter(i -> i.kind() == Kind.COMPARE).count();
    }
    for (int successes = 0; successes < 1 << compares; successes++) {
      events = events(successes);
      structure = new Structure(events);
      local = axioms.local(structure);
      readsFrom = new int[events.size()];
      values = new long[events.size()];
      chooseSources(0);
    }
    return outcomes;
  }

  private List<MemoryEvent> events(int successes) {
    List<MemoryEvent> result = new ArrayList<>();
    for (int location = 0; location < Program.LOCATIONS; location++) {
      result.add(new MemoryEvent(-1, location, 'W', location, -1, 0, Instruction.parse("Wx=0"), -1));
    }
    int compares = 0;
    for (int thread = 0; thread < program.threads().size(); thread++) {
      List<Instruction> code = program.threads().get(thread);
      for (int index = 0; index < code.size(); index++) {
        Instruction i = code.get(index);
        boolean writes = i.kind().writes && (i.kind() != Kind.COMPARE || (successes >> compares++ & 1) != 0);
        addEvents(result, thread, index, i, writes);
      }
    }
    return result;
  }

  private static void addEvents(List<MemoryEvent> result, int thread, int index, Instruction i, boolean writes) {
    if (i.kind() == Kind.FENCE) {
      result.add(new MemoryEvent(thread, index, 'F', -1, (int) i.operand(), 0, i, -1));
      return;
    }
    int first = result.size();
    if (i.kind().reads) {
      int partner = writes ? first + 1 : -1;
      result.add(
          new MemoryEvent(thread, index, 'R', i.location(), -1, i.access() & ~Access.RELEASE, i, partner));
    }
    if (writes) {
      int access = i.access() & Access.RELEASE;
      result.add(new MemoryEvent(thread, index, 'W', i.location(), -1, access, i, i.kind().reads ? first : -1));
    }
  }

  private void chooseSources(int from) {
    int read = from;
    while (read < events.size() && !events.get(read).isRead()) {
      read++;
    }
    if (read == events.size()) {
      if (evaluate()) {
        coherence = new ArrayList<>();
        chooseCoherence(0);
      }
      return;
    }
    for (int write = 0; write < events.size(); write++) {
      MemoryEvent source = events.get(write);
      if (source.isWrite() && source.location() == events.get(read).location()
          && !(source.thread() == events.get(read).thread() && write > read)
          && !isTaken(write, read)) {
        readsFrom[read] = write;
        chooseSources(read + 1);
      }
    }
  }

  /** Whether both this read and an earlier one are of read-modify-writes that would follow the same write at once. */
  private boolean isTaken(int write, int read) {
    for (int other = 0; other < read && events.get(read).partner() >= 0; other++) {
      if (events.get(other).isRead() && events.get(other).partner() >= 0 && readsFrom[other] == write) {
        return true;
      }
    }
    return false;
  }

  /** Computes values along reads-from; false if they depend on themselves or contradict a comparison. */
  private boolean evaluate() {
    boolean[] done = new boolean[events.size()];
    boolean progress = true;
    int left = events.size();
    while (progress) {
      progress = false;
      for (int i = 0; i < events.size(); i++) {
        if (!done[i] && evaluate(i, done)) {
          done[i] = true;
          left--;
          progress = true;
        }
      }
    }
    return left == 0 && comparisonsHold();
  }

  private boolean evaluate(int i, boolean[] done) {
    MemoryEvent event = events.get(i);
    if (event.isRead()) {
      values[i] = values[readsFrom[i]];
      return done[readsFrom[i]];
    }
    if (event.isWrite()) {
      boolean modifies = event.partner() >= 0 && event.source().kind() != Kind.COMPARE;
      long operand = event.source().operand();
      values[i] = modifies ? event.source().kind().operation().apply(values[event.partner()], operand) : operand;
      return !modifies || done[event.partner()];
    }
    return true;
  }

  private boolean comparisonsHold() {
    for (int i = 0; i < events.size(); i++) {
      MemoryEvent event = events.get(i);
      if (event.isRead() && event.source().kind() == Kind.COMPARE
          && (values[i] == event.source().expected()) != (event.partner() >= 0)) {
        return false;
      }
    }
    return true;
  }

  private void chooseCoherence(int location) {
    if (location == Program.LOCATIONS) {
      if (axioms.allow(candidate(), local)) {
        outcomes.add(outcome());
      }
      return;
    }
    List<Integer> order = new ArrayList<>(List.of(location));
    List<Integer> writes = new ArrayList<>();
    for (int i = Program.LOCATIONS; i < events.size(); i++) {
      if (events.get(i).isWrite() && events.get(i).location() == location) {
        writes.add(i);
      }
    }
    coherence.add(order);
    permute(location, order, writes);
    coherence.removeLast();
  }

  private void permute(int location, List<Integer> order, List<Integer> left) {
    if (left.isEmpty()) {
      chooseCoherence(location + 1);
      return;
    }
    for (int i = 0; i < left.size(); i++) {
      if (i > 0 && events.get(left.get(i - 1)).thread() == events.get(left.get(i)).thread()) {
        continue; // not in program order
      }
      int write = left.remove(i);
      order.add(write);
      permute(location, order, left);
      order.removeLast();
      left.add(i, write);
    }
  }

  private Candidate candidate() {
    long[] rf = new long[events.size()];
    for (int i = 0; i < rf.length; i++) {
      if (events.get(i).isRead()) {
        rf[readsFrom[i]] |= 1L << i;
      }
    }
    long[] co = new long[events.size()];
    for (List<Integer> order : coherence) {
      long later = 0;
      for (int i = order.size() - 1; i >= 0; i--) {
        co[order.get(i)] = later;
        later |= 1L << order.get(i);
      }
    }
    return new Candidate(structure, new Relation(rf), new Relation(co));
  }

  private List<Long> outcome() {
    List<Long> outcome = new ArrayList<>();
    for (int i = 0; i < events.size(); i++) {
      if (events.get(i).isRead()) {
        outcome.add(values[i]);
      }
    }
    for (List<Integer> order : coherence) {
      outcome.add(values[order.getLast()]);
    }
    return outcome;
  }
}
