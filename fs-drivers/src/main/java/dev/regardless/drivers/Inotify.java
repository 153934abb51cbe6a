package dev.regardless.drivers;

import dev.regardless.kernel.Kernel;
import dev.regardless.kernel.SpinLock;
import dev.regardless.kernel.WaitQueueHead;
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
 * inotify's notification queue: events are counted under the group's lock, then everybody is woken without a key. Source:
 * fs/notify/notification.c (fsnotify_insert_event) and fs/notify/inotify/inotify_user.c (inotify_poll, inotify_read) of
 * 6.8; an event is 16 bytes, the size of struct inotify_event without name. Reads do not wait.
 */
public final class Inotify {

  private static final int EVENT_SIZE = 16;

  private final Vfs vfs;
  private final KmemCache<Group> groups;
  private final Operations operations;

  public Inotify(Vfs vfs) {
    Kernel kernel = vfs.kernel();
    this.vfs = vfs;
    this.groups = new KmemCache<>(kernel.machine().memory(), "fsnotify_group", Group::new);
    this.operations = kernel.create("inotify_fops", Operations::new);
  }

  /** inotify_init1. */
  public File open() {
    Group group = groups.allocate();
    group.lock.init();
    group.queue.init();
    group.events.write(0);
    return vfs.openFile(operations, group, OpenFlags.MODE_READ, OpenFlags.RDONLY | OpenFlags.NONBLOCK);
  }

  /** fsnotify_insert_event: something happened to a watched file. */
  public void insertEvent(File file) {
    Group group = file.privateData(Group.class);
    group.lock.lock();
    group.events.write(group.events.read() + 1);
    group.lock.unlock();
    group.queue.wakeUp();
  }

  /** inotify_read of everything; 0, or -EAGAIN if there is nothing. */
  long drain(File file) {
    Group group = file.privateData(Group.class);
    group.lock.lock();
    long waiting = group.events.read();
    group.events.write(0);
    group.lock.unlock();
    return waiting == 0 ? -Errno.EAGAIN : 0;
  }

  private static final class Group extends KernelObject {
    private final SpinLock lock;
    private final WaitQueueHead queue;
    private final LongCell events;

    Group(CellFactory cells) {
      super(cells);
      lock = new SpinLock(cells, "notification_lock");
      queue = new WaitQueueHead(cells.embedded(this, "notification_waitq"));
      events = new LongCell(cells, "q_len");
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

    /** inotify_read is no read_iter. */
    @Override
    public boolean hasReadIter() {
      return false;
    }

    @Override
    public long read(Kiocb iocb, UserBuffer buffer) {
      Group group = iocb.file().privateData(Group.class);
      group.lock.lock();
      long waiting = group.events.read();
      long taken = Math.min(waiting, buffer.length() / EVENT_SIZE);
      group.events.write(waiting - taken);
      group.lock.unlock();
      if (waiting == 0) {
        return -Errno.EAGAIN;
      }
      return taken == 0 ? -Errno.EINVAL : taken * EVENT_SIZE;
    }

    @Override
    public boolean hasPoll() {
      return true;
    }

    @Override
    public int poll(File file, @Nullable PollTable table) {
      Group group = file.privateData(Group.class);
      vfs.pollWait(file, group.queue, table);
      group.lock.lock();
      int events = group.events.read() != 0 ? PollEvents.IN | PollEvents.RDNORM : 0;
      group.lock.unlock();
      return events;
    }

    @Override
    public void release(File file) {
      groups.free(file.privateData(Group.class));
    }
  }
}
