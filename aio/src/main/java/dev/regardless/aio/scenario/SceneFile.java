package dev.regardless.aio.scenario;

import dev.regardless.kernel.Kernel;
import dev.regardless.kernel.WaitQueueHead;
import dev.regardless.machine.AwaitCondition;
import dev.regardless.machine.ThreadKind;
import dev.regardless.memory.CellFactory;
import dev.regardless.memory.KernelObject;
import dev.regardless.memory.KmemCache;
import dev.regardless.memory.LongCell;
import dev.regardless.memory.Memory;
import dev.regardless.memory.RefCell;
import dev.regardless.vfs.File;
import dev.regardless.vfs.FileOperations;
import dev.regardless.vfs.PollTable;
import dev.regardless.vfs.Vfs;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The least file that can be polled: a word of poll bits and none, one or two wait queues. Bits are set without a lock, then
 * the queue is woken, as most drivers do.
 */
final class SceneFile extends KernelObject {

  private final Kernel kernel;
  private final LongCell ready;
  private final LongCell polled;
  private final List<SceneQueue> queues;

  SceneFile(Kernel kernel, CellFactory cells, List<SceneQueue> queues, long initiallyReady) {
    super(cells);
    this.kernel = kernel;
    this.queues = List.copyOf(queues);
    ready = new LongCell(cells, "ready", initiallyReady);
    polled = new LongCell(cells, "polled");
    for (int i = 0; i < queues.size(); i++) {
      new RefCell<>(cells, "queue[" + i + ']', SceneQueue.class).write(queues.get(i));
    }
  }

  /** A closed file with that many wait queues; set-up only. */
  static SceneFile create(Kernel kernel, int queueCount, long initiallyReady) {
    return create(kernel, "queue", queueCount, initiallyReady);
  }

  /** The same with queues of another name: locks of one name are one class to the check of lock order. */
  static SceneFile create(Kernel kernel, String queueName, int queueCount, long initiallyReady) {
    Memory memory = kernel.machine().memory();
    List<KmemCache<SceneQueue>> cache = new ArrayList<>();
    cache.add(new KmemCache<>(memory, queueName, shell -> new SceneQueue(shell, cache.getFirst())));
    List<SceneQueue> queues = new ArrayList<>();
    for (int i = 0; i < queueCount; i++) {
      SceneQueue queue = cache.getFirst().allocate();
      queue.head.init();
      queues.add(queue);
    }
    return kernel.create("scene_file", cells -> new SceneFile(kernel, cells, queues, initiallyReady));
  }

  /** The events that hold now. */
  long ready() {
    return ready.readOnce();
  }

  /** Makes events hold and wakes a queue. */
  void raise(int queue, long events, long key) {
    ready.writeOnce(events);
    wake(queue, key);
  }

  /** Makes no event hold any more. */
  void drain() {
    ready.writeOnce(0);
  }

  /** Wakes a queue. */
  void wake(int queue, long key) {
    queues.get(queue).head.wakeUpPoll(key);
  }

  /** Makes events hold and wakes a queue with interrupts on, as fuse does: its lock is never taken in an interrupt. */
  void raiseInterruptsOn(int queue, long events, long key) {
    ready.writeOnce(events);
    WaitQueueHead head = queues.get(queue).head;
    head.lock().lock();
    head.wakeUpLockedPoll(key);
    head.lock().unlock();
  }

  /** Makes events hold and wakes a queue if, without its lock, somebody seems to be there, as splice does. */
  void raiseUnlocked(int queue, long events, long key) {
    ready.writeOnce(events);
    WaitQueueHead head = queues.get(queue).head;
    if (head.hasSleeper()) {
      head.wakeUpPoll(key);
    }
  }

  /** Waits until the poll method has offered its first queue to somebody. */
  void awaitPolled() {
    kernel.barriers().conditionalLoadAcquire(polled, AwaitCondition.EQUAL, 1);
  }

  /** Announces that the queue goes away, and frees it a grace period later. */
  void freeQueue(int queue) {
    SceneQueue going = queues.get(queue);
    going.head.wakeUpPollfree();
    kernel.rcu().call(going.freeing);
  }

  /** The file's operations. */
  static final class Operations extends FileOperations {

    private final Vfs vfs;
    private final boolean ofCurrent;

    /** {@code ofCurrent}: what is ready is so for user tasks only, as signals are pending for a task and not a kworker. */
    Operations(Vfs vfs, CellFactory cells, boolean ofCurrent) {
      super(cells);
      this.vfs = vfs;
      this.ofCurrent = ofCurrent;
    }

    @Override
    public boolean hasPoll() {
      return true;
    }

    @Override
    public int poll(File file, @Nullable PollTable table) {
      SceneFile polled = file.privateData(SceneFile.class);
      for (SceneQueue queue : polled.queues) {
        vfs.pollWait(file, queue.head, table);
        if (table != null && table.hasQueueProc()) {
          polled.polled.storeRelease(1);
        }
      }
      if (ofCurrent && machine().currentKind() != ThreadKind.TASK) {
        return 0;
      }
      // Through the file once more, as poll methods do between their queues and their conditions.
      return (int) file.privateData(SceneFile.class).ready();
    }
  }
}
