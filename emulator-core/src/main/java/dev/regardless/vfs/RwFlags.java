package dev.regardless.vfs;

/** RWF_* flags of preadv2(2) and aio_rw_flags (include/uapi/linux/fs.h, 6.18), and what they make of a kiocb. */
public final class RwFlags {

  public static final int HIPRI = 0x1;
  public static final int DSYNC = 0x2;
  public static final int SYNC = 0x4;
  public static final int NOWAIT = 0x8;
  public static final int APPEND = 0x10;
  public static final int NOAPPEND = 0x20;
  public static final int ATOMIC = 0x40;
  public static final int DONTCACHE = 0x80;
  public static final int NOSIGNAL = 0x100;

  private static final int SUPPORTED = HIPRI | DSYNC | SYNC | NOWAIT | APPEND | NOAPPEND | ATOMIC | DONTCACHE
      | NOSIGNAL;

  private RwFlags() {}

  /**
   * The file's own flags (f_iocb_flags) with those of the request: kiocb_set_rw_flags.
   *
   * @return IOCB flags, or -EOPNOTSUPP or -EINVAL
   */
  public static long toKiocb(File file, int flags, boolean writing) {
    int open = file.flags();
    long iocb = ((open & OpenFlags.APPEND) != 0 ? Kiocb.APPEND : 0)
        | ((open & OpenFlags.DIRECT) != 0 ? Kiocb.DIRECT : 0);
    if ((flags & ~SUPPORTED) != 0) {
      return -Errno.EOPNOTSUPP;
    }
    if ((flags & APPEND) != 0 && (flags & NOAPPEND) != 0) {
      return -Errno.EINVAL;
    }
    int mode = file.mode();
    boolean refused = ((flags & NOWAIT) != 0 && (mode & OpenFlags.MODE_NOWAIT) == 0)
        || (flags & ATOMIC) != 0
        || ((flags & DONTCACHE) != 0 && (mode & OpenFlags.MODE_DONTCACHE) == 0);
    if (refused) {
      return -Errno.EOPNOTSUPP;
    }
    if ((flags & NOAPPEND) != 0) {
      iocb &= ~Kiocb.APPEND;
    }
    return iocb
        | ((flags & APPEND) != 0 ? Kiocb.APPEND : 0)
        | ((flags & (DSYNC | SYNC)) != 0 ? Kiocb.DSYNC : 0)
        | ((flags & NOWAIT) != 0 ? Kiocb.NOWAIT : 0)
        | (writing && (flags & NOSIGNAL) != 0 ? Kiocb.NOSIGNAL : 0);
  }
}
