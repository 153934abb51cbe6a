package dev.regardless.checker;

import static dev.regardless.execution.ExecutionGraph.NONE;

import dev.regardless.execution.ExecutionGraph;
import dev.regardless.execution.MemoryModel;
import dev.regardless.execution.Signature;
import dev.regardless.machine.Architecture;
import dev.regardless.machine.PropertyKind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Explores every consistent execution graph of one program, each once, depth first: TruSt (Kokologiannakis, Marmanis,
 * Gladstein, Vafeiadis, POPL 2022) over re-executed threads. See docs/design/0003-checker.md for the conditions that
 * completeness and uniqueness rest on.
 *
 * <p>Forward: runs threads until nothing can be added; each access that the graph lacks becomes an event with its first
 * alternative. Backward: takes the newest event that has an alternative left; a write without further place in co goes on
 * to the reads that it may revisit, each in a frame of its own, when the graph is again what it was when it was added.
 */
class Explorer implements Growth {

  /** Phase of a write: its places in co are being tried. */
  static final int PLACING = 0;
  /** Phase of a write: reads up to its cursor are still to be revisited. */
  static final int REVISITING = 1;
  /** Phase of an event: another worker has its remaining alternatives. */
  static final int GIVEN = 2;

  private final MemoryModel model;
  private final Threads threads;
  private final Sections sections = new Sections(this::isUnreal);
  private final Registers registers = new Registers();
  private final Choices choices;
  private final Revisits revisits;
  private final List<Frame> frames = new ArrayList<>();
  private final CheckedMachine machine;
  private final ExecutionListener listener;
  private final Endings endings;
  private final RealOrNot realOrNot;
  private final Turns turns;
  private int depth;
  private Frame frame;
  private ExecutionGraph graph;
  private int preferred = NONE;
  /** A write whose place is new and has not been looked at, or NONE. */
  private int replaced = NONE;
  private Control control = Control.NONE;
  private boolean stopped;
  private boolean exploring;
  /** Threads are run only to see what they did; they add nothing. */
  private boolean replaying;
  /** A thread violated a property in the latest replay. */
  private boolean violatedAgain;
  /** A thread is run again in an execution known to be real, for what could not be told before. */
  private boolean settling;

  Explorer(Architecture architecture, String variant, MemoryModel model, ExecutionListener listener) {
    this(architecture, variant, List.of(), model, listener, new Choices(), new Revisits(), new ThreadNumbers());
  }

  Explorer(
      Architecture architecture,
      String variant,
      Collection<String> weakened,
      MemoryModel model,
      ExecutionListener listener,
      Choices choices,
      Revisits revisits,
      ThreadNumbers numbers) {
    this.model = model;
    this.threads = new Threads(numbers);
    this.choices = choices;
    this.revisits = revisits;
    this.listener = listener;
    this.endings = new Endings(this, listener);
    this.realOrNot = new RealOrNot(this);
    this.turns = new Turns(this, choices);
    this.frame = new Frame(model);
    this.graph = frame.graph;
    frames.add(frame);
    this.machine = new CheckedMachine(architecture, variant, weakened, this);
  }

  CheckedMachine machine() {
    return machine;
  }

  @Override
  public Threads threads() {
    return threads;
  }

  @Override
  public Sections sections() {
    return sections;
  }

  @Override
  public Registers registers() {
    return registers;
  }

  @Override
  public Frame frame() {
    return frame;
  }

  /** Ends {@link #explore} before the next execution. */
  void stop() {
    stopped = true;
  }

  /** Explores all executions from the empty graph, or until {@link #stop}. */
  void explore() {
    explore(WorkUnit.all());
  }

  /** Explores what remains in a unit, or until {@link #stop}. */
  void explore(WorkUnit unit) {
    stopped = false;
    exploring = true;
    if (start(unit)) {
      do {
        forward();
        if (control.isAttentionWanted()) {
          control.attend(this);
        }
      } while (!stopped && backward());
    }
    exploring = false;
  }

  /** Makes the unit's graph the current one with its next alternative; false if there is none. */
  private boolean start(WorkUnit unit) {
    depth = 0;
    enter(frames.get(0));
    graph.clear();
    frame.ensureThreads(threads.count());
    java.util.Arrays.fill(frame.status, Frame.RUN);
    frame.base = 0;
    frame.revisitedRead = NONE;
    frame.revisitingWrite = NONE;
    preferred = NONE;
    replaced = NONE;
    if (unit.kind() == WorkUnit.ALL) {
      return true;
    }
    new UnitReader(this, unit).load(frame);
    replay();
    java.util.Arrays.fill(frame.status, Frame.RUN);
    int event = graph.size() - 1;
    frame.base = unit.kind() == WorkUnit.REVISITED ? event + 1 : event;
    return switch (unit.kind()) {
      case WorkUnit.READ -> {
        resume(graph.thread(event));
        yield choices.read(graph, event, unit.next());
      }
      case WorkUnit.PLACE -> startPlacing(event, unit.next());
      case WorkUnit.REVISIT -> {
        graph.phase(event, REVISITING);
        graph.cursor(event, unit.next());
        yield backward();
      }
      case WorkUnit.STAY -> turns.stay(event);
      default -> startRevisited(unit.read(), event, unit.next());
    };
  }

  private boolean startPlacing(int write, int prior) {
    if (Choices.place(graph, write, prior)) {
      resume(graph.thread(write));
      replaced = write;
      return true;
    }
    return backward();
  }

  private boolean startRevisited(int read, int write, int prior) {
    if (!revisits.place(graph, read, write, prior)) {
      return false;
    }
    frame.revisitedRead = read;
    frame.revisitingWrite = write;
    resume(graph.thread(read));
    replaced = write;
    return true;
  }

  /** Who is asked after each execution whether somebody wants something. */
  void control(Control newControl) {
    control = newControl;
  }

  /** The frames in use, the shallowest first. */
  List<Frame> frames() {
    return frames.subList(0, depth + 1);
  }

  Endings endings() {
    return endings;
  }

  /**
   * Runs all threads once more over the current graph. Spawners come before the threads that they spawn.
   *
   * @throws NondeterminismException if one does anything else than what the graph says
   */
  void replay() {
    byte[] status = frame.status.clone();
    replaying = true;
    violatedAgain = false;
    try {
      for (int thread = 0; thread < frame.threads; thread++) {
        if (exists(thread)) {
          run(thread);
        }
      }
    } finally {
      replaying = false;
      System.arraycopy(status, 0, frame.status, 0, status.length);
    }
  }

  boolean isViolatedAgain() {
    return violatedAgain;
  }

  ExecutionGraph graph() {
    return graph;
  }

  /** Whether the thread exists in the current graph and waits. */
  boolean isWaiting(int thread) {
    byte status = frame.status[thread];
    return (status == Frame.WAITING || status == Frame.STUCK || Frame.isGracePeriod(status)) && exists(thread);
  }

  /** Whether the thread was started in the current graph. */
  boolean exists(int thread) {
    return thread < threads.initial() || graph.spawnedBy(thread) != NONE;
  }

  /** Whether some grace period did not wait for a reader as it should have, or will not have if that reader stays inside. */
  boolean isUnreal() {
    return !settling && sections.usesRcu() && realOrNot.isUnreal();
  }

  /** Runs a thread once more, now that the graph is known to be real; false if it violates a property. */
  boolean settle(int thread) {
    byte[] status = frame.status.clone();
    settling = true;
    replaying = true;
    try {
      return run(thread);
    } finally {
      settling = false;
      replaying = false;
      System.arraycopy(status, 0, frame.status, 0, status.length);
    }
  }

  private void enter(Frame next) {
    frame = next;
    graph = next.graph;
  }

  // ---- forward ----------------------------------------------------------------------------------------------------------

  private void forward() {
    int write = replaced;
    replaced = NONE;
    if (write != NONE && endings.showsFreed(write)) {
      return;
    }
    if (preferred != NONE) {
      int thread = preferred;
      preferred = NONE;
      if (!run(thread)) {
        return;
      }
    }
    for (int thread = turns.next(); thread != NONE; thread = turns.next()) {
      if (!run(thread)) {
        return;
      }
    }
    endings.ended();
  }

  /** Runs a thread as far as it goes; false if this graph is not to be extended. */
  boolean run(int thread) {
    try {
      machine.run(frame, thread);
      frame.status[thread] = Frame.DONE;
      return true;
    } catch (Unwound reason) {
      return reason == Unwound.BLOCKED;
    }
  }

  // ---- called by the machine --------------------------------------------------------------------------------------------

  @Override
  public int addRead(int thread, int signature, int location, long operand, int dependency) {
    beyondReplay(thread, signature, location, 0);
    if (Signature.isAwait(signature)
        && !choices.isEnabled(graph, graph.lastOf(thread), signature, location, operand)) {
      frame.status[thread] = Frame.WAITING;
      frame.waitSignature[thread] = signature;
      frame.waitLocation[thread] = location;
      frame.waitOperand[thread] = operand;
      throw Unwound.BLOCKED;
    }
    int read = graph.append(signature, thread, location, 0, dependency, NONE);
    graph.operand(read, operand);
    if (!choices.read(graph, read, graph.coLast(location))) {
      throw Unwound.PRUNED;
    }
    if (!Choices.satisfies(graph, read, graph.readsFrom(read))) {
      frame.status[thread] = Frame.STUCK;
      throw Unwound.BLOCKED;
    }
    return read;
  }

  @Override
  public void addWrite(int thread, int signature, int location, long value, int dependency, int partner) {
    beyondReplay(thread, signature, location, value);
    int write = graph.append(signature, thread, location, value, dependency, partner);
    if (!Choices.place(graph, write, graph.coLast(location))) {
      throw Unwound.PRUNED;
    }
    endings.checkFreed(write);
  }

  /** Nothing is added in a replay: the thread goes on as it did then, or is not deterministic. */
  private void beyondReplay(int thread, int signature, int location, long value) {
    if (replaying) {
      NondeterminismException.checkBeyond(this, thread, signature, location, value);
      throw Unwound.BLOCKED;
    }
  }

  @Override
  public void addSpawn(int thread, int signature, int child) {
    beyondReplay(thread, signature, child, 0);
    graph.append(signature, thread, child, 0, NONE, NONE);
    frame.status[child] = Frame.RUN;
  }

  @Override
  public void addGracePeriod(int thread, int signature) {
    beyondReplay(thread, signature, thread, 0);
    turns.endGracePeriod(thread, signature);
  }

  @Override
  public void loopBound(int thread, int bound) {
    frame.status[thread] = Frame.CUT;
    throw Unwound.BLOCKED;
  }

  @Override
  public void violation(PropertyKind kind, String message, int thread) {
    if (!exploring) {
      throw new IllegalStateException("set-up violates %s: %s".formatted(kind.id(), message));
    }
    if (replaying && !settling) {
      violatedAgain = true;
      throw Unwound.BLOCKED;
    }
    if (thread >= 0 && isUnreal()) {
      // Not real, or not yet; but a revisit on the way on may be.
      frame.status[thread] = Frame.FAILED;
      throw Unwound.BLOCKED;
    }
    settling = false;
    replaying = false;
    listener.violated(graph, kind, message, thread);
    throw Unwound.PRUNED;
  }

  @Override
  public RuntimeException nondeterminism(int thread, int event, String found) {
    return NondeterminismException.instead(this, thread, event, found);
  }

  @Override
  public RuntimeException nondeterminism(int thread, int event, int signature, int location, long value) {
    return nondeterminism(thread, event, NondeterminismException.does(this, signature, location, value));
  }

  // ---- backward -----------------------------------------------------------------------------------------------------------

  /** Goes to the next graph to extend; false if there is none. */
  boolean backward() {
    while (true) {
      while (graph.size() > frame.base) {
        if (advance(graph.size() - 1)) {
          return true;
        }
      }
      int read = frame.revisitedRead;
      if (read != NONE && revisits.nextPlace(graph, read, frame.revisitingWrite)) {
        resume(graph.thread(read));
        replaced = frame.revisitingWrite;
        return true;
      }
      if (depth == 0) {
        return false;
      }
      enter(frames.get(--depth));
    }
  }

  private void resume(int thread) {
    frame.status[thread] = Frame.RUN;
    preferred = first(thread);
  }

  /** Which thread goes on: the one whose read changed, for the write of its read-modify-write must come next. */
  int first(int changed) {
    return changed;
  }

  /** The next alternative of the newest event; without one, removes it. */
  private boolean advance(int event) {
    int signature = graph.signature(event);
    if (graph.phase(event) == GIVEN) {
      Choices.undo(graph, event);
    } else if (Signature.isRead(signature)) {
      while (choices.nextRead(graph, event)) {
        if (!revisits.isDeadEnd(graph, event)) {
          resume(graph.thread(event));
          return true;
        }
      }
    } else if (Signature.isWrite(signature)) {
      if (graph.phase(event) == PLACING) {
        if (Choices.nextPlace(graph, event)) {
          resume(graph.thread(event));
          replaced = event;
          return true;
        }
        graph.phase(event, REVISITING);
        graph.cursor(event, event - 1);
      }
      if (revisit(event)) {
        return true;
      }
    } else if (turns.stay(event)) {
      return true;
    }
    frame.status[graph.thread(event)] = Frame.RUN;
    graph.removeLast();
    return false;
  }

  private boolean revisit(int write) {
    int from = graph.cursor(write);
    while (from >= 0) {
      int read = revisits.next(graph, write, from);
      from = read - 1;
      if (read >= 0 && enterRevisit(read, write, from)) {
        return true;
      }
    }
    return false;
  }

  boolean enterRevisit(int read, int write, int rest) {
    if (!Revisits.mayPlace(graph, read, write)) {
      return false;
    }
    if (depth + 1 == frames.size()) {
      frames.add(new Frame(model));
    }
    Frame child = frames.get(depth + 1);
    revisits.restrict(frame, child, read, write);
    int revisiting = child.revisitingWrite;
    if (!revisits.place(child.graph, read, revisiting, child.graph.coLast(child.graph.location(revisiting)))) {
      return false;
    }
    graph.cursor(write, rest);
    depth++;
    enter(child);
    resume(graph.thread(read));
    replaced = revisiting;
    return true;
  }
}
