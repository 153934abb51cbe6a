package dev.regardless.drivers;

import dev.regardless.kernel.AtomicCell;
import dev.regardless.machine.Ordering;
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

/** {@link Epoll} for workloads: an epoll file is polled, which watches an eventfd. */
public final class EpollDriver implements Driver {

  @Override
  public String name() {
    return "epoll";
  }

  @Override
  public String description() {
    return "epoll_create1(2), polled itself: ready while an eventfd that it watches is";
  }

  @Override
  public List<DriverParameter> parameters() {
    return List.of();
  }

  @Override
  public AttachedDriver attach(Vfs vfs, DriverSettings settings) {
    Epoll epoll = new Epoll(vfs);
    Eventfd eventfd = new Eventfd(vfs);
    return (name, calls) -> vfs.kernel().create(name, cells -> new Source(cells, vfs, calls, epoll, eventfd));
  }

  private static final class Source extends PollSource {
    private final Vfs vfs;
    private final FileSystemCalls calls;
    private final Epoll epoll;
    private final Eventfd eventfd;
    private final AtomicCell watched;
    private final UserBuffer one = UserBuffer.constant(Long.BYTES, 1);

    Source(CellFactory cells, Vfs vfs, FileSystemCalls calls, Epoll epoll, Eventfd eventfd) {
      super(cells);
      this.vfs = vfs;
      this.calls = calls;
      this.epoll = epoll;
      this.eventfd = eventfd;
      this.watched = new AtomicCell(cells, "watched_fd");
    }

    @Override
    public int events() {
      return PollEvents.IN;
    }

    @Override
    protected int openFiles() {
      File watcher = epoll.open();
      File counter = eventfd.open(0, OpenFlags.NONBLOCK);
      watcher.get();
      counter.get();
      int polled = calls.installNew(watcher);
      int fd = calls.installNew(counter);
      watched.set(fd + 1);
      epoll.control(watcher, Epoll.ADD, counter, fd, PollEvents.IN, 0);
      vfs.fput(counter);
      vfs.fput(watcher);
      return polled;
    }

    @Override
    public long makeReady() {
      return Math.min(0, calls.write((int) watched.read() - 1, one));
    }

    @Override
    public long makeUnready() {
      return Math.min(0, calls.read((int) watched.read() - 1, one));
    }

    @Override
    public long close() {
      int fd = takeDescriptor();
      if (fd < 0) {
        return -Errno.EBADF;
      }
      long result = calls.close(fd);
      int other = (int) watched.exchange(0, Ordering.FULL) - 1;
      if (other >= 0) {
        calls.close(other);
      }
      return result;
    }
  }
}
