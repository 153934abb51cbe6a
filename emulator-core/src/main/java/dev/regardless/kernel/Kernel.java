package dev.regardless.kernel;

import dev.regardless.machine.KernelPrimitives;
import dev.regardless.machine.Machine;
import dev.regardless.machine.ThreadKind;
import dev.regardless.memory.CellFactory;
import dev.regardless.memory.KernelObject;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * What emulated kernel code shares on one machine: its tasks, queues and locks. Made once, at set-up, before anything that
 * sleeps or is deferred.
 */
public final class Kernel {

  /** ERESTARTSYS: a signal ended the wait, internal to the kernel. */
  public static final int RESTART_SYSTEM_CALL = 512;

  private final Machine machine;
  private final KernelPrimitives primitives;
  private final SmpBarriers barriers;
  private final Rcu rcu;
  private final TimerBase timerBase;
  private final Task[] tasks;
  private final WorkQueue systemWorkQueue;
  private final SpinLock percpuRefSwitchLock;

  /** Makes the tasks of all threads of {@code machine}, and the rest. */
  public Kernel(Machine machine) {
    this.machine = machine;
    this.primitives = machine.primitives();
    this.barriers = new SmpBarriers(machine);
    this.rcu = new Rcu(machine);
    this.timerBase = machine.memory().create("timer_base", cells -> new TimerBase(this, cells));
    this.tasks = new Task[machine.maximumThreads() + 1];
    for (int slot = 0; slot < tasks.length; slot++) {
      int thread = slot - 1;
      tasks[slot] = machine.memory().create("task_struct", cells -> new Task(this, cells, thread));
    }
    this.systemWorkQueue = new WorkQueue(machine);
    this.percpuRefSwitchLock = machine.memory().create("percpu_ref_switch", Locks::new).lock;
  }

  public Machine machine() {
    return machine;
  }

  public KernelPrimitives primitives() {
    return primitives;
  }

  public SmpBarriers barriers() {
    return barriers;
  }

  public Rcu rcu() {
    return rcu;
  }

  /** system_wq: what schedule_work uses. */
  public WorkQueue systemWorkQueue() {
    return systemWorkQueue;
  }

  /** schedule_work. */
  public boolean scheduleWork(WorkItem work) {
    return systemWorkQueue.queue(work);
  }

  TimerBase timerBase() {
    return timerBase;
  }

  SpinLock percpuRefSwitchLock() {
    return percpuRefSwitchLock;
  }

  /** current. */
  public Task current() {
    return tasks[machine.currentThread() + 1];
  }

  /** The task of a thread index. */
  public Task task(int thread) {
    return tasks[thread + 1];
  }

  /** Creates an object that lives as long as the machine; set-up only. */
  public <T extends KernelObject> T create(String name, Function<CellFactory, T> maker) {
    return machine.memory().create(name, maker);
  }

  // ---- wait_event ----------------------------------------------------------------------------------------------------

  /** wait_event: sleeps, uninterruptibly, until the condition holds. */
  public void waitEvent(WaitQueueHead queue, BooleanSupplier condition) {
    if (!condition.getAsBoolean()) {
      waitEvent(queue, condition, Task.UNINTERRUPTIBLE, false);
    }
  }

  /**
   * wait_event_interruptible.
   *
   * @return 0, or -{@link #RESTART_SYSTEM_CALL} if a signal came first
   */
  public int waitEventInterruptible(WaitQueueHead queue, BooleanSupplier condition) {
    return condition.getAsBoolean() ? 0 : waitEvent(queue, condition, Task.INTERRUPTIBLE, false);
  }

  /** wait_event_interruptible_exclusive. */
  public int waitEventInterruptibleExclusive(WaitQueueHead queue, BooleanSupplier condition) {
    return condition.getAsBoolean() ? 0 : waitEvent(queue, condition, Task.INTERRUPTIBLE, true);
  }

  /** ___wait_event (include/linux/wait.h). */
  private int waitEvent(WaitQueueHead queue, BooleanSupplier condition, int state, boolean exclusive) {
    Task current = current();
    WaitQueueEntry entry = current.waitEntry();
    initWaitEntry(entry, current, exclusive);
    while (true) {
      boolean prepared = queue.prepareToWaitEvent(entry, current, state);
      if (condition.getAsBoolean()) {
        break;
      }
      if (!prepared) {
        // As in Linux, the entry is off the queue but the task's state was never changed.
        return -RESTART_SYSTEM_CALL;
      }
      current.schedule(state);
    }
    queue.finishWait(entry, current);
    return 0;
  }

  /**
   * wait_event_timeout, wait_event_interruptible_timeout, and the hrtimer forms.
   *
   * @param delay cycles of virtual time
   * @param state {@link Task#INTERRUPTIBLE} or {@link Task#UNINTERRUPTIBLE}
   * @return 1 if the condition holds, 0 if the time was up and it does not, -{@link #RESTART_SYSTEM_CALL} if a signal
   *     came first
   */
  public int waitEventTimeout(WaitQueueHead queue, BooleanSupplier condition, long delay, int state) {
    if (condition.getAsBoolean()) {
      return 1;
    }
    Task current = current();
    WaitQueueEntry entry = current.waitEntry();
    initWaitEntry(entry, current, false);
    Timer timer = current.sleepTimer();
    timer.init();
    timer.modify(delay);
    int result = waitEventTimer(queue, condition, timer, state);
    timer.deleteSync();
    return result;
  }

  /** The loop of {@link #waitEventTimeout}: one timer for all its sleeps, since emulated code cannot subtract times. */
  private int waitEventTimer(WaitQueueHead queue, BooleanSupplier condition, Timer timer, int state) {
    Task current = current();
    WaitQueueEntry entry = current.waitEntry();
    while (true) {
      boolean prepared = queue.prepareToWaitEvent(entry, current, state);
      boolean holds = condition.getAsBoolean();
      if (holds || !timer.isPending()) {
        queue.finishWait(entry, current);
        return holds ? 1 : 0;
      }
      if (!prepared) {
        return -RESTART_SYSTEM_CALL;
      }
      current.schedule(state);
    }
  }

  // ---- wait_event_interruptible_locked ---------------------------------------------------------------------------------

  /** DEFINE_WAIT, before a loop of {@link #sleepLocked}: the caller's entry. */
  public WaitQueueEntry beginLockedWait() {
    Task current = current();
    WaitQueueEntry entry = current.waitEntry();
    entry.initWait(current);
    return entry;
  }

  /**
   * do_wait_intr_irq (kernel/sched/wait.c): sleeps once, giving up the queue's lock meanwhile.
   *
   * @return whether the caller should look again; false (-ERESTARTSYS) if a signal is pending
   */
  public boolean sleepLocked(WaitQueueHead queue, WaitQueueEntry entry) {
    Task current = current();
    if (entry.entry().isEmpty()) {
      queue.addTailLocked(entry);
    }
    current.setCurrentState(Task.INTERRUPTIBLE);
    if (current.signalPending()) {
      return false;
    }
    queue.lock().unlockIrqrestore();
    current.scheduleInterruptible();
    queue.lock().lockIrqsave();
    return true;
  }

  /** __remove_wait_queue and __set_current_state(TASK_RUNNING), after the loop, with the lock held. */
  public void endLockedWait(WaitQueueEntry entry) {
    entry.entry().delete();
    current().setCurrentStateUnordered(Task.RUNNING);
  }

  /** init_wait_entry. */
  private static void initWaitEntry(WaitQueueEntry entry, Task current, boolean exclusive) {
    entry.initWait(current);
    if (exclusive) {
      entry.setFlags(WaitQueueEntry.EXCLUSIVE);
    }
  }

  // ---- task work -----------------------------------------------------------------------------------------------------

  /** Whether the caller is a user task, so that task_work_add works: not in_interrupt(), not PF_KTHREAD. */
  public boolean inUserTask() {
    return machine.currentKind() == ThreadKind.TASK;
  }

  /** task_work_add(current, ...): only in a user task. kernel/task_work.c. */
  public void addTaskWork(TaskWork work) {
    Task current = current();
    work.next().write(current.taskWorks().read());
    current.taskWorks().write(work);
  }

  /**
   * What the end of a system call does: task_work_run, newest first reversed to oldest first. Every emulated system call
   * ends with it.
   */
  public void exitToUserMode() {
    Task current = current();
    TaskWork work = current.taskWorks().read();
    while (work != null) {
      current.taskWorks().write(null);
      runOldestFirst(work);
      work = current.taskWorks().read();
    }
  }

  private static void runOldestFirst(TaskWork newest) {
    TaskWork reversed = null;
    TaskWork work = newest;
    while (work != null) {
      TaskWork next = work.next().read();
      work.next().write(reversed);
      reversed = work;
      work = next;
    }
    while (reversed != null) {
      TaskWork next = reversed.next().read();
      reversed.run();
      reversed = next;
    }
  }

  /** A lock that belongs to no other object. */
  private static final class Locks extends KernelObject {
    private final SpinLock lock;

    Locks(CellFactory cells) {
      super(cells);
      this.lock = new SpinLock(cells, "lock");
    }
  }
}
