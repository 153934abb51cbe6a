package dev.regardless.kernel;

import dev.regardless.machine.KernelPrimitives;
import dev.regardless.machine.Machine;
import dev.regardless.machine.Ordering;
import dev.regardless.machine.RmwOperation;
import dev.regardless.memory.CellFactory;
import dev.regardless.memory.FlagCell;
import dev.regardless.memory.KernelObject;
import dev.regardless.memory.LongCell;
import dev.regardless.memory.RefCell;

/**
 * task_struct: what sleeps and is woken. There is one shell per thread index of the machine, made at set-up and never
 * freed; {@link Kernel#current} finds the caller's. Source: kernel/sched/core.c and include/linux/sched.h (6.x).
 *
 * <p>Sleeping: {@link #setCurrentState}, test the condition, {@link #schedule}. Waking: make the condition true, {@link
 * #tryToWakeUp}. Each side has a full barrier between its store and its load, so one of the two sees the other's.
 *
 * <p>Linux's try_to_wake_up holds p-&gt;pi_lock between reading the state and setting it, which lets one waker at a time
 * return 1; here a compare-and-exchange does so.
 */
public final class Task extends KernelObject {

  /** TASK_RUNNING. */
  public static final int RUNNING = 0;

  /** TASK_INTERRUPTIBLE. */
  public static final int INTERRUPTIBLE = 1;

  /** TASK_UNINTERRUPTIBLE. */
  public static final int UNINTERRUPTIBLE = 2;

  /** TASK_WAKEKILL: with another state, a fatal signal ends the sleep. */
  private static final int WAKEKILL = 0x100;

  /** TASK_KILLABLE. */
  public static final int KILLABLE = WAKEKILL | UNINTERRUPTIBLE;

  /** SIGKILL: fatal, and never blocked. */
  public static final int SIGKILL = 9;

  /** SIGSTOP: never blocked. */
  public static final int SIGSTOP = 19;

  /** CAP_SYS_ADMIN. */
  public static final int CAP_SYS_ADMIN = 21;

  /** CAP_SYS_NICE. */
  public static final int CAP_SYS_NICE = 23;

  /** CAP_VALID_MASK: CAP_CHOWN to CAP_CHECKPOINT_RESTORE. */
  public static final long CAP_VALID_MASK = (1L << 41) - 1;

  /** TASK_NORMAL: what an ordinary wake-up wakes. */
  public static final int NORMAL = INTERRUPTIBLE | UNINTERRUPTIBLE;

  private final Machine machine;
  private final KernelPrimitives primitives;
  private final int thread;
  private final LongCell state;
  private final LongCell signals;
  private final LongCell blocked;
  private final FlagCell inEventfd;
  private final LongCell completedWork;
  private final RefCell<Timer> runningTimer;
  private final RefCell<TaskWork> taskWorks;
  private final WaitQueueEntry waitEntry;
  private final ListHead simpleWait;
  private final ListHead mutexWait;
  private final Timer sleepTimer;
  private final LongCell effectiveCapabilities;
  private final LongCell permittedCapabilities;

  /** The task of thread {@code thread}. */
  Task(Kernel kernel, CellFactory cells, int thread) {
    super(cells);
    this.machine = cells.machine();
    this.primitives = machine.primitives();
    this.thread = thread;
    this.state = new LongCell(cells, "__state");
    this.signals = new LongCell(cells, "pending");
    this.blocked = new LongCell(cells, "blocked");
    this.inEventfd = new FlagCell(cells, "in_eventfd");
    this.completedWork = new LongCell(cells, "completed_work");
    this.runningTimer = new RefCell<>(cells, "running_timer", Timer.class);
    this.taskWorks = new RefCell<>(cells, "task_works", TaskWork.class);
    this.waitEntry = new WaitQueueEntry(cells.embedded(this, "wait"), WaitQueueEntry::autoremoveWakeFunction);
    this.simpleWait = new ListHead(cells.embedded(this, "swait"), this);
    this.mutexWait = new ListHead(cells.embedded(this, "mutex_waiter"), this);
    this.sleepTimer = new Timer(kernel, cells.embedded(this, "timer"), this::wakeUpProcess);
    this.effectiveCapabilities = new LongCell(cells, "cap_effective", CAP_VALID_MASK);
    this.permittedCapabilities = new LongCell(cells, "cap_permitted", CAP_VALID_MASK);
  }

  /** Index of the machine's thread that this task runs on; -1 for the one of set-up and end checks. */
  public int thread() {
    return thread;
  }

  // ---- state -------------------------------------------------------------------------------------------------------

  /** set_current_state: smp_store_mb. Only by the task itself. */
  public void setCurrentState(int newState) {
    state.storeMb(newState);
  }

  /** __set_current_state: no barrier. Only by the task itself. */
  public void setCurrentStateUnordered(int newState) {
    state.writeOnce(newState);
  }

  /** READ_ONCE(p-&gt;__state). */
  public int state() {
    return (int) state.readOnce();
  }

  /** schedule, for a state that signals do not end: returns when somebody has made the task running. */
  public void schedule() {
    machine.sleepUntil(state.location(), RUNNING);
  }

  /** schedule in {@link #INTERRUPTIBLE} state: __schedule does not sleep if a signal is pending. */
  public void scheduleInterruptible() {
    if (signalPending()) {
      setCurrentStateUnordered(RUNNING);
    } else {
      schedule();
    }
  }

  /** schedule, in the state that was set before. */
  public void schedule(int sleepState) {
    if (sleepState == INTERRUPTIBLE) {
      scheduleInterruptible();
    } else if (sleepState == KILLABLE && fatalSignalPending()) {
      setCurrentStateUnordered(RUNNING);
    } else {
      schedule();
    }
  }

  /**
   * schedule_timeout (kernel/time/timer.c), in the state set before. Emulated code has no clock, so what is left of the
   * time is not known.
   *
   * @param delay cycles of virtual time; under the checking engine the time may be up at any moment
   * @return whether there was time left
   */
  public boolean scheduleTimeout(long delay, int sleepState) {
    sleepTimer.init();
    sleepTimer.modify(delay);
    schedule(sleepState);
    return sleepTimer.deleteSync();
  }

  // ---- waking ------------------------------------------------------------------------------------------------------

  /**
   * try_to_wake_up: makes the task running if its state is in {@code mode}. A full barrier comes before the state is
   * looked at (smp_mb__after_spinlock under pi_lock).
   *
   * @return whether this call woke it
   */
  public boolean tryToWakeUp(int mode) {
    primitives.smpMb();
    long seen = state.readOnce();
    if ((seen & mode) == 0) {
      return false;
    }
    if (primitives.compareExchange(state.location(), seen, RUNNING, Ordering.RELAXED) != seen) {
      return false;
    }
    machine.wake(thread);
    return true;
  }

  /** wake_up_process. */
  public boolean wakeUpProcess() {
    return tryToWakeUp(NORMAL);
  }

  /** send_sig: marks a signal pending and ends interruptible sleep, SIGKILL also killable (signal_wake_up_state). */
  public void sendSignal(int signal) {
    primitives.fetch(signals.location(), RmwOperation.OR, 1L << signal, Ordering.RELAXED);
    if ((blocked.readOnce() >> signal & 1) == 0) {
      tryToWakeUp(signal == SIGKILL ? INTERRUPTIBLE | WAKEKILL : INTERRUPTIBLE);
    }
  }

  /** signal_pending: TIF_SIGPENDING, which blocked signals do not set. */
  public boolean signalPending() {
    long pending = signals.readOnce();
    return pending != 0 && (pending & ~blocked.read()) != 0;
  }

  /** fatal_signal_pending. */
  public boolean fatalSignalPending() {
    return (signals.readOnce() >> SIGKILL & 1) != 0;
  }

  /**
   * set_current_blocked. Only by the task itself, so that its own program order suffices.
   *
   * @param mask signals to block, bit by number
   * @return what was blocked before
   */
  public long exchangeBlockedSignals(long mask) {
    long before = blocked.read();
    blocked.write(mask & ~(1L << SIGKILL | 1L << SIGSTOP));
    return before;
  }

  /** The set of pending signals, bit by number. */
  public long pendingSignals() {
    return signals.readOnce();
  }

  /** Takes the signal off the pending ones; whether it was pending. */
  public boolean dequeueSignal(int signal) {
    return primitives.testAndClearBit(signals.location(), signal);
  }

  // ---- credentials -----------------------------------------------------------------------------------------------------

  /** capable: whether the task has that capability, by number. A task begins with all of them. Only by the task itself. */
  public boolean capable(int capability) {
    return (effectiveCapabilities.read() >> capability & 1) != 0;
  }

  /** cred-&gt;cap_effective, bit by number. */
  public long effectiveCapabilities() {
    return effectiveCapabilities.read();
  }

  /** cred-&gt;cap_permitted. */
  public long permittedCapabilities() {
    return permittedCapabilities.read();
  }

  /** commit_creds, of capabilities. Only by the task itself, or before it runs. */
  public void setCapabilities(long effective, long permitted) {
    effectiveCapabilities.write(effective);
    permittedCapabilities.write(permitted);
  }

  // ---- what belongs to the task --------------------------------------------------------------------------------------

  /** The entry that DEFINE_WAIT puts on the stack: one sleep at a time uses it. */
  WaitQueueEntry waitEntry() {
    return waitEntry;
  }

  /** The swait_queue node of completions. */
  ListHead simpleWait() {
    return simpleWait;
  }

  /** The mutex_waiter. */
  ListHead mutexWait() {
    return mutexWait;
  }

  /** Number of work items that this thread, as a worker, has completed. */
  LongCell completedWork() {
    return completedWork;
  }

  /** The timer whose function this thread is running. */
  RefCell<Timer> runningTimer() {
    return runningTimer;
  }

  /** current-&gt;in_eventfd: inside a wake-up of an eventfd's queue, where no eventfd may be signalled (since 5.16). */
  public FlagCell inEventfd() {
    return inEventfd;
  }

  /** The timer that ends {@link #scheduleTimeout}, for sleeps of the caller's own. */
  public Timer sleepTimer() {
    return sleepTimer;
  }

  /** Work to do before the task returns to user mode, newest first. */
  RefCell<TaskWork> taskWorks() {
    return taskWorks;
  }
}
