package dev.regardless.tests.drivers;

import dev.regardless.kernel.WaitQueueEntry;
import dev.regardless.kernel.WaitQueueHead;
import dev.regardless.memory.CellFactory;
import dev.regardless.memory.KernelObject;
import dev.regardless.vfs.File;
import dev.regardless.vfs.PollTable;
import java.util.ArrayList;
import java.util.List;

/** A poller that writes down which queues it was handed and with which keys it was woken on each; for one-thread runs. */
public final class PollRecorder extends KernelObject implements PollTable {

  private static final int MOST = 4;

  private final WaitQueueEntry[] entries = new WaitQueueEntry[MOST];
  private final List<WaitQueueHead> queues = new ArrayList<>();
  private final List<String> wakes = new ArrayList<>();
  private final long wanted;

  /** {@code wanted}: poll_table._key. */
  public PollRecorder(CellFactory cells, long wanted) {
    this(cells, wanted, false);
  }

  /** {@code leaving}: takes its entry off the queue when it is woken, as who is woken with POLLFREE must. */
  PollRecorder(CellFactory cells, long wanted, boolean leaving) {
    super(cells);
    this.wanted = wanted;
    for (int i = 0; i < MOST; i++) {
      int number = i;
      entries[i] = new WaitQueueEntry(cells.embedded(this, "entry" + i), (entry, mode, flags, key) -> {
        wakes.add("%d:%x".formatted(number, key));
        if (leaving) {
          entry.entry().deleteInit();
        }
        return 0;
      });
    }
  }

  @Override
  public boolean hasQueueProc() {
    return true;
  }

  @Override
  public void queueProc(File file, WaitQueueHead head) {
    WaitQueueEntry entry = entries[queues.size()];
    entry.init(null);
    queues.add(head);
    head.addWaitQueue(entry);
  }

  @Override
  public long key() {
    return wanted;
  }

  /** How many queues the poll operation handed over. */
  public int queues() {
    return queues.size();
  }

  /** The wakes since the last call: number of the queue, colon, key in hexadecimal. */
  public String wakes() {
    String text = String.join(" ", wakes);
    wakes.clear();
    return text;
  }

  /** Leaves all queues. */
  public void leave() {
    for (int i = 0; i < queues.size(); i++) {
      queues.get(i).removeWaitQueue(entries[i]);
    }
    queues.clear();
  }
}
