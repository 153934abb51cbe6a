package dev.regardless.drivers;

import dev.regardless.vfs.Errno;
import dev.regardless.vfs.File;
import dev.regardless.vfs.FileTable;
import dev.regardless.vfs.OpenFlags;
import dev.regardless.vfs.UserRegion;
import dev.regardless.vfs.UserSpace;
import dev.regardless.vfs.program.SystemCallGroup;
import dev.regardless.vfs.program.SystemCallTable;
import dev.regardless.vfs.program.UserProcess;

/**
 * The calls of user programs that open this module's files: eventfd2, pipe2, vmsplice, socketpair, shutdown,
 * timerfd_create and timerfd_settime. Checks in the kernel's order (6.x).
 */
public final class DriverCallGroup implements SystemCallGroup {

  private static final int PIPE_BUFFERS = 16;
  private static final int PAGE = 4096;
  private static final long SEND_BUFFER = 212_992;

  private static final int DESCRIPTOR_BYTES = 4;
  private static final int NOTIFICATION_PIPE = 0x80;

  private static final int SPLICE_F_NONBLOCK = 2;
  private static final int SPLICE_F_ALL = 0xf;

  private static final int AF_UNIX = 1;
  private static final int SOCK_TYPE_MASK = 0xf;
  private static final int SOCK_STREAM = 1;
  private static final int SHUT_RDWR = 2;

  /** Made by the service loader. */
  public DriverCallGroup() {}

  @Override
  public void bind(UserProcess process, SystemCallTable table) {
    Eventfd eventfd = process.shared(Eventfd.class, "eventfd", () -> new Eventfd(process.vfs()));
    table.add("eventfd2",
        (count, flags, third, fourth, fifth, sixth) -> eventfd(process, eventfd, (int) count, (int) flags));
    Pipe pipe = process.shared(Pipe.class, "pipe", () -> new Pipe(process.vfs(), PIPE_BUFFERS, PAGE, true));
    table.add("pipe2", (fds, flags, third, fourth, fifth, sixth) -> pipe(process, pipe, fds, (int) flags));
    table.add("vmsplice",
        (fd, segments, count, flags, fifth, sixth) -> splice(process, pipe, (int) fd, segments, count, (int) flags));
    StreamSocket sockets = process.shared(
        StreamSocket.class, "unix", () -> new StreamSocket(process.vfs(), SEND_BUFFER));
    table.add("socketpair",
        (family, type, protocol, fds, fifth, sixth) -> socketpair(process, sockets, (int) family, (int) type, fds));
    table.add("shutdown", (fd, how, third, fourth, fifth, sixth) -> shutdown(process, sockets, (int) fd, (int) how));
    TimerfdCalls timers = new TimerfdCalls(
        process, process.shared(Timerfd.class, "timerfd", () -> new Timerfd(process.vfs())));
    table.add("timerfd_create", (clock, flags, third, fourth, fifth, sixth) -> timers.create((int) clock, (int) flags));
    table.add("timerfd_settime",
        (fd, flags, value, old, fifth, sixth) -> timers.setTime((int) fd, (int) flags, value, old));
  }

  private static long eventfd(UserProcess process, Eventfd eventfd, int count, int flags) {
    int known = OpenFlags.CLOEXEC | OpenFlags.NONBLOCK | Eventfd.SEMAPHORE;
    if ((flags & ~known) != 0) {
      return -Errno.EINVAL;
    }
    return process.calls().installNew(eventfd.open(Integer.toUnsignedLong(count), flags & ~OpenFlags.CLOEXEC));
  }

  /** do_pipe2: everything is made before the descriptors are stored. */
  private static long pipe(UserProcess process, Pipe pipe, long descriptors, int flags) {
    if ((flags & ~(OpenFlags.CLOEXEC | OpenFlags.NONBLOCK | OpenFlags.DIRECT | NOTIFICATION_PIPE)) != 0) {
      return -Errno.EINVAL;
    }
    int kept = flags & OpenFlags.NONBLOCK;
    FilePair pair = pipe.openBoth(kept);
    UserSpace space = process.space();
    if (!space.covers(descriptors, 2 * DESCRIPTOR_BYTES)) {
      process.vfs().fput(pair.first());
      process.vfs().fput(pair.second());
      process.kernel().exitToUserMode();
      return -Errno.EFAULT;
    }
    return install(process, pair, descriptors);
  }

  /** vmsplice (fs/splice.c) without waiting, of one segment: at most a page of it, which is copied, not lent. */
  private static long splice(UserProcess process, Pipe pipe, int fd, long segments, long count, int flags) {
    if ((flags & ~SPLICE_F_ALL) != 0 || (flags & SPLICE_F_NONBLOCK) == 0 || count != 1) {
      return -Errno.EINVAL;
    }
    File file = process.files().fget(fd);
    if (file == null) {
      return -Errno.EBADF;
    }
    UserSpace space = process.space();
    long result;
    if (!pipe.owns(file)) {
      result = -Errno.EBADF;
    } else if (!space.covers(segments, 2 * Long.BYTES)) {
      result = -Errno.EFAULT;
    } else {
      UserRegion memory = new UserRegion(
          space, space.load(segments, Long.BYTES), space.load(segments + Long.BYTES, Long.BYTES));
      result = splice(pipe, file, memory);
    }
    process.vfs().fput(file);
    process.kernel().exitToUserMode();
    return result;
  }

  private static long splice(Pipe pipe, File file, UserRegion memory) {
    if (memory.length() <= 0) {
      return memory.length() == 0 ? 0 : -Errno.EINVAL;
    }
    boolean in = (file.mode() & OpenFlags.MODE_WRITE) != 0;
    return in ? pipe.spliceTo(file, memory) : pipe.spliceFrom(file, memory);
  }

  private static long install(UserProcess process, FilePair pair, long descriptors) {
    FileTable files = process.files();
    int first = files.install(pair.first());
    int second = files.install(pair.second());
    process.space().store(descriptors, DESCRIPTOR_BYTES, first);
    process.space().store(descriptors + DESCRIPTOR_BYTES, DESCRIPTOR_BYTES, second);
    process.kernel().exitToUserMode();
    return 0;
  }

  /** __sys_socketpair: the descriptors are stored before the sockets are made. */
  private static long socketpair(UserProcess process, StreamSocket sockets, int family, int type, long descriptors) {
    int flags = type & ~SOCK_TYPE_MASK;
    if ((flags & ~(OpenFlags.CLOEXEC | OpenFlags.NONBLOCK)) != 0) {
      return -Errno.EINVAL;
    }
    if (!process.space().covers(descriptors, 2 * DESCRIPTOR_BYTES)) {
      return -Errno.EFAULT;
    }
    if (family != AF_UNIX || (type & SOCK_TYPE_MASK) != SOCK_STREAM) {
      return -Errno.EINVAL;
    }
    File first = sockets.openPair(flags & OpenFlags.NONBLOCK);
    File second = sockets.peer(first, flags & OpenFlags.NONBLOCK);
    return install(process, new FilePair(first, second), descriptors);
  }

  private static long shutdown(UserProcess process, StreamSocket sockets, int fd, int how) {
    File file = process.files().fget(fd);
    if (file == null) {
      return -Errno.EBADF;
    }
    long result = 0;
    if (!sockets.owns(file)) {
      result = -Errno.ENOTSOCK;
    } else if (how < 0 || how > SHUT_RDWR) {
      result = -Errno.EINVAL;
    } else {
      sockets.shutdown(file, how + 1);
    }
    process.vfs().fput(file);
    process.kernel().exitToUserMode();
    return result;
  }
}
