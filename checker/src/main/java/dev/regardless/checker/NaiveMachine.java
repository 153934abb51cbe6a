package dev.regardless.checker;

import dev.regardless.execution.Event;
import dev.regardless.execution.Signature;
import dev.regardless.machine.Access;
import dev.regardless.machine.Architecture;
import dev.regardless.machine.AwaitCondition;
import dev.regardless.machine.KernelPrimitives;
import dev.regardless.machine.LockEvent;
import dev.regardless.machine.Machine;
import dev.regardless.machine.PropertyKind;
import dev.regardless.machine.RmwOperation;
import dev.regardless.machine.ThreadKind;
import dev.regardless.machine.Tracepoint;
import dev.regardless.memory.KernelObject;
import dev.regardless.memory.KmemCache;
import dev.regardless.memory.Memory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The machine of the naive explorer, which shares no code with {@link CheckedMachine}: runs a thread from its beginning
 * over a plain list of events, and says what it wants to do after them. It knows what random programs use and no more.
 */
final class NaiveMachine implements Machine {

  /** What a thread does next. For a read that waits {@code value} is the operand of its condition. */
  record Step(int thread, int signature, int location, long value, int dependency, int partner) {}

  /** A thread; {@code body} is null while nobody has started it. */
  private static final class Task {
    final String name;
    final boolean initial;
    @Nullable
    Runnable body;
    boolean reading;
    boolean failed;

    Task(String name, boolean initial, @Nullable Runnable body) {
      this.name = name;
      this.initial = initial;
      this.body = body;
    }
  }

  private final Architecture architecture;
  private final Memory memory = new Memory(this);
  private final KernelPrimitives primitives;
  private final List<Task> tasks = new ArrayList<>();
  private final Map<List<Integer>, Integer> children = new HashMap<>();

  // The run under way.
  private int thread = -1;
  private List<Event> events = List.of();
  private List<Integer> own = List.of();
  private int done;
  private @Nullable Step next;
  private int fences;
  private int readers;
  private boolean begun;
  private int spawned;
  private int latestRead;
  private int exclusive;
  private Map<Integer, Integer> loadedBy = Map.of();

  NaiveMachine(Architecture architecture) {
    this.architecture = architecture;
    this.primitives = architecture.primitives(this, architecture.primitiveVariants().getFirst());
  }

  void add(String name, Runnable body) {
    tasks.add(new Task(name, true, body));
  }

  int threads() {
    return tasks.size();
  }

  String name(int index) {
    return tasks.get(index).name;
  }

  boolean isInitial(int index) {
    return tasks.get(index).initial;
  }

  /** Whether the thread's last run ended inside a read-side critical section. */
  boolean isReading(int index) {
    return tasks.get(index).reading;
  }

  /** Whether the thread read what is freed or violated an assertion, and so stopped there. */
  boolean hasFailed(int index) {
    return tasks.get(index).failed;
  }

  /** What the thread does after those of the given events that are its own; null if it has ended or failed. */
  @Nullable
  Step run(List<Event> all, int index) {
    thread = index;
    events = all;
    own = new ArrayList<>();
    for (int number = 0; number < all.size(); number++) {
      if (all.get(number).thread() == index) {
        own.add(number);
      }
    }
    done = 0;
    next = null;
    fences = 0;
    readers = 0;
    begun = false;
    spawned = 0;
    latestRead = -1;
    exclusive = -1;
    loadedBy = new HashMap<>();
    tasks.get(index).failed = false;
    Runnable body = tasks.get(index).body;
    if (body == null) {
      throw new IllegalStateException(name(index) + " was not started");
    }
    try {
      body.run();
      if (done < own.size()) {
        throw new IllegalStateException(name(index) + " ended early");
      }
    } catch (Unwound atNext) {
      // The step says what it wants.
    }
    tasks.get(index).reading = readers > 0;
    thread = -1;
    return next;
  }

  /** The number of the event that the thread is at, if it is there already; otherwise the run ends here. */
  private int perform(int signature, int location, long value, int partner) {
    int whole = signature | fences << Integer.numberOfTrailingZeros(Signature.of(0, 0, 1));
    if (readers > 0) {
      whole |= begun ? Signature.IN_SECTION : Signature.IN_SECTION | Signature.NEW_SECTION;
      begun = true;
    }
    fences = 0;
    if (done < own.size()) {
      int number = own.get(done++);
      Event event = events.get(number);
      boolean same = event.signature() == whole && event.location() == location
          && (!event.isWrite() || event.value() == value);
      if (!same) {
        throw new IllegalStateException("%s does something else than %s".formatted(name(thread), event));
      }
      return number;
    }
    int dependency = Signature.isAccess(whole) ? loadedBy.getOrDefault(memory.ownerOf(location), -1) : -1;
    next = new Step(thread, whole, location, value, dependency, partner);
    throw Unwound.BLOCKED;
  }

  private long read(int signature, int location, long operand) {
    latestRead = perform(signature, location, operand, -1);
    long value = events.get(latestRead).value();
    if (value == Memory.FREED) {
      throw fail();
    }
    return value;
  }

  private Unwound fail() {
    tasks.get(thread).failed = true;
    return Unwound.BLOCKED;
  }

  // ---- what random programs do --------------------------------------------------------------------------------------------

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
    long value = read(Signature.of(Signature.READ, access, 0), location, 0);
    if (Access.has(access, Access.EXCLUSIVE)) {
      exclusive = latestRead;
    }
    return value;
  }

  @Override
  public void store(int location, long value, int access) {
    if (thread < 0) {
      memory.initialise(location, value);
    } else {
      perform(Signature.of(Signature.WRITE, access, 0), location, value, -1);
    }
  }

  private void writeAtomically(int location, long value, int access, int read) {
    perform(Signature.atomic(Signature.of(Signature.WRITE, access, 0)), location, value, read);
  }

  @Override
  public long readModifyWrite(int location, RmwOperation operation, long operand, int access) {
    int signature = Signature.atomic(Signature.of(Signature.READ, access, 0)) | Signature.ALWAYS_WRITES;
    long old = read(signature, location, 0);
    writeAtomically(location, operation.apply(old, operand), access, latestRead);
    return old;
  }

  @Override
  public long compareExchange(int location, long expected, long desired, int access) {
    long old = read(Signature.atomic(Signature.of(Signature.READ, access, 0)), location, 0);
    if (old == expected) {
      writeAtomically(location, desired, access, latestRead);
    }
    return old;
  }

  /** An attempt that fails leaves nothing behind but its load, and is made again: only the last one is shown. */
  @Override
  public boolean storeExclusive(int location, long value, int access) {
    int read = exclusive;
    exclusive = -1;
    if (read < 0 || events.get(read).location() != location) {
      return false;
    }
    writeAtomically(location, value, access, read);
    return true;
  }

  @Override
  public void fence(int fence) {
    fences |= 1 << fence;
  }

  @Override
  public long await(int location, AwaitCondition condition, long operand, int access) {
    return read(Signature.awaiting(Signature.of(Signature.READ, access, 0), condition), location, operand);
  }

  @Override
  public void awaitCompareExchange(int location, long expected, long desired, int access) {
    int signature = Signature.atomic(Signature.of(Signature.READ, access, 0)) | Signature.ALWAYS_WRITES;
    read(Signature.awaiting(signature, AwaitCondition.EQUAL), location, expected);
    writeAtomically(location, desired, access, latestRead);
  }

  @Override
  public void referenceLoaded(KernelObject object) {
    loadedBy.put(object.number(), latestRead);
  }

  @Override
  public int spawn(ThreadKind kind, Runnable body, long delay) {
    List<Integer> origin = List.of(thread, spawned);
    Integer known = children.get(origin);
    int child = known == null ? tasks.size() : known;
    if (known == null) {
      children.put(origin, child);
      String name = "%s.%s%d".formatted(name(thread), kind.name().toLowerCase(Locale.ROOT), spawned);
      tasks.add(new Task(name, false, null));
    }
    spawned++;
    tasks.get(child).body = body;
    perform(Signature.SPAWN, child, 0, -1);
    return child;
  }

  @Override
  public void rcuReadLock() {
    if (readers++ == 0) {
      begun = false;
    }
  }

  @Override
  public void rcuReadUnlock() {
    readers--;
  }

  @Override
  public void synchronizeRcu() {
    perform(Signature.GRACE_PERIOD, thread, 0, -1);
  }

  @Override
  public void violation(PropertyKind kind, String message) {
    throw fail();
  }

  @Override
  public int currentThread() {
    return thread;
  }

  @Override
  public ThreadKind currentKind() {
    return ThreadKind.TASK;
  }

  @Override
  public int currentCpu() {
    return 0;
  }

  @Override
  public int cpus() {
    return 1;
  }

  @Override
  public int maximumThreads() {
    return Collections.max(List.of(1, tasks.size()));
  }

  // ---- what they do not do ------------------------------------------------------------------------------------------------

  private static IllegalStateException unused() {
    return new IllegalStateException("random programs do not do this");
  }

  @Override
  public void sleepUntil(int stateLocation, long runnable) {
    throw unused();
  }

  @Override
  public void mightSleep() {
    throw unused();
  }

  @Override
  public void wake(int sleeper) {
    throw unused();
  }

  @Override
  public void preemptDisable() {
    throw unused();
  }

  @Override
  public void preemptEnable() {
    throw unused();
  }

  @Override
  public void interruptsDisable() {
    throw unused();
  }

  @Override
  public void interruptsEnable() {
    throw unused();
  }

  @Override
  public <T extends KernelObject> T allocate(KmemCache<T> cache) {
    throw unused();
  }

  @Override
  public void free(KernelObject object) {
    throw unused();
  }

  @Override
  public void lockEvent(LockEvent event, int location) {
    throw unused();
  }

  @Override
  public void retry(int attempt, int bound) {
    throw unused();
  }

  @Override
  public void tracepoint(Tracepoint point, long first, long second) {
    throw unused();
  }
}
