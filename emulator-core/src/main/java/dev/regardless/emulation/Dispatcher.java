package dev.regardless.emulation;

import dev.regardless.emulation.EmulatedThread.State;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Which thread runs next: multiplexes emulated threads on CPUs, and asks the {@link Scheduler} for the next CPU. Injects
 * the faults that concern scheduling, and takes the storage's internal transitions.
 *
 * <p>A CPU is enabled if the thread on it can run, or could be switched for one that can. A thread spinning on a location
 * can run once the location has changed since it looked.
 */
final class Dispatcher {

  private final EmulatorSettings settings;
  private final FaultSettings faults;
  private final Scheduler scheduler;
  private final Chooser chooser;
  private final StorageSubsystem storage;
  private final VirtualClock clock;
  private final Counters counters;
  private final int fullFence;
  private final EmulatedThread[] running;
  private final RunQueue[] queues;
  private final PriorityQueue<EmulatedThread> delayed = new PriorityQueue<>(
      (a, b) -> a.readyAt != b.readyAt
          ? Long.compare(a.readyAt, b.readyAt)
          : Long.compare(a.readyOrder, b.readyOrder));
  private final long[] stalledUntil;
  private final ArrayDeque<EmulatedThread> sleepers = new ArrayDeque<>();
  private long order;
  private int lastCpu = -1;
  private boolean anyStalled;

  Dispatcher(
      EmulatorSettings settings,
      Scheduler scheduler,
      Chooser chooser,
      StorageSubsystem storage,
      VirtualClock clock,
      Counters counters,
      int fullFence) {
    this.settings = settings;
    this.faults = settings.faults();
    this.scheduler = scheduler;
    this.chooser = chooser;
    this.storage = storage;
    this.clock = clock;
    this.counters = counters;
    this.fullFence = fullFence;
    this.running = new EmulatedThread[settings.cpus()];
    this.queues = new RunQueue[settings.cpus()];
    this.stalledUntil = new long[settings.cpus()];
    for (int cpu = 0; cpu < queues.length; cpu++) {
      queues[cpu] = new RunQueue();
    }
  }

  void reset() {
    Arrays.fill(running, null);
    Arrays.fill(stalledUntil, 0);
    for (RunQueue queue : queues) {
      queue.clear();
    }
    delayed.clear();
    sleepers.clear();
    order = 0;
    lastCpu = -1;
    anyStalled = false;
  }

  int quantum() {
    return scheduler.quantum();
  }

  // ---- what threads become -----------------------------------------------------------------------------------------

  /** Puts a thread on its CPU's queue, or aside until {@code delay} cycles have passed. */
  void makeRunnable(EmulatedThread thread, int waker, long delay) {
    if (delay > 0) {
      thread.state = State.DELAYED;
      thread.readyAt = (waker >= 0 ? clock.cycles(waker) : clock.latest()) + delay;
      thread.readyOrder = order++;
      delayed.add(thread);
      return;
    }
    thread.state = State.RUNNABLE;
    if (waker >= 0 && running[thread.cpu] == null && queues[thread.cpu].isEmpty()) {
      clock.wakeIdle(waker, thread.cpu);
    }
    queues[thread.cpu].addLast(thread);
  }

  /** The running thread goes to sleep; {@code tolerant} if it copes with waking for nothing. */
  void sleep(EmulatedThread thread, boolean tolerant) {
    thread.state = State.SLEEPING;
    running[thread.cpu] = null;
    if (tolerant && faults.spuriousWake() > 0) {
      sleepers.addLast(thread);
    }
  }

  /** Wakes a sleeper; a thread that is not asleep is left alone. */
  void wake(EmulatedThread thread, int waker) {
    if (thread.state != State.SLEEPING) {
      return;
    }
    sleepers.remove(thread);
    long delay = 0;
    if (faults.delayedWake() > 0 && chooser.chance(faults.delayedWake())) {
      counters.faultsInjected++;
      delay = 1L + chooser.choose(faults.wakeDelay());
    }
    makeRunnable(thread, waker, delay);
  }

  /** The running thread's body returned. */
  void ended(EmulatedThread thread) {
    running[thread.cpu] = null;
  }

  // ---- who runs next -------------------------------------------------------------------------------------------------

  /** Decides; returns the thread to run, or null if nobody ever can. */
  @Nullable
  EmulatedThread next() {
    counters.decisions++;
    takeTransitions();
    injectFaults();
    if (!delayed.isEmpty()) {
      releaseDelayed(clock.latest());
    }
    long enabled = enabled();
    while (enabled == 0) {
      if (!unblock()) {
        return null;
      }
      enabled = enabled();
    }
    int cpu = scheduler.pick(enabled, lastCpu);
    lastCpu = cpu;
    return place(cpu);
  }

  /** Somebody may run after all: a stalled CPU, a full store buffer, or virtual time to pass. */
  private boolean unblock() {
    if (anyStalled) {
      Arrays.fill(stalledUntil, 0);
      anyStalled = false;
      return true;
    }
    boolean moved = false;
    for (int cpu = 0; cpu < running.length; cpu++) {
      while (storage.transitions(cpu) > 0) {
        applyTransition(cpu);
        moved = true;
      }
    }
    if (moved) {
      return true;
    }
    EmulatedThread first = delayed.peek();
    if (first == null) {
      return false;
    }
    releaseDelayed(first.readyAt);
    return true;
  }

  private void releaseDelayed(long now) {
    for (EmulatedThread first = delayed.peek(); first != null && first.readyAt <= now; first = delayed.peek()) {
      delayed.remove();
      if (running[first.cpu] == null && queues[first.cpu].isEmpty()) {
        clock.idleUntil(first.cpu, first.readyAt);
      }
      makeRunnable(first, -1, 0);
    }
  }

  private long enabled() {
    long enabled = 0;
    for (int cpu = 0; cpu < running.length; cpu++) {
      if (isEnabled(cpu)) {
        enabled |= 1L << cpu;
      }
    }
    return enabled;
  }

  private boolean isEnabled(int cpu) {
    if (anyStalled && stalledUntil[cpu] > counters.decisions) {
      return false;
    }
    EmulatedThread thread = running[cpu];
    if (thread == null) {
      return anyCanRun(cpu);
    }
    return canRun(thread) || (thread.isPreemptible() && anyCanRun(cpu));
  }

  private boolean anyCanRun(int cpu) {
    RunQueue queue = queues[cpu];
    for (int i = 0; i < queue.size(); i++) {
      if (canRun(queue.at(i))) {
        return true;
      }
    }
    return false;
  }

  private boolean canRun(EmulatedThread thread) {
    return thread.state == State.RUNNABLE
        || (thread.state == State.SPINNING && storage.version(thread.waitLocation) != thread.waitVersion);
  }

  /** The thread that the CPU now runs, after a task switch where one is due. */
  private EmulatedThread place(int cpu) {
    EmulatedThread thread = running[cpu];
    RunQueue queue = queues[cpu];
    if (thread == null) {
      return switchTo(cpu, queue);
    }
    if (queue.isEmpty() || !thread.isPreemptible()) {
      thread.state = State.RUNNABLE;
      return thread;
    }
    boolean mustSwitch = !canRun(thread);
    if (mustSwitch || chooser.chance(settings.preemption())) {
      counters.preemptions++;
      queue.addLast(thread);
      running[cpu] = null;
      return switchTo(cpu, queue);
    }
    thread.state = State.RUNNABLE;
    return thread;
  }

  private EmulatedThread switchTo(int cpu, RunQueue queue) {
    EmulatedThread thread = queue.removeFirst();
    while (!canRun(thread)) {
      queue.addLast(thread);
      thread = queue.removeFirst();
    }
    thread.state = State.RUNNABLE;
    running[cpu] = thread;
    counters.taskSwitches++;
    clock.taskSwitch(cpu);
    storage.fence(cpu, fullFence);
    storage.loseReservation(cpu);
    if (thread.released != 0) {
      storage.acquireAll(cpu, thread.released);
      thread.released = 0;
    }
    return thread;
  }

  // ---- faults and internal transitions -----------------------------------------------------------------------------------

  private void takeTransitions() {
    for (int cpu = 0; cpu < running.length; cpu++) {
      while (storage.transitions(cpu) > 0 && chooser.chance(settings.drainBias())) {
        applyTransition(cpu);
      }
    }
  }

  private void applyTransition(int cpu) {
    int transitions = storage.transitions(cpu);
    storage.apply(cpu, transitions == 1 ? 0 : chooser.choose(transitions));
    counters.internalTransitions++;
  }

  private void injectFaults() {
    if (faults.stall() > 0 && chooser.chance(faults.stall())) {
      counters.faultsInjected++;
      stalledUntil[chooser.choose(running.length)] = counters.decisions + 1 + chooser.choose(faults.stallDecisions());
      anyStalled = true;
    }
    if (faults.spuriousWake() > 0 && !sleepers.isEmpty() && chooser.chance(faults.spuriousWake())) {
      counters.faultsInjected++;
      EmulatedThread thread = sleepers.removeFirst();
      thread.spurious = true;
      makeRunnable(thread, -1, 0);
    }
  }
}
