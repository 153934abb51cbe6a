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

/** {@link Eventfd} for workloads: one non-blocking descriptor, made ready by writing 1 and unready by reading. */
public final class EventfdDriver implements Driver {

  @Override
  public String name() {
    return "eventfd";
  }

  @Override
  public String description() {
    return "eventfd2(2): a counter, always changed under its queue's lock";
  }

  @Override
  public List<DriverParameter> parameters() {
    return List.of(
        new DriverParameter("initial", "0", "the counter's first value, 0 to 4294967295"),
        new DriverParameter("semaphore", "false", "EFD_SEMAPHORE: a read takes 1 instead of all"));
  }

  @Override
  public AttachedDriver attach(Vfs vfs, DriverSettings settings) {
    Eventfd eventfd = new Eventfd(vfs);
    long initial = settings.number("initial", 0, 0xffff_ffffL);
    int flags = OpenFlags.NONBLOCK | (settings.flag("semaphore") ? Eventfd.SEMAPHORE : 0);
    return (name, calls) -> vfs.kernel().create(name, cells -> new Source(cells, calls, eventfd, initial, flags));
  }

  private static final class Source extends PollSource {
    private final FileSystemCalls calls;
    private final Eventfd eventfd;
    private final long initial;
    private final int flags;
    private final UserBuffer one = UserBuffer.constant(Long.BYTES, 1);

    Source(CellFactory cells, FileSystemCalls calls, Eventfd eventfd, long initial, int flags) {
      super(cells);
      this.calls = calls;
      this.eventfd = eventfd;
      this.initial = initial;
      this.flags = flags;
    }

    @Override
    public int events() {
      return PollEvents.IN;
    }

    @Override
    protected int openFiles() {
      File file = eventfd.open(initial, flags);
      return calls.installNew(file);
    }

    @Override
    public long makeReady() {
      return Math.min(0, calls.write(descriptor(), one));
    }

    @Override
    public long makeUnready() {
      return Math.min(0, calls.read(descriptor(), one));
    }

    @Override
    public long close() {
      int fd = takeDescriptor();
      return fd < 0 ? -Errno.EBADF : calls.close(fd);
    }
  }
}
