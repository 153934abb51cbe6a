package dev.regardless.aio;

/**
 * struct iocb of include/uapi/linux/aio_abi.h as eight little-endian 64-bit words, with its constants.
 *
 * <pre>
 * word 0  aio_data
 * word 1  aio_key (low 32 bits), aio_rw_flags (high 32 bits)
 * word 2  aio_lio_opcode (bits 0-15), aio_reqprio (bits 16-31, signed), aio_fildes (bits 32-63)
 * word 3  aio_buf
 * word 4  aio_nbytes
 * word 5  aio_offset
 * word 6  aio_reserved2
 * word 7  aio_flags (low 32 bits), aio_resfd (high 32 bits)
 * </pre>
 */
public final class IocbLayout {

  public static final int WORDS = 8;

  /** Bytes of an iocb. */
  public static final int BYTES = WORDS * Long.BYTES;

  /** Byte offset of aio_key. */
  public static final int KEY_OFFSET = 8;

  public static final int DATA = 0;
  public static final int KEY_AND_RW_FLAGS = 1;
  public static final int OPCODE_AND_FILDES = 2;
  public static final int BUF = 3;
  public static final int NBYTES = 4;
  public static final int OFFSET = 5;
  public static final int RESERVED2 = 6;
  public static final int FLAGS_AND_RESFD = 7;

  public static final int IOCB_CMD_PREAD = 0;
  public static final int IOCB_CMD_PWRITE = 1;
  public static final int IOCB_CMD_FSYNC = 2;
  public static final int IOCB_CMD_FDSYNC = 3;
  public static final int IOCB_CMD_POLL = 5;
  public static final int IOCB_CMD_NOOP = 6;
  public static final int IOCB_CMD_PREADV = 7;
  public static final int IOCB_CMD_PWRITEV = 8;

  public static final int IOCB_FLAG_RESFD = 1;
  public static final int IOCB_FLAG_IOPRIO = 2;

  /** What the kernel stores in aio_key and wants to see again in io_cancel. */
  public static final int KIOCB_KEY = 0;

  private static final long LOW_32 = 0xffff_ffffL;

  private IocbLayout() {}

  /** Word 1. */
  public static long keyAndRwFlags(int key, int rwFlags) {
    return (key & LOW_32) | ((long) rwFlags << 32);
  }

  /** Word 2. */
  public static long opcodeAndFildes(int opcode, int fildes) {
    return (opcode & 0xffffL) | ((long) fildes << 32);
  }

  /** Word 7. */
  public static long flagsAndResfd(int flags, int resfd) {
    return (flags & LOW_32) | ((long) resfd << 32);
  }

  /** aio_key of word 1. */
  public static int key(long word) {
    return (int) word;
  }

  /** aio_rw_flags of word 1. */
  public static int rwFlags(long word) {
    return (int) (word >> 32);
  }

  /** aio_lio_opcode of word 2, unsigned. */
  public static int opcode(long word) {
    return (int) (word & 0xffff);
  }

  /** aio_reqprio of word 2. */
  public static int reqprio(long word) {
    return (short) (word >> 16);
  }

  /** aio_fildes of word 2. */
  public static int fildes(long word) {
    return (int) (word >> 32);
  }

  /** aio_flags of word 7. */
  public static int flags(long word) {
    return (int) word;
  }

  /** aio_resfd of word 7. */
  public static int resfd(long word) {
    return (int) (word >> 32);
  }
}
