package dev.regardless.drivers;

import dev.regardless.kernel.AtomicCell;
import dev.regardless.kernel.Kernel;
import dev.regardless.kernel.WaitQueueHead;
import dev.regardless.machine.Ordering;
import dev.regardless.memory.CellFactory;
import dev.regardless.memory.KernelObject;
import dev.regardless.memory.KmemCache;
import dev.regardless.memory.LongCell;
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
 * A terminal as its pollers see it: always two queues, so that aio refuses it. Source: drivers/tty/n_tty.c (n_tty_poll,
 * n_tty_receive_buf_common, n_tty_packet_mode_flush) and tty_io.c (tty_wakeup, __tty_hangup) of 6.8. Bytes are counted,
 * not kept; reads and writes do not wait.
 */
public final class Terminal {

  private static final int READ_KEY = PollEvents.IN | PollEvents.RDNORM;
  private static final int WRITE_KEY = PollEvents.OUT | PollEvents.WRNORM;

  private final Kernel kernel;
  private final Vfs vfs;
  private final long room;
  private final KmemCache<Tty> ttys;
  private final Operations operations;

  /**
   * Makes the driver.
   *
   * @param room bytes that the output side holds
   */
  public Terminal(Vfs vfs, long room) {
    this.kernel = vfs.kernel();
    this.vfs = vfs;
    this.room = room;
    this.ttys = new KmemCache<>(kernel.machine().memory(), "tty_struct", Tty::new);
    this.operations = kernel.create("tty_fops", Operations::new);
  }

  /** Opens a terminal of its own. */
  public File open() {
    Tty tty = ttys.allocate();
    tty.init();
    return vfs.openFile(
        operations, tty, OpenFlags.MODE_READ | OpenFlags.MODE_WRITE, OpenFlags.RDWR | OpenFlags.NONBLOCK);
  }

  /** n_tty_receive_buf_common: input arrives. */
  public void receive(File file, long bytes) {
    Tty tty = file.privateData(Tty.class);
    tty.input.add(bytes);
    tty.readWait.wakeUpInterruptiblePoll(READ_KEY);
  }

  /** The line has sent what was written: tty_wakeup. */
  public void sent(File file) {
    Tty tty = file.privateData(Tty.class);
    tty.output.set(0);
    tty.writeWait.wakeUpInterruptiblePoll(PollEvents.OUT);
  }

  /** n_tty_packet_mode_flush: the other side of a pty in packet mode is told of a change. */
  public void packetStatus(File file) {
    Tty tty = file.privateData(Tty.class);
    tty.packetStatus.writeOnce(1);
    tty.readWait.wakeUpInterruptiblePoll(PollEvents.PRI);
  }

  /** __tty_hangup. */
  public void hangup(File file) {
    Tty tty = file.privateData(Tty.class);
    tty.hungUp.writeOnce(1);
    tty.writeWait.wakeUpInterruptiblePoll(PollEvents.OUT);
    tty.readWait.wakeUpInterruptiblePoll(PollEvents.IN);
  }

  /** tcflush(TCIFLUSH): 0, or -EAGAIN if there was nothing. */
  long drain(File file) {
    Tty tty = file.privateData(Tty.class);
    return tty.input.exchange(0, Ordering.FULL) == 0 ? -Errno.EAGAIN : 0;
  }

  private static final class Tty extends KernelObject {
    private final WaitQueueHead readWait;
    private final WaitQueueHead writeWait;
    private final AtomicCell input;
    private final AtomicCell output;
    private final LongCell packetStatus;
    private final LongCell hungUp;

    Tty(CellFactory cells) {
      super(cells);
      readWait = new WaitQueueHead(cells.embedded(this, "read_wait"));
      writeWait = new WaitQueueHead(cells.embedded(this, "write_wait"));
      input = new AtomicCell(cells, "read_head");
      output = new AtomicCell(cells, "chars_in_buffer");
      packetStatus = new LongCell(cells, "pktstatus");
      hungUp = new LongCell(cells, "hung_up");
    }

    void init() {
      readWait.init();
      writeWait.init();
      input.set(0);
      output.set(0);
      packetStatus.write(0);
      hungUp.write(0);
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

    @Override
    public long read(Kiocb iocb, UserBuffer buffer) {
      Tty tty = iocb.file().privateData(Tty.class);
      tty.packetStatus.writeOnce(0);
      long bytes = Math.min(tty.input.read(), buffer.length());
      tty.input.sub(bytes);
      return bytes > 0 ? bytes : tty.hungUp.readOnce() != 0 ? 0 : -Errno.EAGAIN;
    }

    @Override
    public boolean hasWrite() {
      return true;
    }

    @Override
    public long write(Kiocb iocb, UserBuffer buffer) {
      Tty tty = iocb.file().privateData(Tty.class);
      if (tty.hungUp.readOnce() != 0) {
        return -Errno.EIO;
      }
      long bytes = Math.min(room - tty.output.read(), buffer.length());
      tty.output.add(bytes);
      return bytes > 0 ? bytes : -Errno.EAGAIN;
    }

    @Override
    public boolean hasPoll() {
      return true;
    }

    @Override
    public int poll(File file, @Nullable PollTable table) {
      Tty tty = file.privateData(Tty.class);
      vfs.pollWait(file, tty.readWait, table);
      vfs.pollWait(file, tty.writeWait, table);
      int events = 0;
      if (tty.input.read() != 0) {
        events |= READ_KEY;
      }
      if (tty.packetStatus.readOnce() != 0) {
        events |= PollEvents.PRI | READ_KEY;
      }
      if (tty.hungUp.readOnce() != 0) {
        events |= PollEvents.HUP;
      }
      if (tty.output.read() < room) {
        events |= WRITE_KEY;
      }
      return events;
    }

    @Override
    public void release(File file) {
      ttys.free(file.privateData(Tty.class));
    }
  }
}
