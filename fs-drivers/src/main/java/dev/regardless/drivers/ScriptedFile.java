package dev.regardless.drivers;

import dev.regardless.kernel.Kernel;
import dev.regardless.kernel.RcuHead;
import dev.regardless.kernel.WaitQueueHead;
import dev.regardless.memory.CellFactory;
import dev.regardless.memory.KernelObject;
import dev.regardless.memory.KmemCache;
import dev.regardless.memory.LongCell;
import dev.regardless.vfs.File;
import dev.regardless.vfs.FileOperations;
import dev.regardless.vfs.OpenFlags;
import dev.regardless.vfs.PollEvents;
import dev.regardless.vfs.PollTable;
import dev.regardless.vfs.Vfs;
import org.jspecify.annotations.Nullable;

/**
 * A file whose behaviour towards pollers is configured: how many queues it registers, whether by the poller's key, what
 * its wake-ups carry, and whether it changes its state under the queue's lock. It is no driver of Linux; with the right
 * settings it polls like many: n_tty (two queues always), the old /dev/random (two, keyless), inotify (one, keyless),
 * v4l2 m2m (by key), binder (POLLFREE).
 */
public final class ScriptedFile {

  /** How a wake-up happens. */
  public enum Wake {
    /** State and wake-up under the queue's lock, as eventfd. */
    LOCKED,
    /** State first, then the queue's lock is taken, as pipes. */
    AFTER,
    /** State first, then smp_mb and an unlocked look, as sockets and splice. */
    IF_ACTIVE,
    /** As {@link #IF_ACTIVE} without the barrier: broken. */
    IF_ACTIVE_WITHOUT_BARRIER
  }

  /**
   * What to be like.
   *
   * @param queues queues that poll registers, 1 to 3; queue 0 is for IN, 1 for OUT, 2 for PRI
   * @param byKey only those queues whose event the poller's key asks for, as v4l2 m2m
   * @param keyed whether wake-ups carry the event; otherwise 0
   * @param wake how they happen
   * @param pollfree whether the queues go away with POLLFREE while the file may still be polled, as signalfd's
   */
  public record Behaviour(int queues, boolean byKey, boolean keyed, Wake wake, boolean pollfree) {}

  private static final int[] EVENTS = {PollEvents.IN, PollEvents.OUT, PollEvents.PRI};

  private final Kernel kernel;
  private final Vfs vfs;
  private final Behaviour behaviour;
  private final KmemCache<State> states;
  private final Operations operations;

  public ScriptedFile(Vfs vfs, Behaviour behaviour) {
    this.kernel = vfs.kernel();
    this.vfs = vfs;
    this.behaviour = behaviour;
    this.states = new KmemCache<>(kernel.machine().memory(), "scripted", State::new);
    this.operations = kernel.create("scripted_fops", Operations::new);
  }

  /** Opens one, with no event. */
  public File open() {
    State state = states.allocate();
    state.init();
    return vfs.openFile(operations, state, OpenFlags.MODE_READ | OpenFlags.MODE_WRITE, OpenFlags.RDWR);
  }

  /** Makes events true, and wakes the queue of each. */
  public void raise(File file, int events) {
    State state = file.privateData(State.class);
    for (int i = 0; i < behaviour.queues; i++) {
      if ((events & EVENTS[i]) != 0) {
        raise(state, i);
      }
    }
  }

  private void raise(State state, int index) {
    WaitQueueHead queue = state.queues[index];
    long key = behaviour.keyed ? EVENTS[index] : 0;
    switch (behaviour.wake) {
      case LOCKED -> {
        queue.lock().lockIrqsave();
        state.add(EVENTS[index]);
        queue.wakeUpLockedPoll(key);
        queue.lock().unlockIrqrestore();
      }
      case AFTER -> {
        state.add(EVENTS[index]);
        queue.wakeUpPoll(key);
      }
      case IF_ACTIVE -> {
        state.add(EVENTS[index]);
        if (queue.hasSleeper()) {
          queue.wakeUpPoll(key);
        }
      }
      case IF_ACTIVE_WITHOUT_BARRIER -> {
        state.add(EVENTS[index]);
        if (queue.waitqueueActive()) {
          queue.wakeUpPoll(key);
        }
      }
    }
  }

  /** Makes events false; nobody is woken by that. Whether any was true. */
  public boolean lower(File file, int events) {
    return file.privateData(State.class).remove(events);
  }

  /** The queues and the events of one file: an event's cell is its own, so no lock guards them together. */
  private final class State extends KernelObject {
    private final WaitQueueHead[] queues = new WaitQueueHead[behaviour.queues];
    private final LongCell[] pending = new LongCell[behaviour.queues];
    private final RcuHead rcu;

    State(CellFactory cells) {
      super(cells);
      for (int i = 0; i < queues.length; i++) {
        queues[i] = new WaitQueueHead(cells.embedded(this, "queue[" + i + ']'));
        pending[i] = new LongCell(cells, "pending[" + i + ']');
      }
      rcu = new RcuHead(cells.machine(), () -> states.free(this));
    }

    void init() {
      for (int i = 0; i < queues.length; i++) {
        queues[i].init();
        pending[i].write(0);
      }
    }

    void add(int event) {
      pending[indexOf(event)].writeOnce(1);
    }

    boolean remove(int events) {
      boolean any = false;
      for (int i = 0; i < pending.length; i++) {
        if ((events & EVENTS[i]) != 0 && pending[i].readOnce() != 0) {
          pending[i].writeOnce(0);
          any = true;
        }
      }
      return any;
    }

    private int indexOf(int event) {
      int index = 0;
      while (EVENTS[index] != event) {
        index++;
      }
      return index;
    }
  }

  private final class Operations extends FileOperations {

    Operations(CellFactory cells) {
      super(cells);
    }

    @Override
    public boolean hasPoll() {
      return true;
    }

    @Override
    public int poll(File file, @Nullable PollTable table) {
      State state = file.privateData(State.class);
      long wanted = behaviour.byKey && table != null ? table.key() : -1;
      for (int i = 0; i < behaviour.queues; i++) {
        if ((wanted & EVENTS[i]) != 0) {
          vfs.pollWait(file, state.queues[i], table);
        }
      }
      int events = 0;
      for (int i = 0; i < behaviour.queues; i++) {
        events |= state.pending[i].readOnce() != 0 ? EVENTS[i] : 0;
      }
      return events;
    }

    @Override
    public void release(File file) {
      State state = file.privateData(State.class);
      if (behaviour.pollfree) {
        for (WaitQueueHead queue : state.queues) {
          queue.wakeUpPollfree();
        }
      }
      kernel.rcu().call(state.rcu);
    }
  }
}
