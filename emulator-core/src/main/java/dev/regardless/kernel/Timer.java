package dev.regardless.kernel;

import dev.regardless.machine.AwaitCondition;
import dev.regardless.machine.KernelPrimitives;
import dev.regardless.memory.CellFactory;
import dev.regardless.memory.KernelObject;
import dev.regardless.memory.RefCell;

/**
 * struct timer_list with its function, on virtual time. {@link #init} it in allocated objects. Source: kernel/time/timer.c
 * (6.x): mod_timer, timer_delete, timer_delete_sync, expire_timers.
 *
 * <p>An armed timer has a {@link TimerSlot}, which is what the machine starts when the time is up; a deleted timer's slot
 * is emptied and expires for nothing, so that a timer may be freed as soon as it is deleted. Slots and timers point to one
 * another under the base's lock. The function may free the object around the timer: nothing of it is touched then.
 */
public final class Timer extends KernelObject {

  private final Kernel kernel;
  private final KernelPrimitives primitives;
  private final TimerBase base;
  private final Runnable function;
  private final RefCell<TimerSlot> slot;
  private final RefCell<Task> runner;

  public Timer(Kernel kernel, CellFactory cells, Runnable function) {
    super(cells);
    this.kernel = kernel;
    this.primitives = cells.machine().primitives();
    this.base = kernel.timerBase();
    this.function = function;
    this.slot = new RefCell<>(cells, "slot", TimerSlot.class);
    this.runner = new RefCell<>(cells, "runner", Task.class);
  }

  /** timer_setup. */
  public void init() {
    slot.write(null);
    runner.write(null);
  }

  /**
   * mod_timer, add_timer: (re)arms the timer.
   *
   * @param delay cycles of virtual time from now, at least 0
   * @return whether it was pending
   */
  public boolean modify(long delay) {
    TimerSlot armed = base.slots().allocate();
    base.lock().lockIrqsave();
    boolean wasPending = detach();
    armed.timer().write(this);
    slot.write(armed);
    base.start(armed, delay);
    base.lock().unlockIrqrestore();
    return wasPending;
  }

  /** timer_pending: a look without the lock. */
  public boolean isPending() {
    return primitives.readOnce(slot.location()) != 0;
  }

  /** timer_delete: whether it was pending. Its function may still be running. */
  public boolean delete() {
    base.lock().lockIrqsave();
    boolean wasPending = detach();
    base.lock().unlockIrqrestore();
    return wasPending;
  }

  /**
   * timer_delete_sync: also waits until its function is not running, so it must not be called by the function, nor with a
   * lock held that the function takes.
   */
  public boolean deleteSync() {
    base.lock().lockIrqsave();
    boolean wasPending = detach();
    Task last = runner.read();
    base.lock().unlockIrqrestore();
    if (last != null) {
      kernel.barriers().conditionalLoadAcquire(last.runningTimer().location(), AwaitCondition.NOT_EQUAL, number());
    }
    return wasPending;
  }

  /** Detaches the timer from its slot, with the base's lock held; whether it had one. */
  private boolean detach() {
    TimerSlot armed = slot.read();
    if (armed == null) {
      return false;
    }
    armed.timer().write(null);
    slot.write(null);
    return true;
  }

  /** What happens when a slot's time is up: run_timer_softirq, expire_timers, call_timer_fn. */
  static void expire(Kernel kernel, TimerSlot expired) {
    TimerBase base = kernel.timerBase();
    base.lock().lockIrqsave();
    Timer timer = expired.timer().read();
    Task self = kernel.current();
    if (timer != null) {
      timer.slot.write(null);
      timer.runner.write(self);
      self.runningTimer().write(timer);
    }
    base.lock().unlockIrqrestore();
    base.slots().free(expired);
    if (timer != null) {
      timer.function.run();
      base.lock().lockIrqsave();
      self.runningTimer().write(null);
      base.lock().unlockIrqrestore();
    }
  }
}
