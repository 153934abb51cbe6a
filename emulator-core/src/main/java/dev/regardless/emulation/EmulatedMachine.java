package dev.regardless.emulation;

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
import dev.regardless.machine.WeakenedPrimitives;
import dev.regardless.memory.KernelObject;
import dev.regardless.memory.KmemCache;
import dev.regardless.memory.Memory;

/**
 * The machine of the emulation engine: performs each access on the architecture's storage subsystem, charges virtual
 * time, watches for poison, and gives way to other threads when its quantum is used up.
 *
 * <p>While {@link #direct} holds (set-up and end checks) accesses act on plain values instead.
 */
final class EmulatedMachine implements Machine {

  private final Architecture architecture;
  private final EmulatorSettings settings;
  private final Chooser chooser;
  private final Memory memory;
  private final KernelPrimitives primitives;
  private final Threads threads;
  private final LockWatch locks;
  private final GracePeriods gracePeriods;
  final StorageSubsystem storage;
  final VirtualClock clock;
  final Counters counters;
  final ObjectPool pool;
  private final Violations violations;
  private final boolean watchesLocks;
  private final ReferenceViews references;
  private final InjectedFaults faults;
  private TraceObserver observer = (point, first, second, thread, cycles) -> {};

  /** Set-up and end checks: no threads, no memory order. */
  boolean direct = true;

  EmulatedMachine(
      Architecture architecture, EmulatorSettings settings, Chooser chooser, Scheduler scheduler,
      Violations violations) {
    this.architecture = architecture;
    this.settings = settings;
    this.chooser = chooser;
    this.violations = violations;
    this.watchesLocks = settings.properties().contains(PropertyKind.LOCK_ORDER);
    this.memory = new Memory(this);
    String variant = settings.primitives().isEmpty()
        ? architecture.primitiveVariants().getFirst()
        : settings.primitives();
    this.primitives = WeakenedPrimitives.of(architecture.primitives(this, variant), this, settings.weakened());
    this.storage = architecture.storage(StorageParameters.of(settings, chooser, this::wroteFreed));
    this.clock = new VirtualClock(architecture.costs(), memory, settings.cpus());
    this.counters = new Counters(architecture.fences());
    this.faults = new InjectedFaults(settings.faults(), chooser, counters);
    violations.measureBy(clock, counters);
    this.pool = new ObjectPool(memory, settings.quarantine());
    this.locks = new LockWatch(memory, this::violation);
    this.references = new ReferenceViews(settings.cpus(), memory);
    Dispatcher dispatcher = new Dispatcher(settings, scheduler, chooser, storage, clock, counters,
        architecture.fullFence());
    this.threads = new Threads(settings, dispatcher, counters);
    this.gracePeriods = new GracePeriods(threads, dispatcher, storage);
  }

  Threads threads() {
    return threads;
  }

  void observe(TraceObserver newObserver) {
    this.observer = newObserver;
  }

  /** Takes the initial values over into the storage and forgets everything that a run left behind. */
  void reset() {
    pool.reset();
    storage.ensureLocations(memory.locations());
    storage.restart();
    for (int location = 0; location < memory.locations(); location++) {
      storage.reset(location, memory.initial(location));
    }
    clock.reset();
    counters.reset();
    locks.reset();
    gracePeriods.reset();
    threads.reset();
    references.reset();
    faults.reset();
  }

  // ---- memory ------------------------------------------------------------------------------------------------------

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
    if (direct) {
      return directValue(location);
    }
    int cpu = threads.step();
    counters.loads++;
    clock.load(cpu, location);
    long value = storage.load(cpu, location, access, references.of(cpu, location));
    if (value == Memory.FREED || value == Memory.UNINITIALISED) {
      poisonRead(location, value);
    }
    return value;
  }

  @Override
  public void store(int location, long value, int access) {
    if (direct) {
      directStore(location, value);
      return;
    }
    int cpu = threads.step();
    counters.stores++;
    clock.store(cpu, location);
    storage.store(cpu, location, value, access, references.of(cpu, location), 0);
  }

  @Override
  public long readModifyWrite(int location, RmwOperation operation, long operand, int access) {
    if (direct) {
      long old = directValue(location);
      directStore(location, operation.apply(old, operand));
      return old;
    }
    int cpu = threads.step();
    counters.atomics++;
    clock.atomic(cpu, location);
    long old = storage.readModifyWrite(cpu, location, operation, operand, access, references.of(cpu, location), 0);
    if (old == Memory.FREED || old == Memory.UNINITIALISED) {
      poisonRead(location, old);
    }
    return old;
  }

  @Override
  public long compareExchange(int location, long expected, long desired, int access) {
    if (direct) {
      long old = directValue(location);
      if (old == expected) {
        directStore(location, desired);
      }
      return old;
    }
    return exchangeIf(threads.step(), location, expected, desired, access);
  }

  private long exchangeIf(int cpu, int location, long expected, long desired, int access) {
    counters.atomics++;
    clock.atomic(cpu, location);
    long old = storage.compareExchange(cpu, location, expected, desired, access, references.of(cpu, location), 0);
    if (old == Memory.FREED || old == Memory.UNINITIALISED) {
      poisonRead(location, old);
    }
    return old;
  }

  @Override
  public boolean storeExclusive(int location, long value, int access) {
    if (direct) {
      directStore(location, value);
      return true;
    }
    int cpu = threads.step();
    counters.atomics++;
    clock.atomic(cpu, location);
    if (faults.storeExclusiveFails()) {
      return false;
    }
    return storage.storeExclusive(
        cpu, location, value, access | Access.EXCLUSIVE, references.of(cpu, location), 0);
  }

  @Override
  public void fence(int fence) {
    if (direct) {
      return;
    }
    int cpu = threads.step();
    counters.fences[fence]++;
    clock.fence(cpu, fence);
    storage.fence(cpu, fence);
  }

  @Override
  public long await(int location, AwaitCondition condition, long operand, int access) {
    while (true) {
      long value = load(location, access);
      if (condition.holds(value, operand)) {
        return value;
      }
      spin(location);
    }
  }

  @Override
  public void awaitCompareExchange(int location, long expected, long desired, int access) {
    if (direct) {
      compareExchange(location, expected, desired, access);
      return;
    }
    while (exchangeIf(threads.step(), location, expected, desired, access) != expected) {
      spin(location);
    }
  }

  /** Waits for the location to change, unless a newer value than the one just read is already there. */
  private void spin(int location) {
    if (direct) {
      violation(PropertyKind.HANG, "nobody can change " + memory.nameOf(location));
      throw EmulationStop.INSTANCE;
    }
    int cpu = threads.current().cpu;
    if (storage.lastLoadWasNewest(cpu)) {
      threads.blockSpinning(location, storage.version(location));
    }
  }

  @Override
  public void referenceLoaded(KernelObject object) {
    if (!direct) {
      int cpu = threads.current().cpu;
      references.loaded(cpu, object, storage.lastView(cpu));
    }
  }

  private long directValue(int location) {
    return threads.started() ? storage.newest(location) : memory.initial(location);
  }

  private void directStore(int location, long value) {
    if (threads.started()) {
      storage.reset(location, value);
    } else {
      memory.initialise(location, value);
    }
  }

  private void poisonRead(int location, long value) {
    boolean freed = value == Memory.FREED;
    violation(
        freed ? PropertyKind.USE_AFTER_FREE : PropertyKind.UNINITIALISED_READ,
        "read %s, which %s".formatted(memory.nameOf(location), freed ? "is freed" : "was never written"));
  }

  private void wroteFreed(int cpu, int location) {
    violation(
        PropertyKind.USE_AFTER_FREE, "CPU %d wrote %s, which is freed".formatted(cpu, memory.nameOf(location)));
  }

  // ---- threads -----------------------------------------------------------------------------------------------------

  @Override
  public int currentThread() {
    return direct ? -1 : threads.current().index;
  }

  @Override
  public int currentCpu() {
    return direct ? 0 : threads.current().cpu;
  }

  @Override
  public ThreadKind currentKind() {
    return direct ? ThreadKind.TASK : threads.current().kind;
  }

  @Override
  public int cpus() {
    return settings.cpus();
  }

  @Override
  public int maximumThreads() {
    return settings.threads();
  }

  @Override
  public int spawn(ThreadKind kind, Runnable body, long delay) {
    int cpu = chooser.choose(settings.cpus());
    long late = kind == ThreadKind.WORKER ? delay + faults.workDelay() : delay;
    // What the spawner did is visible to the body: the queue's lock sees to that.
    long released = direct ? 0 : storage.releaseAll(threads.current().cpu);
    return threads.spawn(kind, body, cpu, late, released);
  }

  @Override
  public void sleepUntil(int stateLocation, long runnable) {
    if (direct) {
      return;
    }
    int cpu = threads.step();
    mightSleep();
    EmulatedThread self = threads.current();
    storage.fence(cpu, architecture.fullFence());
    // Acquires, as schedule() does by its run queue's lock: what the waker did before is visible to the sleeper.
    while (storage.loadNewest(self.cpu, stateLocation, Access.ACQUIRE) != runnable) {
      threads.blockSleeping(true, stateLocation);
      if (self.spurious) {
        self.spurious = false;
        // A stray wake-up: whoever it was set the state, as try_to_wake_up does.
        store(stateLocation, runnable, Access.ONCE);
        storage.fence(self.cpu, architecture.fullFence());
      }
    }
  }

  @Override
  public void mightSleep() {
    if (!direct && threads.current().isAtomic()) {
      violation(PropertyKind.SLEEP_IN_ATOMIC, "schedule() in atomic context");
    }
  }

  @Override
  public void wake(int thread) {
    if (!direct) {
      threads.wake(thread);
    }
  }

  @Override
  public void preemptDisable() {
    if (!direct) {
      threads.current().preemptDisabled++;
    }
  }

  @Override
  public void preemptEnable() {
    if (!direct) {
      threads.current().preemptDisabled--;
    }
  }

  @Override
  public void interruptsDisable() {
    if (!direct) {
      threads.current().interruptsDisabled++;
      threads.current().preemptDisabled++;
    }
  }

  @Override
  public void interruptsEnable() {
    if (!direct) {
      threads.current().interruptsDisabled--;
      threads.current().preemptDisabled--;
    }
  }

  @Override
  public void rcuReadLock() {
    if (!direct) {
      gracePeriods.readLock(threads.current());
    }
  }

  @Override
  public void rcuReadUnlock() {
    if (!direct) {
      gracePeriods.readUnlock(threads.current());
    }
  }

  @Override
  public void synchronizeRcu() {
    if (!direct) {
      threads.step();
      if (threads.current().rcuNesting > 0) {
        violation(PropertyKind.HANG, "synchronize_rcu() inside an RCU read-side critical section");
      }
      gracePeriods.synchronize();
    }
  }

  // ---- objects -----------------------------------------------------------------------------------------------------

  @Override
  public <T extends KernelObject> T allocate(KmemCache<T> cache) {
    int locations = memory.locations();
    T object = pool.take(cache);
    if (memory.locations() != locations) {
      storage.ensureLocations(memory.locations());
      clock.ensureLines();
      references.ensureObjects();
    }
    int first = object.firstLocation();
    int end = first + object.locationCount();
    for (int location = first; location < end; location++) {
      if (direct && !threads.started()) {
        memory.initialise(location, Memory.UNINITIALISED);
      } else {
        storage.reset(location, Memory.UNINITIALISED);
      }
    }
    return object;
  }

  @Override
  public boolean shouldFailSlab() {
    return !direct && faults.allocationFails();
  }

  @Override
  public void free(KernelObject object) {
    // Gives way before, not between giving the object back and poisoning it: it could be reused meanwhile.
    int cpu = direct ? 0 : threads.step();
    if (!pool.release(object)) {
      violation(PropertyKind.DOUBLE_FREE, "freed %s, which is not allocated".formatted(object.name()));
      return;
    }
    int first = object.firstLocation();
    int end = first + object.locationCount();
    for (int location = first; location < end; location++) {
      if (direct) {
        directStore(location, Memory.FREED);
      } else {
        storage.store(cpu, location, Memory.FREED, Access.PLAIN, references.of(cpu, location), 0);
      }
    }
  }

  // ---- what the engine is told ---------------------------------------------------------------------------------------

  @Override
  public void violation(PropertyKind kind, String message) {
    if (!settings.properties().contains(kind)) {
      return;
    }
    violations.add(kind, message, direct ? null : threads.current(), new Throwable().getStackTrace());
    throw EmulationStop.INSTANCE;
  }

  /** Emulated code faulted: reported whatever properties are watched, since its thread cannot go on. */
  void oops(PropertyKind kind, RuntimeException fault) {
    violations.add(kind, String.valueOf(fault.getMessage()), threads.current(), fault.getStackTrace());
  }

  @Override
  public void lockEvent(LockEvent event, int location) {
    if (direct) {
      return;
    }
    if (event != LockEvent.RELEASE) {
      counters.lockAcquisitions++;
    }
    if (watchesLocks) {
      EmulatedThread self = threads.current();
      locks.happened(event, location, self);
    }
  }

  @Override
  public void retry(int attempt, int bound) {
    if (attempt > 0) {
      counters.retries++;
    }
  }

  @Override
  public void tracepoint(Tracepoint point, long first, long second) {
    if (!direct) {
      EmulatedThread self = threads.current();
      threads.progressed();
      observer.passed(point, first, second, self.index, clock.cycles(self.cpu));
    }
  }
}
