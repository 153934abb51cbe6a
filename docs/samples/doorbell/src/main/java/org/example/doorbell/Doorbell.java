package org.example.doorbell;

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

/** A file that is readable while its bell rings. The state changes under the queue's lock, so no ring is missed. */
final class Doorbell {

  private final Vfs vfs;
  private final KmemCache<Bell> bells;
  private final Operations operations;

  Doorbell(Vfs vfs) {
    this.vfs = vfs;
    this.bells = new KmemCache<>(vfs.kernel().machine().memory(), "bell", Bell::new);
    this.operations = vfs.kernel().create("doorbell_fops", Operations::new);
  }

  File open() {
    Bell bell = bells.allocate();
    bell.queue.init();
    bell.ringing.write(0);
    return vfs.openFile(operations, bell, OpenFlags.MODE_READ, OpenFlags.RDONLY);
  }

  void ring(File file) {
    Bell bell = file.privateData(Bell.class);
    bell.queue.lock().lockIrqsave();
    bell.ringing.write(1);
    bell.queue.wakeUpLockedPoll(PollEvents.IN);
    bell.queue.lock().unlockIrqrestore();
  }

  /** Whether it rang. */
  boolean silence(File file) {
    Bell bell = file.privateData(Bell.class);
    bell.queue.lock().lockIrqsave();
    boolean rang = bell.ringing.read() != 0;
    bell.ringing.write(0);
    bell.queue.lock().unlockIrqrestore();
    return rang;
  }

  private static final class Bell extends KernelObject {
    private final WaitQueueHead queue;
    private final LongCell ringing;

    Bell(CellFactory cells) {
      super(cells);
      queue = new WaitQueueHead(cells.embedded(this, "queue"));
      ringing = new LongCell(cells, "ringing");
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
    public int poll(File file, PollTable table) {
      Bell bell = file.privateData(Bell.class);
      vfs.pollWait(file, bell.queue, table);
      bell.queue.lock().lockIrqsave();
      int events = bell.ringing.read() != 0 ? PollEvents.IN : 0;
      bell.queue.lock().unlockIrqrestore();
      return events;
    }

    @Override
    public void release(File file) {
      bells.free(file.privateData(Bell.class));
    }
  }
}
