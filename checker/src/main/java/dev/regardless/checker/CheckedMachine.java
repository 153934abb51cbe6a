package dev.regardless.checker;

import dev.regardless.execution.ExecutionGraph;
import dev.regardless.execution.Signature;
import dev.regardless.machine.Access;
import dev.regardless.machine.Architecture;
import dev.regardless.machine.AwaitCondition;
import dev.regardless.machine.KernelPrimitives;
import dev.regardless.machine.LockEvent;
import dev.regardless.machine.PropertyKind;
import dev.regardless.machine.RmwOperation;
import dev.regardless.machine.ThreadKind;
import dev.regardless.machine.WeakenedPrimitives;
import dev.regardless.memory.KernelObject;
import dev.regardless.memory.KmemCache;
import dev.regardless.memory.Memory;
import dev.regardless.memory.WildPointerException;
import java.util.Arrays;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * The machine under the checking engine. Threads are plain calls that are re-executed: an access that the graph already
 * has returns what is recorded there, the first one that it has not is added by the {@link Growth}.
 */
final class CheckedMachine extends SectionedMachine {

  private static final int OUTSIDE = -1;
  /** A thread with more accesses is taken to be in a loop that nobody bounded. */
  private static final int MOST_EVENTS = 5_000;
  private static final int NONE = ExecutionGraph.NONE;

  private final Architecture architecture;
  private final KernelPrimitives primitives;
  private final Memory memory;
  private final OutsideValues outside;
  private final int fullFence;
  private final Growth growth;
  private final Threads threads;
  private final Shells shells;
  private final Registers registers;

  private ExecutionGraph graph;
  private Frame frame;
  private boolean inThread;
  private int thread = OUTSIDE;
  private int position;
  private int length;
  private int[] events = new int[0];
  private int fences;
  private int lastRead = NONE;
  private int exclusiveRead = NONE;
  private int spawns;
  private int allocations;
  private int[] dependsOn = new int[64];
  private long[] dependsSince = new long[64];
  private long[] lastRun = new long[8];
  private long runs;
  private @Nullable CodePlaces places;

  CheckedMachine(Architecture architecture, String variant, Collection<String> weakened, Growth growth) {
    super(growth.sections());
    this.architecture = architecture;
    this.memory = new Memory(this);
    this.outside = new OutsideValues(memory);
    this.primitives = WeakenedPrimitives.of(architecture.primitives(this, variant), this, weakened);
    this.fullFence = 1 << architecture.fullFence();
    this.growth = growth;
    this.threads = growth.threads();
    this.shells = new Shells();
    this.registers = growth.registers();
    this.frame = growth.frame();
    this.graph = frame.graph;
  }

  // ---- for the explorer -------------------------------------------------------------------------------------------------

  /** Runs the code of a thread on the current frame until it ends or is unwound. */
  void run(Frame current, int index) {
    begin(current, index);
    try {
      threads.body(current, index).run();
      finish();
    } catch (NullPointerException e) {
      growth.violation(PropertyKind.NULL_DEREFERENCE, oops(e), thread);
    } catch (WildPointerException e) {
      growth.violation(PropertyKind.USE_AFTER_FREE, oops(e), thread);
    } finally {
      inThread = false;
      sections.end(current, index);
    }
  }

  private static String oops(RuntimeException e) {
    StackTraceElement[] trace = e.getStackTrace();
    return "%s at %s".formatted(e.getMessage(), trace.length == 0 ? "unknown place" : trace[0]);
  }

  private void begin(Frame current, int index) {
    frame = current;
    graph = current.graph;
    declareLocations();
    thread = index;
    inThread = true;
    position = 0;
    length = graph.length(index);
    events = graph.events(index);
    fences = 0;
    lastRead = NONE;
    exclusiveRead = NONE;
    spawns = 0;
    allocations = 0;
    if (index >= lastRun.length) {
      lastRun = Arrays.copyOf(lastRun, Math.max(index + 1, lastRun.length * 2));
    }
    lastRun[index] = ++runs;
    current.ran[index] = runs;
    current.allocations[index] = 0;
    sections.begin(threads.kind(index));
    registers.begin(index);
  }

  private void finish() {
    if (position < length) {
      throw growth.nondeterminism(thread, events[position], "the thread ended");
    }
    frame.allocations[thread] = allocations;
  }

  /** Whether what the thread left outside the graph (registers, for one) comes from its run on this frame. */
  boolean isFresh(Frame current, int index) {
    return index < lastRun.length && lastRun[index] == current.ran[index];
  }

  /** From now on, notes where in the emulated code each replayed event comes from; null to stop that. */
  void note(@Nullable CodePlaces newPlaces) {
    places = newPlaces;
  }

  /** Lets end checks read final values. */
  void enterEnd(Frame current) {
    frame = current;
    graph = current.graph;
    declareLocations();
    outside.enterEnd(graph);
    thread = OUTSIDE;
  }

  void leaveEnd() {
    outside.leaveEnd();
  }

  private void declareLocations() {
    for (int location = graph.locations(); location < memory.locations(); location++) {
      graph.declareLocation(location, memory.initial(location));
    }
  }

  Shells shells() {
    return shells;
  }

  /** Index of the current event in its thread: number of accesses that the running thread has done. */
  int position() {
    return position;
  }

  // ---- memory -----------------------------------------------------------------------------------------------------------

  @Override
  public Architecture architecture() {
    return architecture;
  }

  @Override
  public Memory memory() {
    return memory;
  }

  @Override
  public KernelPrimitives primitives() {
    return primitives;
  }

  @Override
  public long load(int location, int access) {
    if (!inThread) {
      return outside.value(location);
    }
    long value = read(signature(Signature.READ, access), location, 0);
    if ((access & Access.EXCLUSIVE) != 0) {
      exclusiveRead = lastRead;
    }
    return value;
  }

  @Override
  public void store(int location, long value, int access) {
    if (!inThread) {
      outside.store(location, value);
      return;
    }
    write(signature(Signature.WRITE, access), location, value, NONE);
  }

  @Override
  public long readModifyWrite(int location, RmwOperation operation, long operand, int access) {
    if (!inThread) {
      long old = outside.value(location);
      outside.store(location, operation.apply(old, operand));
      return old;
    }
    int signature = Signature.atomic(signature(Signature.READ, access)) | Signature.ALWAYS_WRITES;
    long old = read(signature, location, 0);
    writeHalf(location, operation.apply(old, operand), access);
    return old;
  }

  @Override
  public long compareExchange(int location, long expected, long desired, int access) {
    if (!inThread) {
      long old = outside.value(location);
      if (old == expected) {
        outside.store(location, desired);
      }
      return old;
    }
    long old = read(Signature.atomic(signature(Signature.READ, access)), location, 0);
    if (old == expected) {
      writeHalf(location, desired, access);
    }
    return old;
  }

  /** Succeeds whenever the pair can be atomic: an attempt that fails only repeats the load. */
  @Override
  public boolean storeExclusive(int location, long value, int access) {
    if (!inThread) {
      outside.store(location, value);
      return true;
    }
    int read = exclusiveRead;
    exclusiveRead = NONE;
    if (read == NONE || graph.location(read) != location) {
      return false;
    }
    write(Signature.atomic(signature(Signature.WRITE, access)), location, value, read);
    return true;
  }

  @Override
  public void fence(int fence) {
    fences |= 1 << fence;
  }

  @Override
  public long await(int location, AwaitCondition condition, long operand, int access) {
    if (!inThread) {
      return outside.await(location, condition, operand);
    }
    int signature = signature(Signature.READ, access);
    return read(Signature.awaiting(signature, condition), location, operand);
  }

  @Override
  public void awaitCompareExchange(int location, long expected, long desired, int access) {
    if (!inThread) {
      outside.await(location, AwaitCondition.EQUAL, expected);
      outside.store(location, desired);
      return;
    }
    int signature = Signature.atomic(signature(Signature.READ, access)) | Signature.ALWAYS_WRITES;
    read(Signature.awaiting(signature, AwaitCondition.EQUAL), location, expected);
    writeHalf(location, desired, access);
  }

  @Override
  public void sleepUntil(int stateLocation, long runnable) {
    if (!inThread) {
      outside.await(stateLocation, AwaitCondition.EQUAL, runnable);
      return;
    }
    sections.sleeping(this);
    fences |= fullFence;
    int signature = signature(Signature.READ, Access.ONCE | Access.ACQUIRE);
    read(Signature.awaiting(signature, AwaitCondition.EQUAL), stateLocation, runnable);
  }

  private long read(int signature, int location, long operand) {
    int at = position;
    fences = 0;
    if (at < length) {
      int event = events[at];
      if (graph.signature(event) != signature || graph.location(event) != location) {
        throw growth.nondeterminism(thread, event, signature, location, 0);
      }
      position = at + 1;
      lastRead = event;
      long value = graph.value(event);
      if (Signature.isAwait(signature) && !Signature.condition(signature).holds(value, operand)) {
        frame.status[thread] = Frame.STUCK;
        throw Unwound.BLOCKED;
      }
      if (value == Memory.FREED || value == Memory.UNINITIALISED) {
        poisonRead(location, value);
      }
      return value;
    }
    mayGrow(true);
    int event = growth.addRead(thread, signature, location, operand, dependency(location));
    grown();
    lastRead = event;
    long value = graph.value(event);
    if (value == Memory.FREED || value == Memory.UNINITIALISED) {
      poisonRead(location, value);
    }
    return value;
  }

  private void poisonRead(int location, long value) {
    boolean freed = value == Memory.FREED;
    growth.violation(
        freed ? PropertyKind.USE_AFTER_FREE : PropertyKind.UNINITIALISED_READ,
        "read %s, which %s".formatted(memory.nameOf(location), freed ? "is freed" : "was never written"),
        thread);
  }

  private int signature(int kind, int access) {
    if (places != null && position < length) {
      places.at(events[position]);
    }
    int signature = Signature.of(kind, access, fences) | sections.marks;
    sections.marks &= ~Signature.NEW_SECTION;
    return signature;
  }

  private void mayGrow(boolean mayEnd) {
    frame.allocations[thread] = allocations;
    declareLocations();
    if (mayEnd && position >= MOST_EVENTS) {
      growth.loopBound(thread, MOST_EVENTS);
    }
  }

  private void grown() {
    position++;
    length = position;
    events = graph.events(thread);
  }

  private void writeHalf(int location, long value, int access) {
    write(Signature.atomic(signature(Signature.WRITE, access)), location, value, lastRead);
  }

  private void write(int signature, int location, long value, int partner) {
    int at = position;
    fences = 0;
    if (at < length) {
      int event = events[at];
      if (graph.signature(event) != signature || graph.location(event) != location || graph.value(event) != value) {
        throw growth.nondeterminism(thread, event, signature, location, value);
      }
      position = at + 1;
      return;
    }
    mayGrow(partner == NONE);
    growth.addWrite(thread, signature, location, value, dependency(location), partner);
    grown();
  }

  private int dependency(int location) {
    int owner = memory.ownerOf(location);
    return owner < dependsSince.length && dependsSince[owner] == runs ? dependsOn[owner] : NONE;
  }

  @Override
  public void referenceLoaded(KernelObject object) {
    int number = object.number();
    if (!inThread || lastRead == NONE) {
      return;
    }
    if (number >= dependsOn.length) {
      int room = Math.max(number + 1, dependsOn.length * 2);
      dependsOn = Arrays.copyOf(dependsOn, room);
      dependsSince = Arrays.copyOf(dependsSince, room);
    }
    dependsOn[number] = lastRead;
    dependsSince[number] = runs;
  }

  // ---- threads ----------------------------------------------------------------------------------------------------------

  @Override
  public int currentThread() {
    return inThread ? thread : OUTSIDE;
  }

  @Override
  public ThreadKind currentKind() {
    return inThread ? threads.kind(thread) : ThreadKind.TASK;
  }

  @Override
  public int currentCpu() {
    return inThread ? threads.cpu(thread) : 0;
  }

  @Override
  public int cpus() {
    return threads.cpus();
  }

  @Override
  public int maximumThreads() {
    return Threads.MAXIMUM;
  }

  @Override
  public int spawn(ThreadKind kind, Runnable body, long delay) {
    if (!inThread) {
      return threads.addInitial(kind.name(), kind, -1, body);
    }
    int child = threads.spawned(thread, spawns++, kind);
    frame.ensureThreads(threads.count());
    frame.bodies[child] = body;
    int signature = signature(Signature.SPAWN, 0);
    int at = position;
    fences = 0;
    if (at < length) {
      int event = events[at];
      if (graph.signature(event) != signature || graph.location(event) != child) {
        throw growth.nondeterminism(thread, event, signature, child, 0);
      }
      position = at + 1;
      return child;
    }
    growth.addSpawn(thread, signature, child);
    grown();
    return child;
  }

  @Override
  public void synchronizeRcu() {
    if (inThread) {
      sections.gracePeriod(this);
      int signature = signature(Signature.GRACE_PERIOD, 0);
      fences = 0;
      if (position == length) {
        growth.addGracePeriod(thread, signature);
        grown();
        return;
      }
      frame.passGracePeriod(growth, thread, events[position], signature);
      position++;
    }
  }

  // ---- objects ----------------------------------------------------------------------------------------------------------

  @Override
  public <T extends KernelObject> T allocate(KmemCache<T> cache) {
    if (!inThread) {
      return cache.newShell();
    }
    T shell = shells.of(thread, allocations++, cache);
    frame.allocations[thread] = allocations;
    return shell;
  }

  @Override
  public void free(KernelObject object) {
    KernelObject whole = object.owner();
    int first = whole.firstLocation();
    for (int i = 0; i < whole.locationCount(); i++) {
      store(first + i, Memory.FREED, Access.PLAIN);
    }
  }

  // ---- what the engine is told --------------------------------------------------------------------------------------------

  @Override
  public void violation(PropertyKind kind, String message) {
    growth.violation(kind, message, thread);
  }

  @Override
  public void lockEvent(LockEvent event, int location) {
    if (inThread) {
      sections.lockEvent(this, event, location);
    }
  }

  @Override
  public void retry(int attempt, int bound) {
    if (attempt > bound && inThread) {
      growth.loopBound(thread, bound);
    }
  }
}
