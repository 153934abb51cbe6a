package dev.regardless.vfs;

/**
 * Linux error numbers (include/uapi/asm-generic/errno-base.h, errno.h, include/linux/errno.h). Functions that can fail
 * return them negated, as in the kernel.
 */
public final class Errno {

  public static final int EPERM = 1;
  public static final int ENOENT = 2;
  public static final int ESRCH = 3;
  public static final int EINTR = 4;
  public static final int EIO = 5;
  public static final int EBADF = 9;
  public static final int EAGAIN = 11;
  public static final int ENOMEM = 12;
  public static final int EACCES = 13;
  public static final int EFAULT = 14;
  public static final int EBUSY = 16;
  public static final int EEXIST = 17;
  public static final int ENODEV = 19;
  public static final int EINVAL = 22;
  public static final int ENFILE = 23;
  public static final int EMFILE = 24;
  public static final int EFBIG = 27;
  public static final int ENOSPC = 28;
  public static final int ESPIPE = 29;
  public static final int EPIPE = 32;
  public static final int ENOSYS = 38;
  public static final int ELOOP = 40;
  public static final int EOVERFLOW = 75;
  public static final int ENOTSOCK = 88;
  public static final int EMSGSIZE = 90;
  public static final int EOPNOTSUPP = 95;
  public static final int ECONNRESET = 104;
  public static final int ENOTCONN = 107;
  public static final int ETIMEDOUT = 110;
  public static final int EINPROGRESS = 115;
  public static final int ECANCELED = 125;

  /** Never seen by user space: restart the call after the signal. */
  public static final int ERESTARTSYS = 512;

  public static final int ERESTARTNOINTR = 513;
  public static final int ERESTARTNOHAND = 514;
  public static final int ERESTART_RESTARTBLOCK = 516;

  /** Never seen by user space: the request was queued and will complete later. */
  public static final int EIOCBQUEUED = 529;

  private Errno() {}

  /** What user space sees of a kernel result after a signal without restart: ERESTART* becomes EINTR. */
  public static long toUser(long result) {
    return result <= -ERESTARTSYS && result >= -ERESTART_RESTARTBLOCK ? -EINTR : result;
  }
}
