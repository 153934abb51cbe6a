package dev.regardless.drivers;

import dev.regardless.kernel.AtomicCell;
import dev.regardless.machine.Ordering;
import dev.regardless.memory.CellFactory;
import dev.regardless.vfs.AttachedDriver;
import dev.regardless.vfs.Driver;
import dev.regardless.vfs.DriverParameter;
import dev.regardless.vfs.DriverSettings;
import dev.regardless.vfs.Errno;
import dev.regardless.vfs.FileSystemCalls;
import dev.regardless.vfs.OpenFlags;
import dev.regardless.vfs.PollEvents;
import dev.regardless.vfs.PollSource;
import dev.regardless.vfs.UserBuffer;
import dev.regardless.vfs.Vfs;
import java.util.List;

/** {@link TcpSocket} for workloads: one socket of a connected pair is polled, the other sends to it. */
public final class TcpDriver implements Driver {

  @Override
  public String name() {
    return "tcp";
  }

  @Override
  public String description() {
    return "a connected TCP socket: one queue for all events, writers woken only after a refusal";
  }

  @Override
  public List<DriverParameter> parameters() {
    return List.of(new DriverParameter("send-buffer", "256", "sk_sndbuf in bytes, 32 to 1000000"));
  }

  @Override
  public AttachedDriver attach(Vfs vfs, DriverSettings settings) {
    TcpSocket sockets = new TcpSocket(vfs, settings.number("send-buffer", 32, 1_000_000));
    return (name, calls) -> vfs.kernel().create(name, cells -> new Source(cells, calls, sockets));
  }

  private static final class Source extends PollSource {
    private final FileSystemCalls calls;
    private final TcpSocket sockets;
    private final AtomicCell other;
    private final UserBuffer message = UserBuffer.constant(Long.BYTES, 1);

    Source(CellFactory cells, FileSystemCalls calls, TcpSocket sockets) {
      super(cells);
      this.calls = calls;
      this.sockets = sockets;
      this.other = new AtomicCell(cells, "other_fd");
    }

    @Override
    public int events() {
      return PollEvents.IN;
    }

    @Override
    protected int openFiles() {
      FilePair pair = sockets.openPair(OpenFlags.NONBLOCK);
      int polled = calls.installNew(pair.first());
      other.set(calls.installNew(pair.second()) + 1);
      return polled;
    }

    @Override
    public long makeReady() {
      return Math.min(0, calls.write((int) other.read() - 1, message));
    }

    @Override
    public long makeUnready() {
      return Math.min(0, calls.read(descriptor(), message));
    }

    @Override
    public long close() {
      int fd = takeDescriptor();
      if (fd < 0) {
        return -Errno.EBADF;
      }
      long result = calls.close(fd);
      int otherFd = (int) other.exchange(0, Ordering.FULL) - 1;
      if (otherFd >= 0) {
        calls.close(otherFd);
      }
      return result;
    }
  }
}
