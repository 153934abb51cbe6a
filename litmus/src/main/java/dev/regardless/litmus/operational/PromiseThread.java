package dev.regardless.litmus.operational;

import dev.regardless.isa.Annotation;
import dev.regardless.isa.MicroOp;
import dev.regardless.isa.UnsupportedTestException;
import dev.regardless.litmus.operational.LocalSteps.Stop;
import dev.regardless.litmus.test.LitmusTest;
import dev.regardless.litmus.test.MemoryLayout;
import dev.regardless.litmus.test.Observable;
import dev.regardless.operational.ViewModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Runs one thread alone in a memory whose writes are ordered, in every possible way (Pulte and others, PLDI 2019, section
 * 6). A store makes one of the writes that the thread has promised, or a new one at the end of memory. A new write that
 * would also have been possible as the first one after the given memory can be promised, if the thread can go on to make
 * all the writes it has promised already.
 *
 * <p>The architecture lets some writes happen before reads that decide what they store or whether they happen: the data
 * of a store exclusive, the comparison inside CAS. Such a read may see a write that comes later in the order. Where a
 * program has such a case, reads may also return <i>foreseen</i> values, any that is ever written to their cell, at a
 * time after everything; that is only a way to find promises, and no run that foresees anything is an end.
 */
final class PromiseThread {
  private final LitmusTest test;
  private final ViewModel model;
  private final LocalSteps steps;
  private final int thread;
  private final int[] observed;
  private final Projections projections = new Projections();
  private final List<@Nullable ThreadResult> results = new ArrayList<>();
  private final Map<Object, Integer> finalsNumbers = new HashMap<>();
  private final BitSet accessed;
  private final @Nullable Map<Integer, Set<Long>> foreseeable;
  private final int registers;
  private boolean loopCut;
  private boolean grown;
  private boolean needsForesight;

  // ---- the memory in which the thread runs: the given writes, then its new ones ----
  private int[] cells = new int[16];
  private long[] values = new long[16];
  private int[] times = new int[16];
  private boolean[] own = new boolean[16];
  private int given;
  private int size;
  private long promised;
  private ThreadResult result = new ThreadResult();
  /** Whether all promises can be kept from a state on that was reached already. */
  private final Map<RunKey, Boolean> seen = new HashMap<>();

  /** After every time of a write. */
  private static final int FORESEEN = 1 << 29;

  private record RunKey(long[] content) {
    @Override
    public boolean equals(Object other) {
      return other instanceof RunKey key && Arrays.equals(content, key.content);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(content);
    }
  }

  /**
   * @param accessed    the cells that the thread is known to access; grows
   * @param widths      the widths of all accesses of all threads
   * @param foreseeable the values that may be foreseen in each cell, if there is need of it
   */
  PromiseThread(LitmusTest test, int thread, ViewModel model, int unrollings, BitSet accessed,
      AccessWidths widths, @Nullable Map<Integer, Set<Long>> foreseeable) {
    this.test = test;
    this.thread = thread;
    this.model = model;
    this.accessed = accessed;
    this.foreseeable = foreseeable;
    registers = test.isa().registers().count();
    steps = new LocalSteps(test, unrollings, model, widths);
    observed = test.observables().stream().filter(Observable.Register.class::isInstance)
        .map(Observable.Register.class::cast).filter(register -> register.thread() == thread)
        .mapToInt(Observable.Register::register).toArray();
  }

  boolean loopCut() {
    return loopCut;
  }

  /** Whether the thread has accessed a cell that it was not known to access, so that results are void. */
  boolean grown() {
    return grown;
  }

  /** Whether it may have missed promises for want of foreseeable values. */
  boolean needsForesight() {
    return needsForesight;
  }

  Projections projections() {
    return projections;
  }

  boolean accesses(int cell) {
    return accessed.get(cell);
  }

  /** The order of writes as this thread sees it, with one more write. */
  int extend(int order, int cell, long value, boolean ownWrite) {
    return ownWrite || accessed.get(cell) ? projections.extend(order, cell, value, ownWrite) : order;
  }

  /** What the thread can do in a memory. */
  ThreadResult result(int order) {
    while (results.size() <= order) {
      results.add(null);
    }
    ThreadResult known = results.get(order);
    if (known == null) {
      known = work(order);
      results.set(order, known);
    }
    return known;
  }

  private ThreadResult work(int order) {
    given = projections.length(order);
    room(given);
    size = given;
    promised = 0;
    int at = order;
    for (int index = given - 1; index >= 0; index--) {
      cells[index] = projections.cell(at);
      values[index] = projections.value(at);
      times[index] = index + 1;
      own[index] = projections.isOwn(at);
      promised |= own[index] ? 1L << index : 0;
      at = projections.parent(at);
    }
    result = new ThreadResult();
    seen.clear();
    run(new Run(steps.start(thread), new int[model.stateSize(test.memory().cells().size())]), promised);
    result.finalsNumber = finalsNumbers.computeIfAbsent(result.finals, unseen -> finalsNumbers.size());
    return result;
  }

  private void room(int length) {
    if (length >= Long.SIZE) {
      throw new UnsupportedTestException(
          test.source() + ": not supported by the operational engine: more than " + Long.SIZE + " writes");
    }
    if (length + 1 > cells.length) {
      cells = Arrays.copyOf(cells, 2 * length);
      values = Arrays.copyOf(values, 2 * length);
      times = Arrays.copyOf(times, 2 * length);
      own = Arrays.copyOf(own, 2 * length);
    }
  }

  /** Where the thread stands. */
  private static final class Run {
    final ThreadState local;
    final int[] views;
    /** Cells and times of the reads of this instruction that belong to atomic pairs, then of the last load exclusive. */
    int[] pairs = NO_PAIRS;
    int[] reserved = NO_PAIRS;
    boolean exclusiveHere;
    /** Whether there was a choice since the last look at the states seen. */
    boolean branched;
    /** Whether something was foreseen. */
    boolean foresaw;

    private static final int[] NO_PAIRS = new int[0];

    Run(ThreadState local, int[] views) {
      this.local = local;
      this.views = views;
    }

    Run(Run other) {
      local = new ThreadState(other.local);
      views = other.views.clone();
      pairs = other.pairs;
      reserved = other.reserved;
      exclusiveHere = other.exclusiveHere;
      branched = true;
      foresaw = other.foresaw;
    }

    void endInstruction() {
      pairs = NO_PAIRS;
      exclusiveHere = false;
    }

    void readAtomically(int cell, int time) {
      pairs = with(pairs, cell, time);
    }

    void readExclusively(int cell, int time) {
      reserved = with(exclusiveHere ? reserved : NO_PAIRS, cell, time);
      exclusiveHere = true;
    }

    private static int[] with(int[] list, int cell, int time) {
      int[] longer = Arrays.copyOf(list, list.length + 2);
      longer[list.length] = cell;
      longer[list.length + 1] = time;
      return longer;
    }
  }

  /** Runs on in every way; true if some way makes all the writes that are still promised. */
  private boolean run(Run run, long outstanding) {
    boolean certified = outstanding == 0;
    result.certified |= certified;
    while (true) {
      steps.modelState = run.views;
      Stop stop = steps.run(run.local);
      switch (stop) {
        case INSTRUCTION -> {
          model.endInstruction(run.views, run.local.views);
          run.endInstruction();
          run.local.forget(registers);
          if (run.branched) {
            return runOnce(run, outstanding) | certified;
          }
        }
        case CHOICE -> {
          run.local.forks++;
          Run other = new Run(run);
          other.local.step = (int) steps.operation(run.local).immediate;
          run.local.step++;
          run.branched = true;
          certified |= run(other, outstanding);
        }
        case FENCE -> {
          model.fence(run.views, steps.operation(run.local).fence());
          run.local.step++;
        }
        case LOAD -> {
          return load(run, outstanding) | certified;
        }
        case STORE -> {
          return store(run, outstanding) | certified;
        }
        case END -> {
          if (outstanding == 0 && size == given && !run.foresaw) {
            finish(run.local);
          }
          return certified;
        }
        case ASTRAY -> {
          astray(run, outstanding);
          return certified;
        }
        case IMPOSSIBLE, CUT -> {
          loopCut |= stop == Stop.CUT;
          return certified;
        }
      }
    }
  }

  /** Runs on unless this has been done from an equal state. */
  private boolean runOnce(Run run, long outstanding) {
    run.branched = false;
    RunKey key = key(run, outstanding);
    Boolean known = seen.get(key);
    if (known == null) {
      known = run(run, outstanding);
      seen.put(key, known);
    }
    return known;
  }

  private RunKey key(Run run, long outstanding) {
    ThreadState local = run.local;
    int width = model.width();
    int appended = size - given;
    long[] content = new long[4 + 2 * registers + run.views.length + (registers * width + 1) / 2 + 2 * appended
        + run.reserved.length + local.jumps.length];
    int at = 0;
    content[at++] = local.address;
    content[at++] = outstanding;
    content[at++] = (run.foresaw ? 1 : 0) | (long) appended << 1 | (long) run.reserved.length << 32;
    content[at++] = local.unordered;
    for (int register = 0; register < registers; register++) {
      content[at++] = local.values[register];
    }
    for (int index = 0; index < registers * width; index += 2) {
      long next = index + 1 < registers * width ? local.views[index + 1] : 0;
      content[at++] = next << 32 | local.views[index];
    }
    for (int index = 0; index + 1 < run.views.length; index += 2) {
      content[at++] = (long) run.views[index + 1] << 32 | run.views[index];
    }
    content[at++] = run.views[run.views.length - 1];
    for (int index = given; index < size; index++) {
      content[at++] = (long) times[index] << 32 | cells[index];
      content[at++] = values[index];
    }
    for (int reserved : run.reserved) {
      content[at++] = reserved;
    }
    for (int index = 0; index < local.jumps.length; index++) {
      content[at++] = index % 3 != 2 ? local.jumps[index] : local.jumps[index] < local.forks ? 1 : 0;
    }
    return new RunKey(Arrays.copyOf(content, at));
  }

  private void astray(Run run, long outstanding) {
    result.wild |= outstanding == 0 && size == given && !run.foresaw;
  }

  private void finish(ThreadState local) {
    List<Long> registers = new ArrayList<>(observed.length);
    for (int register : observed) {
      registers.add(local.values[register]);
    }
    result.finals.add(new ThreadResult.Registers(registers));
  }

  private int accessedCell(Run run, MicroOp operation) {
    int cell = steps.cell(run.local, operation);
    if (cell != MemoryLayout.NONE && !accessed.get(cell)) {
      accessed.set(cell);
      grown = true;
    }
    if ((operation.annotations & Annotation.UNITED) != 0) {
      throw new UnsupportedTestException(test.source()
          + ": not supported by the operational engine: pairs of exclusives that are single-copy atomic together");
    }
    run.local.forks += run.local.isFromMemory(operation.first) ? 1 : 0;
    return cell;
  }

  // ---- loads ----

  private boolean load(Run run, long outstanding) {
    MicroOp operation = steps.operation(run.local);
    int cell = accessedCell(run, operation);
    if (cell == MemoryLayout.NONE) {
      astray(run, outstanding);
      return false;
    }
    int floor = model.readFloor(run.views, cell, operation.annotations, run.local.views, operation.first);
    boolean certified = false;
    if (foreseeable != null) {
      for (long value : foreseeable.getOrDefault(cell, Set.of())) {
        Run seer = new Run(run);
        seer.foresaw = true;
        certified |= read(seer, operation, cell, FORESEEN, value, outstanding);
      }
    }
    for (int index = size - 1; index >= 0; index--) {
      if (cells[index] == cell) {
        boolean last = times[index] <= floor;
        Run reader = last ? run : new Run(run);
        certified |= read(reader, operation, cell, times[index], values[index], outstanding);
        if (last) {
          return certified;
        }
      }
    }
    return certified | read(run, operation, cell, 0, test.memory().cells().get(cell).initial(), outstanding);
  }

  private boolean read(Run run, MicroOp operation, int cell, int time, long value, long outstanding) {
    model.read(run.views, cell, time, operation.annotations, run.local.views, operation.first, operation.result);
    run.local.set(operation.result, LocalSteps.narrowed(value, operation.width), true);
    if ((operation.annotations & Annotation.ATOMIC) != 0) {
      run.readAtomically(cell, time);
    } else if ((operation.annotations & Annotation.EXCLUSIVE) != 0) {
      run.readExclusively(cell, time);
    }
    run.local.step++;
    return run(run, outstanding);
  }

  // ---- stores ----

  private boolean store(Run run, long outstanding) {
    MicroOp operation = steps.operation(run.local);
    int cell = accessedCell(run, operation);
    if (cell == MemoryLayout.NONE) {
      astray(run, outstanding);
      return false;
    }
    long value = LocalSteps.narrowed(run.local.values[operation.second], operation.width);
    int floor = model.writeFloor(run.views, cell, operation.annotations, run.local.views, operation.first,
        operation.second, operation.pick);
    int paired = pairedTime(run, operation, cell);
    boolean certified = false;
    for (int time = floor + 1; time <= given; time++) {
      if ((outstanding >>> (time - 1) & 1) != 0 && cells[time - 1] == cell && values[time - 1] == value
          && follows(paired, time, cell)) {
        certified |= write(new Run(run), operation, cell, time, outstanding & ~(1L << (time - 1)));
      }
    }
    int time = size + 1;
    if (!follows(paired, time, cell)) {
      return certified;
    }
    room(time);
    if (floor <= given && unordered(run.local, operation) > floor) {
      needsForesight = true;
    }
    cells[size] = cell;
    values[size] = value;
    times[size] = Math.max(time, floor < FORESEEN ? 0 : floor + 1);
    own[size] = true;
    size++;
    boolean possible = write(run, operation, cell, times[size - 1], outstanding);
    size--;
    if (possible && floor <= given) {
      result.promises.add(new ThreadResult.Promise(cell, value));
    }
    return certified | possible;
  }

  /** How late the reads are that decide on a store without coming before it. */
  private static int unordered(ThreadState state, MicroOp store) {
    boolean free = (store.annotations & Annotation.FREE_DATA) != 0;
    return free ? Math.max(state.unordered, state.highestView(store.second)) : state.unordered;
  }

  private static final int UNPAIRED = -1;

  /** The time of the read that forms an atomic pair with a store. */
  private static int pairedTime(Run run, MicroOp operation, int cell) {
    int[] candidates = (operation.annotations & Annotation.ATOMIC) != 0
        ? run.pairs
        : (operation.annotations & Annotation.EXCLUSIVE) != 0 ? run.reserved : Run.NO_PAIRS;
    for (int index = candidates.length - 2; index >= 0; index -= 2) {
      if (candidates[index] == cell) {
        return candidates[index + 1];
      }
    }
    return UNPAIRED;
  }

  /**
   * Whether a write may take a time although it is paired with the read of another: unless there is a foreign write of
   * the cell between them; the architecture's model drops the condition if there is one of the thread's own.
   */
  private boolean follows(int paired, int time, int cell) {
    if (paired == UNPAIRED) {
      return true;
    }
    boolean foreign = false;
    for (int between = paired + 1; between < time; between++) {
      if (cells[between - 1] == cell) {
        if (own[between - 1]) {
          return true;
        }
        foreign = true;
      }
    }
    return !foreign;
  }

  private boolean write(Run run, MicroOp operation, int cell, int time, long outstanding) {
    model.write(run.views, cell, time, operation.annotations, run.local.views, operation.first, operation.second,
        operation.pick);
    if ((operation.annotations & Annotation.EXCLUSIVE) != 0) {
      run.reserved = Run.NO_PAIRS;
    }
    run.local.step++;
    return run(run, outstanding);
  }
}
