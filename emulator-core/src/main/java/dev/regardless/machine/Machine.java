package dev.regardless.machine;

import dev.regardless.memory.KernelObject;
import dev.regardless.memory.KmemCache;
import dev.regardless.memory.Memory;

/**
 * What emulated code runs on. Every method is one explicit event (or a fixed short sequence of events) of the calling
 * hardware thread; there is no other way for emulated code to touch shared state. The same code runs under both
 * engines: the emulation engine suspends and resumes it along one schedule, the checking engine re-executes it along
 * all of them.
 *
 * <p>Operations are those of the <em>architecture</em>, not of the kernel: {@link Access} bits and fence numbers come
 * from the architecture's {@link KernelPrimitives}, which map each kernel primitive to them. Kernel code therefore
 * calls {@code KernelPrimitives} (through cells), never {@code load} and {@code store} directly.
 *
 * <p>Locations are dense non-negative numbers handed out by {@link Memory}; each holds one 64-bit value. Before threads
 * start (set-up) all operations act directly on the initial values, single-threaded; after they have ended (end checks)
 * likewise on the final values.
 *
 * <p>Any method may end the calling thread by an unwinding throwable that emulated code must not catch.
 */
public interface Machine {

  Architecture architecture();

  Memory memory();

  /** The architecture's mapping of kernel primitives, bound to this machine. */
  KernelPrimitives primitives();

  // ---- memory ------------------------------------------------------------------------------------------------------

  /** Reads a location; {@code access} is a set of {@link Access} bits. */
  long load(int location, int access);

  /** Writes a location. */
  void store(int location, long value, int access);

  /** One atomic read-modify-write instruction that always writes; returns the value read. */
  long readModifyWrite(int location, RmwOperation operation, long operand, int access);

  /** One compare-and-swap instruction: writes {@code desired} only if it read {@code expected}; returns the value read. */
  long compareExchange(int location, long expected, long desired, int access);

  /**
   * The store of a load-exclusive/store-exclusive pair (the load is {@link #load} with {@link Access#EXCLUSIVE}).
   *
   * @return false if the reservation was lost, or spuriously where the engine decides so; nothing was written then
   */
  boolean storeExclusive(int location, long value, int access);

  /** A fence instruction, numbered by the architecture ({@link Architecture#fenceName}). */
  void fence(int fence);

  /**
   * A spin loop as one event: reads {@code location} until the value satisfies the condition, returns that value. A
   * thread whose condition can never be satisfied is a hang.
   */
  long await(int location, AwaitCondition condition, long operand, int access);

  /**
   * The blocking read-modify-write that locks are made of: waits until the location holds {@code expected}, and in the
   * same event writes {@code desired}.
   */
  void awaitCompareExchange(int location, long expected, long desired, int access);

  /**
   * Tells the engine that the value just loaded by this thread is a reference to {@code object}, so that accesses to
   * its cells are address-dependent on that load until the reference is loaded again.
   */
  void referenceLoaded(KernelObject object);

  // ---- threads -----------------------------------------------------------------------------------------------------

  /** Index of the running thread, 0-based, stable for its whole life; -1 in set-up and end checks. */
  int currentThread();

  /** The context that the running thread runs in; {@link ThreadKind#TASK} in set-up and end checks. */
  ThreadKind currentKind();

  /** The emulated CPU that the running thread is bound to; 0 in set-up. */
  int currentCpu();

  /** Number of emulated CPUs. */
  int cpus();

  /** Upper bound (exclusive) of thread indices of this machine. */
  int maximumThreads();

  /**
   * Starts {@code body} on a thread of its own. Everything the caller did before is ordered before the body's first
   * event. Bodies are shells created with the object they belong to: a lambda made per call breaks re-execution.
   *
   * @param delay cycles of virtual time before the body may start (timers); 0 for none. The checking engine has no
   *     clock: there a delayed body may start at any moment.
   * @return the new thread's index
   */
  int spawn(ThreadKind kind, Runnable body, long delay);

  /**
   * Sleeps until {@code stateLocation} holds {@code runnable}: checked atomically against the newest value, with a full
   * barrier (the scheduler's run-queue lock), so that a wake between the caller's last check and this call is not lost.
   * A sleeper whose state is never set is a hang.
   */
  void sleepUntil(int stateLocation, long runnable);

  /**
   * might_sleep(): reports {@code sleep-in-atomic} if the running thread must not sleep here, whether or not it would this
   * time. Atomic are: preemption or interrupts disabled, an RCU read-side critical section, a {@link ThreadKind#isAtomic()}
   * thread. Source: include/linux/kernel.h, kernel/sched/core.c (__might_sleep), rcu_sleep_check.
   */
  void mightSleep();

  /** Tells the engine that {@code thread}'s sleep condition was just satisfied by the caller. */
  void wake(int thread);

  /** Forbids and allows again a task switch on this CPU; nests. */
  void preemptDisable();

  void preemptEnable();

  /** Masks and unmasks interrupts on this CPU, for lock-order checks and per-CPU sections; nests. */
  void interruptsDisable();

  void interruptsEnable();

  /** Begins and ends an RCU read-side critical section; nests; no fence of its own. */
  void rcuReadLock();

  void rcuReadUnlock();

  /** Waits for all RCU read-side critical sections that began before; a full barrier on each side. */
  void synchronizeRcu();

  // ---- objects -----------------------------------------------------------------------------------------------------

  /** A fresh object of the cache; its cells hold {@link Memory#UNINITIALISED}. Allocation never fails. */
  <T extends KernelObject> T allocate(KmemCache<T> cache);

  /**
   * should_failslab (mm/failslab.c): whether an allocation whose caller copes with NULL fails here. An injected fault of the
   * emulation engine; under the checking engines no allocation fails.
   */
  default boolean shouldFailSlab() {
    return false;
  }

  /** Ends an object's life: writes {@link Memory#FREED} to every cell of it. */
  void free(KernelObject object);

  // ---- what the engines are told ------------------------------------------------------------------------------------

  /** Reports a violated property at this point of the running thread. May unwind the thread, may return. */
  void violation(PropertyKind kind, String message);

  /** A named lock was acquired or released here; for lock-order and irq-safety checks, and counters. */
  void lockEvent(LockEvent event, int location);

  /**
   * Called at each iteration of a retry loop. The checking engine ends executions that exceed {@code bound} and reports
   * that it did; the emulation engine takes any number.
   */
  void retry(int attempt, int bound);

  /** An observation point for metrics and exact accounting; no event of the memory model. */
  void tracepoint(Tracepoint point, long first, long second);
}
