package dev.regardless.drivers;

import dev.regardless.memory.CellFactory;
import dev.regardless.vfs.AttachedDriver;
import dev.regardless.vfs.Driver;
import dev.regardless.vfs.DriverParameter;
import dev.regardless.vfs.DriverSettings;
import dev.regardless.vfs.Errno;
import dev.regardless.vfs.File;
import dev.regardless.vfs.FileSystemCalls;
import dev.regardless.vfs.PollEvents;
import dev.regardless.vfs.PollSource;
import dev.regardless.vfs.Vfs;
import java.util.List;

/** {@link ScriptedFile} for workloads. */
public final class ScriptedDriver implements Driver {

  @Override
  public String name() {
    return "scripted";
  }

  @Override
  public String description() {
    return "a file that polls as configured, for tests: queues, keys, locking";
  }

  @Override
  public List<DriverParameter> parameters() {
    return List.of(
        new DriverParameter("queues", "1", "wait queues that poll registers, 1 to 3: for IN, OUT and PRI"),
        new DriverParameter("by-key", "false", "registers only the queues that the poller's events ask for"),
        new DriverParameter("keyed", "true", "wake-ups carry the event; otherwise no key"),
        new DriverParameter(
            "wake", "locked", "locked, after, if-active or if-active-without-barrier: state against wake-up"));
  }

  @Override
  public AttachedDriver attach(Vfs vfs, DriverSettings settings) {
    ScriptedFile.Wake wake = switch (settings.oneOf("wake", "locked", "after", "if-active",
        "if-active-without-barrier")) {
      case "locked" -> ScriptedFile.Wake.LOCKED;
      case "after" -> ScriptedFile.Wake.AFTER;
      case "if-active" -> ScriptedFile.Wake.IF_ACTIVE;
      default -> ScriptedFile.Wake.IF_ACTIVE_WITHOUT_BARRIER;
    };
    ScriptedFile scripted = new ScriptedFile(
        vfs,
        new ScriptedFile.Behaviour(
            (int) settings.number("queues", 1, 3),
            settings.flag("by-key"),
            settings.flag("keyed"),
            wake,
            false));
    return (name, calls) -> vfs.kernel().create(name, cells -> new Source(cells, vfs, calls, scripted));
  }

  private static final class Source extends PollSource {
    private final Vfs vfs;
    private final FileSystemCalls calls;
    private final ScriptedFile scripted;

    Source(CellFactory cells, Vfs vfs, FileSystemCalls calls, ScriptedFile scripted) {
      super(cells);
      this.vfs = vfs;
      this.calls = calls;
      this.scripted = scripted;
    }

    @Override
    public int events() {
      return PollEvents.IN;
    }

    @Override
    protected int openFiles() {
      return calls.installNew(scripted.open());
    }

    @Override
    public long makeReady() {
      return withFile(true);
    }

    @Override
    public long makeUnready() {
      return withFile(false);
    }

    private long withFile(boolean ready) {
      File file = calls.files().fget(descriptor());
      if (file == null) {
        return -Errno.EBADF;
      }
      long result = 0;
      if (ready) {
        scripted.raise(file, PollEvents.IN);
      } else if (!scripted.lower(file, PollEvents.IN)) {
        result = -Errno.EAGAIN;
      }
      vfs.fput(file);
      vfs.kernel().exitToUserMode();
      return result;
    }

    @Override
    public long close() {
      int fd = takeDescriptor();
      return fd < 0 ? -Errno.EBADF : calls.close(fd);
    }
  }
}
