package org.example.doorbell;

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

/** {@link Doorbell} for workloads, found as {@code doorbell}. */
public final class DoorbellDriver implements Driver {

  @Override
  public String name() {
    return "doorbell";
  }

  @Override
  public String description() {
    return "a bell: readable while it rings";
  }

  @Override
  public List<DriverParameter> parameters() {
    return List.of(new DriverParameter("rings", "1", "how often it rings each time, 1 to 10"));
  }

  @Override
  public AttachedDriver attach(Vfs vfs, DriverSettings settings) {
    Doorbell doorbell = new Doorbell(vfs);
    long rings = settings.number("rings", 1, 10);
    return (name, calls) -> vfs.kernel().create(name, cells -> new Source(cells, vfs, calls, doorbell, rings));
  }

  private static final class Source extends PollSource {
    private final Vfs vfs;
    private final FileSystemCalls calls;
    private final Doorbell doorbell;
    private final long rings;

    Source(CellFactory cells, Vfs vfs, FileSystemCalls calls, Doorbell doorbell, long rings) {
      super(cells);
      this.vfs = vfs;
      this.calls = calls;
      this.doorbell = doorbell;
      this.rings = rings;
    }

    @Override
    public int events() {
      return PollEvents.IN;
    }

    @Override
    protected int openFiles() {
      return calls.installNew(doorbell.open());
    }

    @Override
    public long makeReady() {
      File file = calls.files().fget(descriptor());
      if (file == null) {
        return -Errno.EBADF;
      }
      for (long i = 0; i < rings; i++) {
        doorbell.ring(file);
      }
      return done(file, 0);
    }

    @Override
    public long makeUnready() {
      File file = calls.files().fget(descriptor());
      if (file == null) {
        return -Errno.EBADF;
      }
      return done(file, doorbell.silence(file) ? 0 : -Errno.EAGAIN);
    }

    private long done(File file, long result) {
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
