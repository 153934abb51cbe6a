package dev.regardless.scenario.kernel;

import dev.regardless.kernel.Kernel;
import dev.regardless.kernel.Task;
import dev.regardless.kernel.WaitQueueEntry;
import dev.regardless.kernel.WaitQueueHead;
import dev.regardless.memory.CellFactory;
import dev.regardless.memory.KernelObject;
import dev.regardless.memory.LongCell;
import dev.regardless.scenario.Parameters;
import dev.regardless.scenario.Scenario;
import dev.regardless.scenario.ScenarioContext;
import dev.regardless.vfs.File;
import dev.regardless.vfs.FileOperations;
import dev.regardless.vfs.PollEvents;
import dev.regardless.vfs.PollTable;
import dev.regardless.vfs.Vfs;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * A poller registers with a file's queue and then looks at its condition; a waker makes the condition true and, after a
 * barrier, looks whether anybody waits (wq_has_sleeper). Until January 2025 (cacd9ae4bf80) poll_wait had no barrier after
 * the registration, so both could miss each other, even on x86: the poller then sleeps for ever.
 */
public final class WaitQueueRegisterWakeScenario implements Scenario {

  @Override
  public String name() {
    return "waitqueue-register-wake";
  }

  @Override
  public String description() {
    return "poll_wait against waitqueue_active; mutants: no-poll-barrier (before 6.14), no-wake-barrier";
  }

  @Override
  public SortedMap<String, String> parameters() {
    return Parameters.of("pollers", "1", "mutant", "none");
  }

  @Override
  public void setUp(ScenarioContext context) {
    int pollers = Parameters.number(context, "pollers", 1, 32);
    String mutant = Parameters.mutant(context, "no-poll-barrier", "no-wake-barrier");
    Kernel kernel = new Kernel(context.machine());
    Vfs vfs = new Vfs(kernel, !mutant.equals("no-poll-barrier"));
    Source source = kernel.create("source", Source::new);
    Operations operations = kernel.create("fops", cells -> new Operations(vfs, cells));
    File file = vfs.openFile(operations, source, 0, 0);
    for (int i = 0; i < pollers; i++) {
      file.get();
      Poller poller = kernel.create("poller", Poller::new);
      context.thread("poller" + i, () -> {
        poller.pollUntilReady(kernel, vfs, file, source);
        vfs.fput(file);
        kernel.exitToUserMode();
      });
    }
    boolean wakeBarrier = !mutant.equals("no-wake-barrier");
    context.thread("waker", () -> {
      source.ready.writeOnce(1);
      if (wakeBarrier ? source.queue.hasSleeper() : source.queue.waitqueueActive()) {
        source.queue.wakeUpAll();
      }
      vfs.fput(file);
      kernel.exitToUserMode();
    });
  }

  private static final class Source extends KernelObject {
    private final WaitQueueHead queue;
    private final LongCell ready;

    Source(CellFactory cells) {
      super(cells);
      queue = new WaitQueueHead(cells.embedded(this, "queue"));
      ready = new LongCell(cells, "ready");
      queue.init();
    }
  }

  private static final class Operations extends FileOperations {
    private final Vfs vfs;

    Operations(Vfs vfs, CellFactory cells) {
      super(cells);
      this.vfs = vfs;
    }

    @Override
    public boolean hasPoll() {
      return true;
    }

    @Override
    public int poll(File file, @Nullable PollTable table) {
      Source source = file.privateData(Source.class);
      vfs.pollWait(file, source.queue, table);
      return source.ready.readOnce() != 0 ? PollEvents.IN : 0;
    }
  }

  /** Sleeps as poll(2) does: the callback's state is a flag, so the barrier of set_current_state is not in the way. */
  private static final class Poller extends KernelObject implements PollTable {
    private final WaitQueueEntry entry;
    private final LongCell triggered;

    Poller(CellFactory cells) {
      super(cells);
      entry = new WaitQueueEntry(cells.embedded(this, "entry"), this::wake);
      triggered = new LongCell(cells, "triggered");
    }

    /** pollwake: notes the event, then wakes the task. */
    private int wake(WaitQueueEntry waiting, int mode, int flags, long key) {
      triggered.writeOnce(1);
      return WaitQueueEntry.defaultWakeFunction(waiting, mode, flags, key);
    }

    /** do_poll and poll_schedule_timeout (fs/select.c), one file, without end. */
    void pollUntilReady(Kernel kernel, Vfs vfs, File file, Source source) {
      Task current = kernel.current();
      entry.init(current);
      triggered.write(0);
      if (vfs.poll(file, this) == 0) {
        current.setCurrentState(Task.INTERRUPTIBLE);
        if (triggered.readOnce() == 0) {
          current.schedule();
        }
        current.setCurrentStateUnordered(Task.RUNNING);
      }
      source.queue.removeWaitQueue(entry);
    }

    @Override
    public boolean hasQueueProc() {
      return true;
    }

    @Override
    public void queueProc(File file, WaitQueueHead head) {
      head.addWaitQueue(entry);
    }

    @Override
    public long key() {
      return PollEvents.IN;
    }
  }
}
