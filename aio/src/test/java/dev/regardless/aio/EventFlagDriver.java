package dev.regardless.aio;

import dev.regardless.kernel.WaitQueueHead;
import dev.regardless.memory.CellFactory;
import dev.regardless.memory.KernelObject;
import dev.regardless.memory.LongCell;
import dev.regardless.vfs.AttachedDriver;
import dev.regardless.vfs.Driver;
import dev.regardless.vfs.DriverParameter;
import dev.regardless.vfs.DriverSettings;
import dev.regardless.vfs.File;
import dev.regardless.vfs.FileOperations;
import dev.regardless.vfs.FileSystemCalls;
import dev.regardless.vfs.OpenFlags;
import dev.regardless.vfs.PollEvents;
import dev.regardless.vfs.PollSource;
import dev.regardless.vfs.PollTable;
import dev.regardless.vfs.UserBuffer;
import dev.regardless.vfs.Vfs;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A file that is readable while a flag is set, for tests: the flag changes under the lock of its one wait queue, and setting
 * it wakes with EPOLLIN, or without a key for every {@code keyless}-th source.
 */
public final class EventFlagDriver implements Driver {

  @Override
  public String name() {
    return "event-flag";
  }

  @Override
  public String description() {
    return "a flag under the lock of one wait queue";
  }

  @Override
  public List<DriverParameter> parameters() {
    return List.of(new DriverParameter("keyless", "0", "every so many sources wake without a key; 0: none"));
  }

  @Override
  public AttachedDriver attach(Vfs vfs, DriverSettings settings) {
    int keyless = (int) settings.number("keyless", 0, 1000);
    Operations operations = vfs.kernel().create("event_flag_fops", cells -> new Operations(vfs, cells));
    int[] made = new int[1];
    return (name, calls) -> {
      boolean hasKey = keyless == 0 || made[0]++ % keyless != 0;
      return vfs.kernel().create(name, cells -> new Source(vfs, cells, operations, calls, hasKey));
    };
  }

  /** Settings with their defaults. */
  public static DriverSettings settings(int keyless) {
    return new DriverSettings(new EventFlagDriver(), Map.of("keyless", Integer.toString(keyless)));
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
      Flag flag = file.privateData(Flag.class);
      vfs.pollWait(file, flag.queue, table);
      return flag.set.readOnce() != 0 ? PollEvents.IN : 0;
    }
  }

  private static final class Flag extends KernelObject {
    private final WaitQueueHead queue;
    private final LongCell set;

    Flag(CellFactory cells) {
      super(cells);
      queue = new WaitQueueHead(cells.embedded(this, "queue"));
      set = new LongCell(cells, "set");
      queue.init();
    }
  }

  private static final class Source extends PollSource {
    private final Vfs vfs;
    private final FileOperations operations;
    private final FileSystemCalls calls;
    private final Flag flag;
    private final boolean hasKey;

    Source(Vfs vfs, CellFactory cells, FileOperations operations, FileSystemCalls calls, boolean hasKey) {
      super(cells);
      this.vfs = vfs;
      this.operations = operations;
      this.calls = calls;
      this.hasKey = hasKey;
      flag = new Flag(cells.embedded(this, "flag"));
    }

    @Override
    public int events() {
      return PollEvents.IN;
    }

    @Override
    protected int openFiles() {
      return calls.files().install(vfs.openFile(operations, flag, OpenFlags.MODE_READ, 0));
    }

    @Override
    public long makeReady() {
      return change(1);
    }

    @Override
    public long makeUnready() {
      return change(0);
    }

    private long change(long value) {
      flag.queue.lock().lockIrqsave();
      flag.set.writeOnce(value);
      if (value != 0 && flag.queue.waitqueueActive()) {
        if (hasKey) {
          flag.queue.wakeUpLockedPoll(PollEvents.IN);
        } else {
          flag.queue.wakeUpLocked();
        }
      }
      flag.queue.lock().unlockIrqrestore();
      return 0;
    }

    @Override
    public long close() {
      return calls.close(descriptor());
    }
  }

  /** A buffer that nothing is read from. */
  static UserBuffer nothing() {
    return UserBuffer.constant(0, 0);
  }
}
