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
import dev.regardless.vfs.Vfs;
import org.jspecify.annotations.Nullable;

/**
 * A connected pair of TCP-like sockets: what pollers see of them, with bytes counted and not kept, every segment delivered
 * and acknowledged at once when it is read. Source: net/ipv4/tcp.c (tcp_poll, tcp_shutdown, tcp_close), tcp_input.c
 * (tcp_data_ready, tcp_check_space, tcp_fin, tcp_reset), net/core/sock.c and stream.c (6.8). Unlike a unix socket it wakes
 * writers only if one was refused, or was told by poll that there is no room (SOCK_NOSPACE).
 */
public final class TcpSocket {

  private static final int RECEIVE = 1;
  private static final int SEND = 2;
  private static final int BOTH = RECEIVE | SEND;
  private static final int SIGPIPE = 13;
  private static final int READ_KEY = PollEvents.IN | PollEvents.PRI | PollEvents.RDNORM | PollEvents.RDBAND;
  private static final int WRITE_KEY = PollEvents.OUT | PollEvents.WRNORM | PollEvents.WRBAND;

  private final Kernel kernel;
  private final Vfs vfs;
  private final long sendBuffer;
  private final KmemCache<Sock> socks;
  private final Operations operations;

  /**
   * Makes the driver.
   *
   * @param sendBuffer sk_sndbuf in bytes: writable while at most two thirds of it are queued (sk_stream_is_writeable)
   */
  public TcpSocket(Vfs vfs, long sendBuffer) {
    this.kernel = vfs.kernel();
    this.vfs = vfs;
    this.sendBuffer = sendBuffer;
    this.socks = new KmemCache<>(kernel.machine().memory(), "tcp_sock", Sock::new);
    this.operations = kernel.create("tcp_file_ops", Operations::new);
  }

  /** Two sockets that are connected with each other. */
  public FilePair openPair(int flags) {
    Sock first = socks.allocate();
    Sock second = socks.allocate();
    first.init(second);
    second.init(first);
    return new FilePair(open(first, flags), open(second, flags));
  }

  private File open(Sock sock, int flags) {
    return vfs.openFile(operations, sock, OpenFlags.MODE_READ | OpenFlags.MODE_WRITE | OpenFlags.MODE_NOWAIT,
        OpenFlags.RDWR | flags);
  }

  /** shutdown(SHUT_WR): a FIN goes to the peer. */
  public void shutdownSend(File file) {
    Sock sock = file.privateData(Sock.class);
    sock.addShutdown(SEND);
    // inet_shutdown wakes whoever is in poll, whatever it asked for.
    sock.stateChange();
    sock.peer.read().receiveFin();
  }

  /** The peer's RST has come. */
  public void reset(File file) {
    file.privateData(Sock.class).receiveReset(Errno.ECONNRESET);
  }

  /** A byte of urgent data has come. */
  public void receiveUrgent(File file) {
    Sock sock = file.privateData(Sock.class);
    sock.urgent.writeOnce(1);
    sock.wake(READ_KEY);
  }

  /** struct tcp_sock with its sk_wq. */
  private final class Sock extends KernelObject {
    private final RefCount references;
    private final WaitQueueHead queue;
    private final SpinLock lock;
    private final RefCell<Sock> peer;
    private final LongCell shutdown;
    private final LongCell error;
    private final LongCell urgent;
    private final AtomicCell received;
    private final AtomicCell queued;
    private final AtomicCell noSpace;
    private final RcuHead rcu;

    Sock(CellFactory cells) {
      super(cells);
      references = new RefCount(cells, "sk_refcnt");
      queue = new WaitQueueHead(cells.embedded(this, "sk_wq"));
      lock = new SpinLock(cells, "sk_lock");
      peer = new RefCell<>(cells, "peer", Sock.class);
      shutdown = new LongCell(cells, "sk_shutdown");
      error = new LongCell(cells, "sk_err");
      urgent = new LongCell(cells, "urg_data");
      received = new AtomicCell(cells, "rcv_nxt - copied_seq");
      queued = new AtomicCell(cells, "sk_wmem_queued");
      noSpace = new AtomicCell(cells, "SOCK_NOSPACE");
      rcu = new RcuHead(cells.machine(), () -> socks.free(this));
    }

    void init(Sock other) {
      references.set(2);
      queue.init();
      lock.init();
      peer.write(other);
      shutdown.write(0);
      error.write(0);
      urgent.write(0);
      received.set(0);
      queued.set(0);
      noSpace.set(0);
    }

    void put() {
      if (references.decrementAndTest()) {
        kernel.rcu().call(rcu);
      }
    }

    /** skwq_has_sleeper, wake_up_interruptible_poll. */
    void wake(long key) {
      if (queue.hasSleeper()) {
        queue.wakeUpInterruptiblePoll(key);
      }
    }

    /** sock_def_wakeup. */
    void stateChange() {
      if (queue.hasSleeper()) {
        queue.wakeUpInterruptibleAll();
      }
    }

    void addShutdown(int how) {
      lock.lock();
      shutdown.writeOnce(shutdown.read() | how);
      lock.unlock();
    }

    /** tcp_fin. */
    void receiveFin() {
      addShutdown(RECEIVE);
      stateChange();
    }

    /** tcp_reset and tcp_done: the state change comes before the error's own report. */
    void receiveReset(int code) {
      error.writeOnce(code);
      kernel.barriers().wmb();
      addShutdown(BOTH);
      stateChange();
      wake(PollEvents.ERR);
    }

    /** sk_stream_is_writeable: free space is at least half of what is queued. */
    boolean isWritable() {
      long used = queued.read();
      return sendBuffer - used >= used / 2;
    }

    /** tcp_check_space, sk_stream_write_space: after an acknowledgement. */
    void checkSpace() {
      kernel.primitives().smpMb(); // pairs with the one in poll and in write
      if (noSpace.read() != 0 && isWritable()) {
        noSpace.set(0);
        wake(WRITE_KEY);
      }
    }
  }

  private final class Operations extends FileOperations {

    Operations(CellFactory cells) {
      super(cells);
    }

    @Override
    public boolean hasRead() {
      return true;
    }

    /** tcp_recvmsg, which never waits here: zeros in place of what was sent. */
    @Override
    public long read(Kiocb iocb, UserBuffer buffer) {
      Sock sock = iocb.file().privateData(Sock.class);
      sock.lock.lock();
      long bytes = Math.min(buffer.length(), sock.received.read());
      sock.received.sub(bytes);
      sock.lock.unlock();
      if (bytes > 0) {
        Sock sender = sock.peer.read();
        sender.queued.sub(bytes);
        sender.checkSpace();
        return bytes;
      }
      long error = sock.error.readOnce();
      if (error != 0) {
        sock.error.writeOnce(0);
        return -error;
      }
      return buffer.length() == 0 || (sock.shutdown.readOnce() & RECEIVE) != 0 ? 0 : -Errno.EAGAIN;
    }

    @Override
    public boolean hasWrite() {
      return true;
    }

    /** tcp_sendmsg, which never waits here: what fits. */
    @Override
    public long write(Kiocb iocb, UserBuffer buffer) {
      Sock sock = iocb.file().privateData(Sock.class);
      long error = sock.error.readOnce();
      if (error != 0) {
        sock.error.writeOnce(0);
        return -error;
      }
      if ((sock.shutdown.readOnce() & SEND) != 0) {
        if ((iocb.flags() & Kiocb.NOSIGNAL) == 0) {
          kernel.current().sendSignal(SIGPIPE);
        }
        return -Errno.EPIPE;
      }
      sock.lock.lock();
      long bytes = Math.min(buffer.length(), sendBuffer - sock.queued.read());
      sock.queued.add(bytes);
      sock.lock.unlock();
      if (bytes < buffer.length()) {
        sock.noSpace.set(1); // sk_stream_wait_memory, do_nonblock
        kernel.primitives().smpMb();
      }
      if (bytes == 0) {
        return buffer.length() == 0 ? 0 : -Errno.EAGAIN;
      }
      Sock other = sock.peer.read();
      other.received.add(bytes);
      other.wake(READ_KEY);
      return bytes;
    }

    @Override
    public boolean hasPoll() {
      return true;
    }

    /** tcp_poll. */
    @Override
    public int poll(File file, @Nullable PollTable table) {
      Sock sock = file.privateData(Sock.class);
      vfs.pollWait(file, sock.queue, table);
      if (table != null && table.hasQueueProc()) {
        kernel.primitives().smpMb(); // sock_poll_wait's own
      }
      long shutdown = sock.shutdown.readOnce();
      int events = shutdown == BOTH ? PollEvents.HUP : 0;
      if ((shutdown & RECEIVE) != 0) {
        events |= PollEvents.IN | PollEvents.RDNORM | PollEvents.RDHUP;
      }
      if (sock.received.read() != 0) {
        events |= PollEvents.IN | PollEvents.RDNORM;
      }
      if ((shutdown & SEND) != 0 || hasRoom(sock)) {
        events |= PollEvents.OUT | PollEvents.WRNORM;
      }
      if (sock.urgent.readOnce() != 0) {
        events |= PollEvents.PRI;
      }
      kernel.barriers().rmb(); // pairs with the wmb of a reset
      return sock.error.readOnce() != 0 ? events | PollEvents.ERR : events;
    }

    private boolean hasRoom(Sock sock) {
      if (sock.isWritable()) {
        return true;
      }
      sock.noSpace.set(1);
      kernel.primitives().smpMb();
      return sock.isWritable();
    }

    /** tcp_close: unread data make it a reset for the peer, otherwise a FIN. */
    @Override
    public void release(File file) {
      Sock sock = file.privateData(Sock.class);
      Sock other = sock.peer.read();
      sock.addShutdown(BOTH);
      if (sock.received.read() != 0) {
        other.receiveReset(Errno.ECONNRESET);
      } else {
        other.receiveFin();
      }
      other.put();
      sock.put();
    }
  }
}
