package dev.regardless.vfs;

/**
 * A piece of emulated user memory for one transfer (struct iov_iter), in 64-bit words, the unit of emulated memory. Offsets
 * and lengths are in bytes.
 */
public interface UserBuffer {

  /** Bytes wanted. */
  long length();

  /** Bytes from the start that can be touched; fewer than {@link #length} means a fault after them. */
  default long accessible() {
    return length();
  }

  /** Bytes from the start that can be stored to. */
  default long writable() {
    return accessible();
  }

  /**
   * Whether a device can take {@code bytes} bytes from {@code offset} where they are: bio_split_io_at (block/blk-merge.c,
   * 6.18) wants beginning and length of each stretch of a page to be multiples of {@code alignment} (dma_alignment), and is
   * not asked about a single stretch.
   */
  default boolean isDeviceAligned(long offset, long bytes, int alignment) {
    return true;
  }

  /** The 8 bytes at {@code offset}, a multiple of 8. */
  long load(long offset);

  /** Stores 8 bytes at {@code offset}, a multiple of 8. */
  void store(long offset, long value);

  /** A buffer of {@code bytes} bytes that always holds {@code value} in each word and forgets what is stored. */
  static UserBuffer constant(long bytes, long value) {
    return new UserBuffer() {
      @Override
      public long length() {
        return bytes;
      }

      @Override
      public long load(long offset) {
        return value;
      }

      @Override
      public void store(long offset, long stored) {
        // forgotten
      }
    };
  }
}
