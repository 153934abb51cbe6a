package dev.regardless.drivers;

import dev.regardless.memory.CellFactory;
import dev.regardless.vfs.AttachedDriver;
import dev.regardless.vfs.Driver;
import dev.regardless.vfs.DriverParameter;
import dev.regardless.vfs.DriverSettings;
import dev.regardless.vfs.Errno;
import dev.regardless.vfs.File;
import dev.regardless.vfs.FileSystemCalls;
import dev.regardless.vfs.OpenFlags;
import dev.regardless.vfs.PollEvents;
import dev.regardless.vfs.PollSource;
import dev.regardless.vfs.UserBuffer;
import dev.regardless.vfs.Vfs;
import java.util.List;

/** {@link Timerfd} for workloads: made ready by arming, {@code delay} later; unready by reading. */
public final class TimerfdDriver implements Driver {

  @Override
  public String name() {
    return "timerfd";
  }

  @Override
  public String description() {
    return "timerfd_create(2) on virtual time: expiry wakes from softirq context";
  }

  @Override
  public List<DriverParameter> parameters() {
    return List.of(
        new DriverParameter("delay", "1000", "cycles from arming to expiry, 1 to 1000000000"),
        new DriverParameter("interval", "0", "cycles between later expiries, 0 for none, to 1000000000"));
  }

  @Override
  public AttachedDriver attach(Vfs vfs, DriverSettings settings) {
    Timerfd timerfd = new Timerfd(vfs);
    long delay = settings.number("delay", 1, 1_000_000_000);
    long interval = settings.number("interval", 0, 1_000_000_000);
    return (name, calls) -> vfs.kernel()
        .create(name, cells -> new Source(cells, vfs, calls, timerfd, delay, interval));
  }

  private static final class Source extends PollSource {
    private final Vfs vfs;
    private final FileSystemCalls calls;
    private final Timerfd timerfd;
    private final long delay;
    private final long interval;
    private final UserBuffer word = UserBuffer.constant(Long.BYTES, 0);

    Source(CellFactory cells, Vfs vfs, FileSystemCalls calls, Timerfd timerfd, long delay, long interval) {
      super(cells);
      this.vfs = vfs;
      this.calls = calls;
      this.timerfd = timerfd;
      this.delay = delay;
      this.interval = interval;
    }

    @Override
    public int events() {
      return PollEvents.IN;
    }

    @Override
    protected int openFiles() {
      return calls.installNew(timerfd.open(OpenFlags.NONBLOCK));
    }

    @Override
    public long makeReady() {
      File file = calls.files().fget(descriptor());
      if (file == null) {
        return -Errno.EBADF;
      }
      timerfd.setTime(file, delay, interval);
      vfs.fput(file);
      vfs.kernel().exitToUserMode();
      return 0;
    }

    @Override
    public long makeUnready() {
      return Math.min(0, calls.read(descriptor(), word));
    }

    @Override
    public long close() {
      int fd = takeDescriptor();
      return fd < 0 ? -Errno.EBADF : calls.close(fd);
    }
  }
}
