package dev.regardless.vfs;

/** O_* flags and FMODE_* bits (include/uapi/asm-generic/fcntl.h, include/linux/fs.h; 6.x). */
public final class OpenFlags {

  public static final int RDONLY = 0;
  public static final int WRONLY = 1;
  public static final int RDWR = 2;
  public static final int APPEND = 0x400;
  public static final int NONBLOCK = 0x800;
  public static final int DIRECT = 0x4000;
  public static final int CLOEXEC = 0x80000;

  /** FMODE_READ. */
  public static final int MODE_READ = 1;

  /** FMODE_WRITE. */
  public static final int MODE_WRITE = 2;

  /** FMODE_NOWAIT: can do without waiting, if asked by RWF_NOWAIT. */
  public static final int MODE_NOWAIT = 0x800_0000;

  /** FMODE_CAN_ODIRECT: fcntl(2) may set O_DIRECT. */
  public static final int MODE_CAN_ODIRECT = 0x40_0000;

  /** FOP_DONTCACHE, which Linux keeps with the operations: can do RWF_DONTCACHE. */
  public static final int MODE_DONTCACHE = 0x80;

  private OpenFlags() {}

  /** OPEN_FMODE: FMODE bits of an access mode. */
  public static int modeOf(int flags) {
    return ((flags & 3) + 1) & 3;
  }
}
