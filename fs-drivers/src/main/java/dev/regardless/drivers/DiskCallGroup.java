package dev.regardless.drivers;

import dev.regardless.vfs.Errno;
import dev.regardless.vfs.File;
import dev.regardless.vfs.UserSpace;
import dev.regardless.vfs.program.SystemCallGroup;
import dev.regardless.vfs.program.SystemCallTable;
import dev.regardless.vfs.program.UserProcess;

/**
 * The calls of user programs about regular files: {@code open_tmpfile(FLAGS)}, which is openat(2) with O_TMPFILE on ext4;
 * {@code open_small(FLAGS)}, the same on a tmpfs of four pages; setrlimit of RLIMIT_FSIZE; fadvise64 of
 * POSIX_FADV_DONTNEED.
 */
public final class DiskCallGroup implements SystemCallGroup {

  private static final int PAGE = 4096;

  /** The largest file of ext4 with blocks of 4 KiB. */
  private static final long EXT4_MAXIMUM = 0xfff_ffff_f000L;

  private static final int LARGE = 1 << 20;
  private static final RegularFile.Disk SMALL = new RegularFile.Disk(4 * PAGE, 512, 2_000, 9_000, 0);

  private static final int RLIMIT_FSIZE = 1;
  private static final int RLIMIT_BYTES = 16;
  private static final int POSIX_FADV_DONTNEED = 4;

  /** Made by the service loader. */
  public DiskCallGroup() {}

  @Override
  public void bind(UserProcess process, SystemCallTable table) {
    RegularFile large = process.shared(RegularFile.class, "ext4", () -> new RegularFile(process.vfs(), large(process)));
    RegularFile small = process.shared(RegularFile.class, "tmpfs", () -> new RegularFile(process.vfs(), SMALL));
    table.add("open_tmpfile",
        (flags, second, third, fourth, fifth, sixth) -> process.calls().installNew(large.create((int) flags)));
    table.add("open_small",
        (flags, second, third, fourth, fifth, sixth) -> process.calls().installNew(small.create((int) flags)));
    table.add("setrlimit", (resource, limit, third, fourth, fifth, sixth) -> {
      UserSpace space = process.space();
      if (!space.covers(limit, RLIMIT_BYTES)) {
        return -Errno.EFAULT;
      }
      if (resource != RLIMIT_FSIZE) {
        return -Errno.EINVAL;
      }
      long bytes = space.load(limit, Long.BYTES);
      // RLIM_INFINITY is the largest unsigned number.
      long most = bytes < 0 ? Long.MAX_VALUE : bytes;
      large.limitSize(most);
      small.limitSize(most);
      return 0;
    });
    table.add("fadvise64", (fd, offset, bytes, advice, fifth, sixth) -> advise(process, large, (int) fd, advice));
  }

  private static RegularFile.Disk large(UserProcess process) {
    return new RegularFile.Disk(
        LARGE, alignment(process, "disk-block"), alignment(process, "disk-memory-alignment"), 2_000, 9_000, 0,
        EXT4_MAXIMUM);
  }

  private static int alignment(UserProcess process, String parameter) {
    String text = process.parameter(parameter);
    try {
      int value = Integer.parseInt(text);
      if (value >= 1 && value <= PAGE && Integer.bitCount(value) == 1) {
        return value;
      }
    } catch (NumberFormatException e) {
      // as any other wrong number
    }
    throw new IllegalArgumentException(
        "parameter %s: expected a power of two up to %d, got '%s'".formatted(parameter, PAGE, text));
  }

  private static long advise(UserProcess process, RegularFile files, int fd, long advice) {
    File file = process.files().fget(fd);
    if (file == null) {
      return -Errno.EBADF;
    }
    long result = 0;
    if (!files.owns(file)) {
      result = -Errno.ESPIPE;
    } else if (advice == POSIX_FADV_DONTNEED) {
      files.dropCache(file);
    }
    process.vfs().fput(file);
    process.kernel().exitToUserMode();
    return result;
  }
}
