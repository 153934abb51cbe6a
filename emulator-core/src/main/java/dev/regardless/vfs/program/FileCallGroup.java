package dev.regardless.vfs.program;

import dev.regardless.vfs.Errno;
import dev.regardless.vfs.File;
import dev.regardless.vfs.OpenFlags;
import dev.regardless.vfs.PollCall;
import dev.regardless.vfs.UserRegion;
import dev.regardless.vfs.UserSpace;

/** read, write, fsync, fdatasync, close, dup, poll and fcntl(F_SETFL): fs/read_write.c, fs/select.c, fs/file.c (6.x). */
public final class FileCallGroup implements SystemCallGroup {

  /** MAX_RW_COUNT. */
  private static final long MOST_BYTES = 0x7fff_f000L;

  private static final int F_SETFL = 4;
  private static final int SETFL_MASK = OpenFlags.APPEND | OpenFlags.NONBLOCK | OpenFlags.DIRECT;

  /** Made by the service loader. */
  public FileCallGroup() {}

  @Override
  public void bind(UserProcess process, SystemCallTable table) {
    PollCall poll = new PollCall(process.vfs(), process.files(), process.space());
    table.add("read", (fd, buffer, count, fourth, fifth, sixth) -> transfer(process, (int) fd, buffer, count, false));
    table.add("write", (fd, buffer, count, fourth, fifth, sixth) -> transfer(process, (int) fd, buffer, count, true));
    table.add("fsync", (fd, second, third, fourth, fifth, sixth) -> process.calls().fsync((int) fd, false));
    table.add("fdatasync", (fd, second, third, fourth, fifth, sixth) -> process.calls().fsync((int) fd, true));
    table.add("close", (fd, second, third, fourth, fifth, sixth) -> process.calls().close((int) fd));
    table.add("dup", (fd, second, third, fourth, fifth, sixth) -> process.calls().dup((int) fd));
    table.add("fcntl",
        (fd, command, argument, fourth, fifth, sixth) -> setFlags(process, (int) fd, (int) command, (int) argument));
    table.add("poll", (files, count, timeout, fourth, fifth, sixth) -> {
      long result = poll.poll(files, (int) count, (int) timeout);
      process.kernel().exitToUserMode();
      return Errno.toUser(result);
    });
  }

  /** fcntl(2), F_SETFL only; O_DIRECT for regular files only, as there are no packets in pipes here. */
  private static long setFlags(UserProcess process, int fd, int command, int flags) {
    File file = process.files().fget(fd);
    if (file == null) {
      return -Errno.EBADF;
    }
    boolean refused = command != F_SETFL
        || ((flags & OpenFlags.DIRECT) != 0 && (file.mode() & OpenFlags.MODE_CAN_ODIRECT) == 0);
    if (!refused) {
      file.setFlags((flags & SETFL_MASK) | (file.flags() & ~SETFL_MASK));
    }
    process.vfs().fput(file);
    process.kernel().exitToUserMode();
    return refused ? -Errno.EINVAL : 0;
  }

  /** vfs_read, vfs_write: what is checked before the file's own operation. */
  private static long transfer(UserProcess process, int fd, long buffer, long count, boolean writing) {
    File file = process.files().fget(fd);
    if (file == null) {
      return -Errno.EBADF;
    }
    long result = process.calls().check(file, writing);
    if (result == 0 && !UserSpace.accessOk(buffer, count)) {
      result = -Errno.EFAULT;
    }
    if (result == 0) {
      UserRegion region = new UserRegion(process.space(), buffer, Math.min(count, MOST_BYTES));
      result = writing ? process.calls().write(file, region) : process.calls().read(file, region);
    }
    process.vfs().fput(file);
    process.kernel().exitToUserMode();
    return Errno.toUser(result);
  }
}
