package dev.regardless.drivers;

import dev.regardless.kernel.Kernel;
import dev.regardless.kernel.SpinLock;
import dev.regardless.kernel.WaitQueueHead;
import dev.regardless.memory.CellFactory;
import dev.regardless.memory.FlagCell;
import dev.regardless.memory.KernelObject;
import dev.regardless.memory.KmemCache;
import dev.regardless.memory.LongCell;
import dev.regardless.vfs.File;
import dev.regardless.vfs.FileOperations;
import dev.regardless.vfs.OpenFlags;
import dev.regardless.vfs.PollEvents;
import dev.regardless.vfs.PollTable;
import dev.regardless.vfs.Vfs;
import org.jspecify.annotations.Nullable;

/**
 * A memory-to-memory video device as its pollers see it: up to three queues, registered by what the poller asks for. Source:
 * drivers/media/v4l2-core/v4l2-mem2mem.c (v4l2_m2m_poll, v4l2_m2m_poll_for_data) of 6.x: output buffers done (OUT), capture
 * buffers done (IN) under their queues' done_lock, and events of the file handle (PRI). Wake-ups carry no key
 * (vb2_buffer_done, v4l2_event_queue: wake_up, wake_up_all). A device that does not stream reports ERR to who asks for data.
 */
public final class M2mDevice {

  private static final int DATA = PollEvents.IN | PollEvents.RDNORM;
  private static final int SPACE = PollEvents.OUT | PollEvents.WRNORM;

  private final Kernel kernel;
  private final Vfs vfs;
  private final KmemCache<Handle> handles;
  private final Operations operations;

  public M2mDevice(Vfs vfs) {
    this.kernel = vfs.kernel();
    this.vfs = vfs;
    this.handles = new KmemCache<>(kernel.machine().memory(), "v4l2_m2m_ctx", Handle::new);
    this.operations = kernel.create("v4l2_fops", Operations::new);
  }

  /** Opens the device: a context of its own. */
  public File open() {
    Handle handle = handles.allocate();
    handle.source.init();
    handle.destination.init();
    handle.events.init();
    handle.streaming.write(true);
    return vfs.openFile(
        operations, handle, OpenFlags.MODE_READ | OpenFlags.MODE_WRITE, OpenFlags.RDWR | OpenFlags.NONBLOCK);
  }

  /** vb2_buffer_done on the capture side: a frame can be taken. */
  public void captureDone(File file) {
    file.privateData(Handle.class).destination.add();
  }

  /** vb2_buffer_done on the output side: room for a frame. */
  public void outputDone(File file) {
    file.privateData(Handle.class).source.add();
  }

  /** VIDIOC_STREAMOFF on both sides: what was done is forgotten, and waiters are woken (__vb2_queue_cancel). */
  public void streamOff(File file) {
    Handle handle = file.privateData(Handle.class);
    handle.streaming.writeOnce(false);
    handle.source.cancel();
    handle.destination.cancel();
  }

  /** VIDIOC_STREAMON on both sides, with buffers queued. */
  public void streamOn(File file) {
    file.privateData(Handle.class).streaming.writeOnce(true);
  }

  /** v4l2_event_queue_fh. */
  public void event(File file) {
    file.privateData(Handle.class).events.add();
  }

  /** VIDIOC_DQBUF on the capture side; false if there is none. */
  public boolean takeCapture(File file) {
    return file.privateData(Handle.class).destination.take();
  }

  /** VIDIOC_DQEVENT; false if there is none. */
  public boolean takeEvent(File file) {
    return file.privateData(Handle.class).events.take();
  }

  /** A list of finished things with its queue. */
  private static final class Done extends KernelObject {
    private final SpinLock lock;
    private final LongCell count;
    private final WaitQueueHead queue;

    Done(CellFactory cells) {
      super(cells);
      lock = new SpinLock(cells, "done_lock");
      count = new LongCell(cells, "done_list");
      queue = new WaitQueueHead(cells.embedded(this, "done_wq"));
    }

    void init() {
      lock.init();
      count.write(0);
      queue.init();
    }

    void add() {
      lock.lockIrqsave();
      count.write(count.read() + 1);
      lock.unlockIrqrestore();
      queue.wakeUp();
    }

    void cancel() {
      lock.lockIrqsave();
      count.write(0);
      lock.unlockIrqrestore();
      queue.wakeUpAll();
    }

    boolean take() {
      lock.lockIrqsave();
      long waiting = count.read();
      count.write(Math.max(0, waiting - 1));
      lock.unlockIrqrestore();
      return waiting > 0;
    }

    boolean isEmpty() {
      lock.lockIrqsave();
      boolean empty = count.read() == 0;
      lock.unlockIrqrestore();
      return empty;
    }
  }

  private static final class Handle extends KernelObject {
    private final Done source;
    private final Done destination;
    private final Done events;
    private final FlagCell streaming;

    Handle(CellFactory cells) {
      super(cells);
      source = new Done(cells.embedded(this, "out_q"));
      destination = new Done(cells.embedded(this, "cap_q"));
      events = new Done(cells.embedded(this, "fh"));
      streaming = new FlagCell(cells, "streaming");
    }
  }

  private final class Operations extends FileOperations {

    Operations(CellFactory cells) {
      super(cells);
    }

    @Override
    public boolean hasPoll() {
      return true;
    }

    @Override
    public int poll(File file, @Nullable PollTable table) {
      Handle handle = file.privateData(Handle.class);
      long wanted = table == null ? -1 : table.key();
      int ready = 0;
      if ((wanted & (SPACE | DATA)) != 0) {
        vfs.pollWait(file, handle.source.queue, table);
        vfs.pollWait(file, handle.destination.queue, table);
        ready = handle.streaming.readOnce() ? done(handle) : PollEvents.ERR;
      }
      if ((wanted & PollEvents.PRI) != 0) {
        vfs.pollWait(file, handle.events.queue, table);
        ready |= handle.events.isEmpty() ? 0 : PollEvents.PRI;
      }
      return ready;
    }

    private static int done(Handle handle) {
      return (handle.source.isEmpty() ? 0 : SPACE) | (handle.destination.isEmpty() ? 0 : DATA);
    }

    @Override
    public void release(File file) {
      handles.free(file.privateData(Handle.class));
    }
  }
}
