package dev.regardless.drivers;

import dev.regardless.kernel.AtomicCell;
import dev.regardless.machine.Ordering;
import dev.regardless.memory.CellFactory;
import dev.regardless.memory.KernelObject;
import dev.regardless.vfs.AttachedDriver;
import dev.regardless.vfs.Driver;
import dev.regardless.vfs.DriverParameter;
import dev.regardless.vfs.DriverSettings;
import dev.regardless.vfs.Errno;
import dev.regardless.vfs.File;
import dev.regardless.vfs.FileSystemCalls;
import dev.regardless.vfs.FileTable;
import dev.regardless.vfs.OpenFlags;
import dev.regardless.vfs.PollEvents;
import dev.regardless.vfs.PollSource;
import dev.regardless.vfs.UserBuffer;
import dev.regardless.vfs.Vfs;
import java.util.List;

/** {@link Pipe} for workloads: non-blocking ends; one is polled, the other drives it. */
public final class PipeDriver implements Driver {

  @Override
  public String name() {
    return "pipe";
  }

  @Override
  public String description() {
    return "pipe2(2) and FIFO: state under a mutex, queues woken after it is given up";
  }

  @Override
  public List<DriverParameter> parameters() {
    return List.of(
        new DriverParameter("end", "read", "what is polled: read, write, or both (a FIFO opened O_RDWR)"),
        new DriverParameter("queues", "two", "two: rd_wait and wr_wait, since Linux 5.6; one: before"),
        new DriverParameter("wake", "write", "how data goes in and out: write (keyed wakes) or splice (keyless)"),
        new DriverParameter("buffers", "16", "buffers of a pipe, 1 to 64 (Linux: 16)"),
        new DriverParameter("page-size", "64", "bytes of a buffer, 8 to 4096, a multiple of 8 (Linux: 4096)"));
  }

  @Override
  public AttachedDriver attach(Vfs vfs, DriverSettings settings) {
    int buffers = (int) settings.number("buffers", 1, 64);
    int pageSize = (int) settings.number("page-size", 8, 4096);
    if (pageSize % Long.BYTES != 0) {
      throw new IllegalArgumentException("parameter page-size: expected a multiple of 8, got '" + pageSize + "'");
    }
    boolean twoQueues = settings.oneOf("queues", "one", "two").equals("two");
    boolean splice = settings.oneOf("wake", "write", "splice").equals("splice");
    String end = settings.oneOf("end", "read", "write", "both");
    Pipe pipe = new Pipe(vfs, buffers, pageSize, twoQueues);
    long capacity = (long) buffers * pageSize;
    return (name, calls) -> vfs.kernel()
        .create(name, cells -> new Source(cells, new Parts(vfs, calls, pipe, end, splice, capacity)));
  }

  private record Parts(Vfs vfs, FileSystemCalls calls, Pipe pipe, String end, boolean splice, long capacity) {}

  private static final class Source extends PollSource {
    private final Parts parts;
    private final AtomicCell other;
    private final boolean pollsWriting;
    private final UserBuffer message;

    Source(CellFactory cells, Parts parts) {
      super(cells);
      this.parts = parts;
      this.other = new AtomicCell(cells, "other_fd");
      this.pollsWriting = parts.end.equals("write");
      // A pipe that is polled for writing is made unready by filling it.
      this.message = UserBuffer.constant(pollsWriting ? parts.capacity : Long.BYTES, 1);
    }

    @Override
    public int events() {
      return pollsWriting ? PollEvents.OUT : PollEvents.IN;
    }

    @Override
    protected int openFiles() {
      KernelObject pipe = parts.pipe.create();
      if (parts.end.equals("both")) {
        return parts.calls.installNew(parts.pipe.openEnd(pipe, OpenFlags.RDWR | OpenFlags.NONBLOCK));
      }
      File reading = parts.pipe.openEnd(pipe, OpenFlags.RDONLY | OpenFlags.NONBLOCK);
      File writing = parts.pipe.openEnd(pipe, OpenFlags.WRONLY | OpenFlags.NONBLOCK);
      int polled = parts.calls.installNew(pollsWriting ? writing : reading);
      other.set(parts.calls.installNew(pollsWriting ? reading : writing) + 1);
      return polled;
    }

    private int otherDescriptor() {
      return parts.end.equals("both") ? descriptor() : (int) other.read() - 1;
    }

    @Override
    public long makeReady() {
      return pollsWriting ? take(otherDescriptor()) : put(otherDescriptor());
    }

    @Override
    public long makeUnready() {
      return pollsWriting ? put(descriptor()) : take(descriptor());
    }

    private long put(int fd) {
      return Math.min(0, parts.splice ? splice(fd, true) : parts.calls.write(fd, message));
    }

    private long take(int fd) {
      return Math.min(0, parts.splice ? splice(fd, false) : parts.calls.read(fd, message));
    }

    /** vmsplice(2). */
    private long splice(int fd, boolean in) {
      FileTable files = parts.calls.files();
      File file = files.fget(fd);
      if (file == null) {
        return -Errno.EBADF;
      }
      long result = in ? parts.pipe.spliceTo(file, message) : parts.pipe.spliceFrom(file, message);
      parts.vfs.fput(file);
      parts.vfs.kernel().exitToUserMode();
      return result;
    }

    @Override
    public long close() {
      int fd = takeDescriptor();
      if (fd < 0) {
        return -Errno.EBADF;
      }
      long result = parts.calls.close(fd);
      int otherFd = (int) other.exchange(0, Ordering.FULL) - 1;
      if (otherFd >= 0) {
        parts.calls.close(otherFd);
      }
      return result;
    }
  }
}
