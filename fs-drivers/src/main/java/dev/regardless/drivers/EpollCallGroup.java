package dev.regardless.drivers;

import dev.regardless.vfs.Errno;
import dev.regardless.vfs.File;
import dev.regardless.vfs.OpenFlags;
import dev.regardless.vfs.UserSpace;
import dev.regardless.vfs.program.SystemCallGroup;
import dev.regardless.vfs.program.SystemCallTable;
import dev.regardless.vfs.program.UserProcess;

/**
 * epoll_create1, epoll_ctl and epoll_wait (fs/eventpoll.c, 6.18). struct epoll_event is the packed one of x86-64, 12 bytes,
 * on all architectures.
 */
public final class EpollCallGroup implements SystemCallGroup {

  private static final int EVENT_BYTES = 12;
  private static final long MOST_EVENTS = Integer.MAX_VALUE / EVENT_BYTES;
  private static final long CYCLES_PER_MILLISECOND = 1_000_000;

  /** Made by the service loader. */
  public EpollCallGroup() {}

  @Override
  public void bind(UserProcess process, SystemCallTable table) {
    Epoll epoll = process.shared(Epoll.class, "epoll", () -> new Epoll(process.vfs()));
    table.add("epoll_create1", (flags, second, third, fourth, fifth, sixth) -> (flags & ~OpenFlags.CLOEXEC) != 0
        ? -Errno.EINVAL
        : process.calls().installNew(epoll.open()));
    table.add("epoll_ctl", (fd, operation, target, event, fifth, sixth) -> leave(process,
        control(process, epoll, (int) fd, (int) operation, (int) target, event)));
    table.add("epoll_wait", (fd, events, most, timeout, fifth, sixth) -> leave(process,
        await(process, epoll, (int) fd, events, (int) most, (int) timeout)));
  }

  private static long leave(UserProcess process, long result) {
    process.kernel().exitToUserMode();
    return Errno.toUser(result);
  }

  /** The event is copied before anything is looked at, unless the operation has none. */
  private static long control(UserProcess process, Epoll epoll, int fd, int operation, int target, long event) {
    UserSpace space = process.space();
    long events = 0;
    long data = 0;
    if (operation != Epoll.DELETE) {
      if (!space.covers(event, EVENT_BYTES)) {
        return -Errno.EFAULT;
      }
      events = space.load(event, Integer.BYTES);
      data = space.load(event + Integer.BYTES, Long.BYTES);
    }
    File file = process.files().fget(fd);
    if (file == null) {
      return -Errno.EBADF;
    }
    File watched = process.files().fget(target);
    long result = -Errno.EBADF;
    if (watched != null) {
      result = epoll.control(file, operation, watched, target, events, data);
      process.vfs().fput(watched);
    }
    process.vfs().fput(file);
    return result;
  }

  private static long await(UserProcess process, Epoll epoll, int fd, long events, int most, int milliseconds) {
    File file = process.files().fget(fd);
    if (file == null) {
      return -Errno.EBADF;
    }
    long result = checkWait(epoll, file, events, most);
    if (result == 0) {
      UserSpace space = process.space();
      result = epoll.await(file, (index, found, data) -> put(space, events + index * EVENT_BYTES, found, data), most,
          milliseconds * CYCLES_PER_MILLISECOND);
    }
    process.vfs().fput(file);
    return result;
  }

  /** ep_check_params. */
  private static long checkWait(Epoll epoll, File file, long events, int most) {
    if (most <= 0 || most > MOST_EVENTS) {
      return -Errno.EINVAL;
    }
    if (!UserSpace.accessOk(events, (long) most * EVENT_BYTES)) {
      return -Errno.EFAULT;
    }
    return epoll.owns(file) ? 0 : -Errno.EINVAL;
  }

  /** epoll_put_uevent. */
  private static boolean put(UserSpace space, long address, long events, long data) {
    if (space.writable(address, EVENT_BYTES) < EVENT_BYTES) {
      return false;
    }
    space.store(address, Integer.BYTES, events);
    space.store(address + Integer.BYTES, Long.BYTES, data);
    return true;
  }
}
