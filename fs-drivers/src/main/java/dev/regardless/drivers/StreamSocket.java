package dev.regardless.drivers;

import dev.regardless.kernel.AtomicCell;
import dev.regardless.kernel.Kernel;
import dev.regardless.kernel.RcuHead;
import dev.regardless.kernel.RefCount;
import dev.regardless.kernel.SpinLock;
import dev.regardless.kernel.WaitQueueHead;
import dev.regardless.memory.CellFactory;
import dev.regardless.memory.KernelObject;
import dev.regardless.memory.KmemCache;
import dev.regardless.memory.LongCell;
import dev.regardless.memory.RefCell;
import dev.regardless.vfs.Errno;
import dev.regardless.vfs.File;
import dev.regardless.vfs.FileOperations;
import dev.regardless.vfs.Kiocb;
import dev.regardless.vfs.OpenFlags;
import dev.regardless.vfs.PollEvents;
import dev.regardless.vfs.PollTable;
import dev.regardless.vfs.UserBuffer;
import dev.regardless.vfs.UserCopy;
import dev.regardless.vfs.Vfs;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A connected pair of unix stream sockets; the memory in flight is counted in bytes, without sk_buff overhead. Source:
 * net/unix/af_unix.c (unix_poll, unix_stream_sendmsg, unix_stream_read_generic, unix_release_sock, unix_shutdown) and
 * net/core/sock.c (sock_def_*) of 6.8. One queue per socket, sk_wq; wake-ups come after a full
 * barrier and an unlocked look (skwq_has_sleeper), and sock_poll_wait has had the matching barrier long before poll_wait
 * got it.
 */
public final class StreamSocket {

  /** RCV_SHUTDOWN: SHUT_RD of this side. */
  public static final int RECEIVE = 1;

  /** SEND_SHUTDOWN: SHUT_WR of this side. */
  public static final int SEND = 2;

  private static final int SIGPIPE = 13;
  private static final int BOTH = RECEIVE | SEND;
  private static final int READ_KEY = PollEvents.IN | PollEvents.PRI | PollEvents.RDNORM | PollEvents.RDBAND;
  private static final int WRITE_KEY = PollEvents.OUT | PollEvents.WRNORM | PollEvents.WRBAND;

  private final Kernel kernel;
  private final Vfs vfs;
  private final long sendBuffer;
  private final KmemCache<Sock> socks;
  private final KmemCache<SocketBuffer> buffers;
  private final Operations operations;

  /**
   * Makes the driver.
   *
   * @param sendBuffer sk_sndbuf in bytes: pollable for writing while at most a quarter is in flight (unix_writable)
   */
  public StreamSocket(Vfs vfs, long sendBuffer) {
    this.kernel = vfs.kernel();
    this.vfs = vfs;
    this.sendBuffer = sendBuffer;
    this.socks = new KmemCache<>(kernel.machine().memory(), "unix_sock", Sock::new);
    this.buffers = new KmemCache<>(kernel.machine().memory(), "sk_buff", SocketBuffer::new);
    this.operations = kernel.create("socket_file_ops", Operations::new);
  }

  /** The first socket of a new pair; {@link #peer} gives the other's file. */
  public File openPair(int flags) {
    Sock first = socks.allocate();
    Sock second = socks.allocate();
    first.init(second);
    second.init(first);
    return open(first, flags);
  }

  /** Whether a file is one of this driver's. */
  public boolean owns(File file) {
    return file.operations() == operations;
  }

  /** Opens the other socket of the pair; once per pair, while the first is open. */
  public File peer(File file, int flags) {
    return open(file.privateData(Sock.class).peer.read(), flags);
  }

  private File open(Sock sock, int flags) {
    return vfs.openFile(operations, sock, OpenFlags.MODE_READ | OpenFlags.MODE_WRITE | OpenFlags.MODE_NOWAIT,
        OpenFlags.RDWR | flags);
  }

  /** shutdown(2): {@link #RECEIVE}, {@link #SEND} or both. */
  public void shutdown(File file, int how) {
    Sock sock = file.privateData(Sock.class);
    Sock other = sock.peer.read();
    addShutdown(sock, how);
    int mirrored = ((how & RECEIVE) != 0 ? SEND : 0) | ((how & SEND) != 0 ? RECEIVE : 0);
    addShutdown(other, mirrored);
    other.stateChange();
    sock.stateChange();
  }

  /** An asynchronous error: sk_err and sk_error_report. */
  public void fail(File file, int error) {
    Sock sock = file.privateData(Sock.class);
    sock.error.writeOnce(error);
    sock.wake(PollEvents.ERR);
  }

  private static void addShutdown(Sock sock, int how) {
    sock.lock.lock();
    sock.shutdown.writeOnce(sock.shutdown.read() | how);
    sock.lock.unlock();
  }

  /** struct unix_sock with its sk_wq. Each of a pair holds a reference to the other. */
  private final class Sock extends KernelObject {
    private final RefCount references;
    private final WaitQueueHead queue;
    private final SpinLock lock;
    private final RefCell<Sock> peer;
    private final LongCell shutdown;
    private final LongCell error;
    private final RefCell<SocketBuffer> first;
    private final RefCell<SocketBuffer> last;
    private final AtomicCell received;
    private final AtomicCell inFlight;
    private final LongCell closed;
    private final RcuHead rcu;
    private final BooleanSupplier readable = this::isReadable;
    private final BooleanSupplier writable = this::isWritable;

    Sock(CellFactory cells) {
      super(cells);
      references = new RefCount(cells, "sk_refcnt");
      queue = new WaitQueueHead(cells.embedded(this, "sk_wq"));
      lock = new SpinLock(cells, "lock");
      peer = new RefCell<>(cells, "peer", Sock.class);
      shutdown = new LongCell(cells, "sk_shutdown");
      error = new LongCell(cells, "sk_err");
      first = new RefCell<>(cells, "sk_receive_queue.next", SocketBuffer.class);
      last = new RefCell<>(cells, "sk_receive_queue.prev", SocketBuffer.class);
      received = new AtomicCell(cells, "sk_receive_queue.bytes");
      inFlight = new AtomicCell(cells, "sk_wmem_alloc");
      closed = new LongCell(cells, "dead");
      rcu = new RcuHead(cells.machine(), () -> socks.free(this));
    }

    void init(Sock other) {
      references.set(2);
      queue.init();
      lock.init();
      peer.write(other);
      shutdown.write(0);
      error.write(0);
      first.write(null);
      last.write(null);
      received.set(0);
      inFlight.set(0);
      closed.write(0);
    }

    void put() {
      if (references.decrementAndTest()) {
        kernel.rcu().call(rcu);
      }
    }

    /** skb_queue_tail, with the lock held. */
    void append(SocketBuffer buffer) {
      SocketBuffer before = last.read();
      if (before == null) {
        first.write(buffer);
      } else {
        before.next.write(buffer);
      }
      last.write(buffer);
      received.add(buffer.length.read());
    }

    /** Takes from the oldest buffers, with the lock held: bytes, or -EFAULT with nothing taken. */
    long take(UserBuffer to) {
      long done = 0;
      while (done < to.length() && received.read() != 0) {
        SocketBuffer oldest = first.read();
        long start = oldest.consumed.read();
        long left = oldest.length.read() - start;
        long bytes = Math.min(left, to.length() - done);
        if (UserCopy.toUser(to, done, oldest.words, start, bytes) < bytes) {
          return done > 0 ? done : -Errno.EFAULT;
        }
        received.sub(bytes);
        oldest.consumed.write(start + bytes);
        if (bytes == left) {
          unlink(oldest);
        }
        done += bytes;
      }
      return done;
    }

    private void unlink(SocketBuffer oldest) {
      SocketBuffer next = oldest.next.read();
      first.write(next);
      if (next == null) {
        last.write(null);
      }
      buffers.free(oldest);
    }

    /** skb_queue_purge. */
    void purge() {
      while (!first.refersTo(null)) {
        unlink(first.read());
      }
    }

    boolean isReadable() {
      return received.read() != 0 || error.readOnce() != 0 || (shutdown.readOnce() & RECEIVE) != 0;
    }

    /** unix_writable. */
    boolean hasSpace() {
      return inFlight.read() * 4 <= sendBuffer;
    }

    /** sock_alloc_send_pskb. */
    boolean hasRoom() {
      return inFlight.read() < sendBuffer;
    }

    boolean isWritable() {
      return hasRoom() || error.readOnce() != 0 || (shutdown.readOnce() & SEND) != 0;
    }

    /** sock_def_readable and its like: only if somebody waits. */
    void wake(long key) {
      kernel.rcu().readLock();
      if (queue.hasSleeper()) {
        queue.wakeUpInterruptiblePoll(key);
      }
      kernel.rcu().readUnlock();
    }

    /** sock_def_wakeup. */
    void stateChange() {
      kernel.rcu().readLock();
      if (queue.hasSleeper()) {
        queue.wakeUpInterruptibleAll();
      }
      kernel.rcu().readUnlock();
    }
  }

  /** socket_file_ops over unix_stream_ops. */
  private final class Operations extends FileOperations {

    Operations(CellFactory cells) {
      super(cells);
    }

    @Override
    public boolean hasRead() {
      return true;
    }

    @Override
    public long read(Kiocb iocb, UserBuffer buffer) {
      if (iocb.position() != 0) {
        return -Errno.ESPIPE;
      }
      if (buffer.length() == 0) {
        return 0;
      }
      Sock sock = iocb.file().privateData(Sock.class);
      while (true) {
        sock.lock.lock();
        long bytes = sock.take(buffer);
        sock.lock.unlock();
        if (bytes != 0) {
          return bytes < 0 ? bytes : deliver(sock, bytes);
        }
        long error = sock.error.readOnce();
        if (error != 0) {
          sock.error.writeOnce(0);
          return -error;
        }
        if ((sock.shutdown.readOnce() & RECEIVE) != 0) {
          return 0;
        }
        if (iocb.isNonblocking()) {
          return -Errno.EAGAIN;
        }
        if (kernel.waitEventInterruptible(sock.queue, sock.readable) != 0) {
          return -Errno.ERESTARTSYS;
        }
      }
    }

    /** Frees what was received: the sender's memory (sock_wfree, unix_write_space). */
    private long deliver(Sock sock, long bytes) {
      Sock other = sock.peer.read();
      other.inFlight.sub(bytes);
      if (other.hasSpace()) {
        other.wake(WRITE_KEY);
      }
      return bytes;
    }

    @Override
    public boolean hasWrite() {
      return true;
    }

    @Override
    public long write(Kiocb iocb, UserBuffer buffer) {
      if (iocb.position() != 0) {
        return -Errno.ESPIPE;
      }
      Sock sock = iocb.file().privateData(Sock.class);
      if ((sock.shutdown.readOnce() & SEND) != 0) {
        return brokenPipe(iocb);
      }
      long done = 0;
      while (done < buffer.length()) {
        long sent = send(sock, iocb, buffer, done);
        if (sent < 0) {
          return done > 0 ? done : sent;
        }
        done += sent;
      }
      return done;
    }

    /** One sk_buff of a write: bytes, or a negated errno. */
    private long send(Sock sock, Kiocb iocb, UserBuffer from, long offset) {
      while (!sock.hasRoom()) {
        if (iocb.isNonblocking()) {
          return -Errno.EAGAIN;
        }
        if (kernel.waitEventInterruptible(sock.queue, sock.writable) != 0) {
          return -Errno.ERESTARTSYS;
        }
        if ((sock.shutdown.readOnce() & SEND) != 0) {
          return brokenPipe(iocb);
        }
      }
      long bytes = Math.min(SocketBuffer.BYTES, from.length() - offset);
      SocketBuffer filled = buffers.allocate();
      if (UserCopy.fromUser(from, offset, filled.words, 0, bytes) < bytes) {
        buffers.free(filled);
        return -Errno.EFAULT;
      }
      filled.next.write(null);
      filled.consumed.write(0);
      filled.length.write(bytes);
      sock.inFlight.add(bytes);
      Sock other = sock.peer.read();
      other.lock.lock();
      boolean gone = other.closed.read() != 0 || (other.shutdown.read() & RECEIVE) != 0;
      if (!gone) {
        other.append(filled);
      }
      other.lock.unlock();
      if (gone) {
        sock.inFlight.sub(bytes);
        buffers.free(filled);
        return brokenPipe(iocb);
      }
      other.wake(READ_KEY);
      return bytes;
    }

    private long brokenPipe(Kiocb iocb) {
      if ((iocb.flags() & Kiocb.NOSIGNAL) == 0) {
        kernel.current().sendSignal(SIGPIPE);
      }
      return -Errno.EPIPE;
    }

    @Override
    public boolean hasPoll() {
      return true;
    }

    @Override
    public int poll(File file, @Nullable PollTable table) {
      Sock sock = file.privateData(Sock.class);
      vfs.pollWait(file, sock.queue, table);
      if (table != null && table.hasQueueProc()) {
        kernel.primitives().smpMb(); // sock_poll_wait's own
      }
      int events = 0;
      long shutdown = sock.shutdown.readOnce();
      if (sock.error.readOnce() != 0) {
        events |= PollEvents.ERR;
      }
      if (shutdown == BOTH) {
        events |= PollEvents.HUP;
      }
      if ((shutdown & RECEIVE) != 0) {
        events |= PollEvents.RDHUP | PollEvents.IN | PollEvents.RDNORM;
      }
      if (sock.received.read() != 0) {
        events |= PollEvents.IN | PollEvents.RDNORM;
      }
      if (sock.hasSpace()) {
        events |= WRITE_KEY;
      }
      return events;
    }

    /** unix_release_sock. */
    @Override
    public void release(File file) {
      Sock sock = file.privateData(Sock.class);
      Sock other = sock.peer.read();
      sock.lock.lock();
      sock.closed.write(1);
      sock.shutdown.writeOnce(BOTH);
      long unread = sock.received.read();
      sock.purge();
      sock.lock.unlock();
      other.lock.lock();
      other.shutdown.writeOnce(BOTH);
      if (unread != 0) {
        other.error.writeOnce(Errno.ECONNRESET);
      }
      other.lock.unlock();
      other.inFlight.sub(unread);
      other.stateChange();
      other.put();
      sock.put();
    }
  }
}
