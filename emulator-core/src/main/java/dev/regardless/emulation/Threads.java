package dev.regardless.emulation;

import dev.regardless.emulation.EmulatedThread.State;
import dev.regardless.machine.ThreadKind;
import dev.regardless.memory.WildPointerException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The emulated threads and the loop that runs them, one at a time, each on a fiber of its own that is kept when its body
 * ends and serves the next spawned one.
 *
 * <p>The quantum is counted down on every access ({@link #step}); only when it is used up, or the thread blocks, is the
 * {@link Dispatcher} asked, and only if it names another thread do fibers switch.
 */
final class Threads {

  private record Pending(ThreadKind kind, Runnable body, int cpu, long delay, long released) {}

  private final EmulatorSettings settings;
  private final Dispatcher dispatcher;
  private final Counters counters;
  private final List<EmulatedThread> all = new ArrayList<>();
  private final ArrayDeque<EmulatedThread> free = new ArrayDeque<>();
  private final ArrayDeque<Pending> pending = new ArrayDeque<>();
  private int initialThreads;
  /** How many of {@link #all} this run has used: a run makes them in the same order whether or not others ran before. */
  private int made;
  private EmulatedThread current;
  private @Nullable EmulatedThread chosen;
  private int budget;
  private long accessLimit;
  private boolean started;
  private boolean limitReached;
  private @Nullable Throwable failure;
  private long quietLimit = Long.MAX_VALUE;
  private Runnable onQuiet = () -> {};
  private Consumer<RuntimeException> oops = e -> {
    throw e;
  };

  Threads(EmulatorSettings settings, Dispatcher dispatcher, Counters counters) {
    this.settings = settings;
    this.dispatcher = dispatcher;
    this.counters = counters;
    this.accessLimit = settings.maximumAccesses() == 0 ? Long.MAX_VALUE : settings.maximumAccesses();
    this.current = new EmulatedThread(-1, () -> {});
  }

  /** Adds a thread that exists from the start of every run. */
  void add(String name, ThreadKind kind, int cpu, Runnable body) {
    EmulatedThread thread = newThread();
    thread.name = name;
    thread.kind = kind;
    thread.cpu = cpu >= 0 ? cpu % settings.cpus() : (thread.index % settings.cpus());
    thread.body = body;
    initialThreads++;
  }

  int initialThreads() {
    return initialThreads;
  }

  boolean started() {
    return started;
  }

  EmulatedThread current() {
    return current;
  }

  List<EmulatedThread> all() {
    return all;
  }

  boolean limitReached() {
    return limitReached;
  }

  void reset() {
    started = false;
    limitReached = false;
    failure = null;
    dispatcher.reset();
    free.clear();
    pending.clear();
    chosen = null;
    budget = 0;
    for (EmulatedThread thread : all) {
      if (thread.state != State.FREE && thread.state != State.ENDED) {
        // It was stopped in the middle: its fiber cannot be used again.
        thread.fiber.abandon();
        thread.fiber = newFiber(thread);
      }
      thread.state = State.FREE;
      thread.spurious = false;
      thread.preemptDisabled = 0;
      thread.interruptsDisabled = 0;
      thread.rcuNesting = 0;
      thread.released = 0;
    }
    made = initialThreads;
    quietLimit = Long.MAX_VALUE;
  }

  /** Runs everything until no thread can go on, a violation stops it, or the access limit is reached. */
  void run() {
    started = true;
    progressed();
    for (int i = 0; i < initialThreads; i++) {
      dispatcher.makeRunnable(all.get(i), -1, 0);
    }
    while (failure == null) {
      EmulatedThread next = chosen;
      chosen = null;
      if (next == null) {
        next = decide();
        if (next == null) {
          return;
        }
      }
      current = next;
      counters.fiberSwitches++;
      next.fiber.resume();
    }
    if (failure instanceof RuntimeException unchecked) {
      // Bad input met on the way (a trace that does not fit), a full disk, or a mistake of ours: not the kernel's.
      throw unchecked;
    }
    if (failure != EmulationStop.INSTANCE) {
      throw new IllegalStateException("the emulation engine failed", failure);
    }
  }

  /** Counts one access of the running thread, giving way if its quantum is used up; returns its CPU. */
  int step() {
    if (--budget < 0) {
      giveWay();
    }
    return current.cpu;
  }

  private void giveWay() {
    EmulatedThread self = current;
    EmulatedThread next = decide();
    if (next == self) {
      return;
    }
    chosen = next;
    self.fiber.suspend();
  }

  private @Nullable EmulatedThread decide() {
    if (counters.accesses() >= accessLimit) {
      limitReached = true;
      failure = EmulationStop.INSTANCE;
      throw EmulationStop.INSTANCE;
    }
    if (counters.accesses() >= quietLimit) {
      onQuiet.run();
      quietLimit = Long.MAX_VALUE;
    }
    EmulatedThread next = dispatcher.next();
    budget = dispatcher.quantum() - 1;
    return next;
  }

  /** Waits on the CPU until the location's version differs from {@code version}. */
  void blockSpinning(int location, long version) {
    EmulatedThread self = current;
    self.state = State.SPINNING;
    self.waitLocation = location;
    self.waitVersion = version;
    giveUpCpu(self);
  }

  /** Sleeps off the CPU until {@link #wake}; {@code location} is what it waits for, or -1 for a grace period. */
  void blockSleeping(boolean tolerant, int location) {
    EmulatedThread self = current;
    self.waitLocation = location;
    dispatcher.sleep(self, tolerant);
    giveUpCpu(self);
  }

  private void giveUpCpu(EmulatedThread self) {
    EmulatedThread next = decide();
    if (next != self) {
      chosen = next;
      self.fiber.suspend();
    }
  }

  void wake(int thread) {
    dispatcher.wake(all.get(thread), current.cpu);
  }

  /** {@code released} is what the body must have seen: {@link StorageSubsystem#releaseAll}. */
  int spawn(ThreadKind kind, Runnable body, int cpu, long delay, long released) {
    counters.spawned++;
    EmulatedThread thread = free.pollFirst();
    if (thread == null && made < settings.threads()) {
      thread = newThread();
    }
    if (thread == null) {
      pending.addLast(new Pending(kind, body, cpu, delay, released));
      return -1;
    }
    launch(thread, kind, body, cpu, delay, released);
    return thread.index;
  }

  private void launch(
      EmulatedThread thread, ThreadKind kind, Runnable body, int cpu, long delay, long released) {
    thread.kind = kind;
    thread.name = kind.name().toLowerCase(java.util.Locale.ROOT);
    thread.body = body;
    thread.cpu = cpu;
    thread.released = released;
    dispatcher.makeRunnable(thread, started ? current.cpu : -1, delay);
  }

  private EmulatedThread newThread() {
    made++;
    if (made <= all.size()) {
      return all.get(made - 1);
    }
    EmulatedThread thread = new EmulatedThread(all.size(), () -> {});
    thread.fiber = newFiber(thread);
    all.add(thread);
    return thread;
  }

  private Fiber newFiber(EmulatedThread thread) {
    return Fiber.of(() -> bodies(thread));
  }

  /** What a thread's fiber does for ever: run the body it was given, then wait for another one. */
  private void bodies(EmulatedThread thread) {
    try {
      while (true) {
        runBody(thread);
        finish(thread);
        thread.fiber.suspend();
      }
    } catch (Throwable t) {
      // Fibers have no caller to throw to: the loop that resumed this one looks here.
      failure = t;
    }
  }

  private void runBody(EmulatedThread thread) {
    try {
      thread.body.run();
    } catch (NullPointerException | WildPointerException e) {
      oops.accept(e);
      throw EmulationStop.INSTANCE;
    }
  }

  /** Gives all fibers up. */
  void abandon() {
    all.forEach(thread -> thread.fiber.abandon());
  }

  /** What to do when {@link EmulatorSettings#quietAccesses} have passed without a sign of progress. */
  void onQuiet(Runnable handler) {
    this.onQuiet = handler;
  }

  /** The workload got on with its work. */
  void progressed() {
    if (settings.quietAccesses() > 0) {
      quietLimit = counters.accesses() + settings.quietAccesses();
    }
  }

  /** What to do when emulated code dereferences what is no pointer: the kernel's oops. Ends the run in any case. */
  void onOops(Consumer<RuntimeException> handler) {
    this.oops = handler;
  }

  private void finish(EmulatedThread thread) {
    thread.state = thread.index < initialThreads ? State.ENDED : State.FREE;
    dispatcher.ended(thread);
    if (thread.index < initialThreads) {
      return;
    }
    Pending next = pending.pollFirst();
    if (next != null) {
      launch(thread, next.kind(), next.body(), next.cpu(), next.delay(), next.released());
    } else {
      free.addLast(thread);
    }
  }
}
